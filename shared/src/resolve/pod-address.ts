import { isIPv4, isIPv6 } from 'node:net';
import type { Binding, Pod } from '../model/index.ts';
import type { Problem } from './problem.ts';

/** The address of a pod in the binding's family. A target group takes one family only. */
export function podAddressOf({ ipAddressType }: Binding, pod: Pod): string | Problem {
  const inFamily = ipAddressType === 'ipv6' ? isIPv6 : isIPv4;
  return (
    pod.ips.find((ip) => inFamily(ip)) ?? {
      reason: 'PodAddressNotFound',
      message: `pod ${pod.name} has no ${ipAddressType} address`,
    }
  );
}
