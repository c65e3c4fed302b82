import { BlockList, isIP } from 'node:net';
import { ElbError, validationError } from '../errors.ts';
import type { TargetAddress } from '../targets/target-address.ts';

/** A target as a call names it, its port filled in. */
export type RequestedTarget = { readonly id: string; readonly port: number; readonly zone?: string };

/** What the group says about its targets. */
export type TargetKind = { readonly targetType: 'ip' | 'instance'; readonly ipAddressType: 'ipv4' | 'ipv6' };

/** The network that targets live in. */
export type Vpc = {
  /**
   * Where the target is.
   * @throws ElbError ValidationError (an IP of the wrong family, outside the VPC without AvailabilityZone "all",
   *   or inside it with "all") or InvalidTarget (an unknown instance).
   */
  locate(target: RequestedTarget, kind: TargetKind): TargetAddress;
};

/** @throws Error when a CIDR block is malformed. */
export function createVpc(options: {
  /** Such as `127.0.0.0/8`. */
  readonly vpcCidrs: readonly string[];
  /** Instances by id, with their IP addresses. */
  readonly instances: Readonly<Record<string, string>>;
}): Vpc {
  const blocks = new BlockList();
  for (const cidr of options.vpcCidrs) addBlock(blocks, cidr);

  function locateIp(target: RequestedTarget, family: 'ipv4' | 'ipv6'): TargetAddress {
    const { id, zone } = target;
    if (isIP(id) !== (family === 'ipv4' ? 4 : 6)) {
      const name = family === 'ipv4' ? 'IPv4' : 'IPv6';
      throw validationError(`The IP address '${id}' is not a valid ${name} address`);
    }
    const inside = blocks.check(id, family);
    if (!inside && zone !== 'all') {
      throw validationError(
        `The IP address '${id}' is outside the VPC: the Availability Zone must be 'all' for addresses outside it`,
      );
    }
    if (inside && zone === 'all') {
      throw validationError(
        `The Availability Zone 'all' is not valid for '${id}', an IP address inside the VPC`,
      );
    }
    return { ...target, host: id };
  }

  function locateInstance(target: RequestedTarget): TargetAddress {
    const host = options.instances[target.id];
    if (host === undefined) {
      throw new ElbError(
        'InvalidTarget',
        `The following targets do not exist or are not running: '${target.id}'`,
      );
    }
    return { ...target, host };
  }

  return {
    locate: (target, kind) =>
      kind.targetType === 'ip' ? locateIp(target, kind.ipAddressType) : locateInstance(target),
  };
}

function addBlock(blocks: BlockList, cidr: string): void {
  const [network = '', bits = ''] = cidr.split('/');
  const version = isIP(network);
  if (version === 0 || !/^\d+$/.test(bits)) throw new Error(`not a CIDR block: ${cidr}`);
  blocks.addSubnet(network, Number(bits), version === 4 ? 'ipv4' : 'ipv6');
}
