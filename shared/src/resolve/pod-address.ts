import { isIPv4, isIPv6 } from 'node:net';
import type { Pod } from '../model/index.ts';
import type { Problem } from './problem.ts';

/** An address family. A target group takes one only. */
export type Family = 'ipv4' | 'ipv6';

/** The address of a pod in a family. */
export function podAddressOf(pod: Pod, family: Family): string | Problem {
  const inFamily = family === 'ipv6' ? isIPv6 : isIPv4;
  return (
    pod.ips.find((ip) => inFamily(ip)) ?? {
      reason: 'PodAddressNotFound',
      message: `pod ${pod.name} has no ${family} address`,
    }
  );
}
