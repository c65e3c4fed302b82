import { isIPv4 } from 'node:net';

/** The addresses of an IPv4 block, in order; the first one names the block itself and is left out. */
export interface AddressRange {
  readonly size: number;
  /** The address at a position, from 0 up to `size`. */
  at(position: number): string;
  includes(address: string): boolean;
}

/**
 * Reads a block such as 127.64.0.0/16.
 *
 * @throws Error where it is not an IPv4 block of at least two addresses.
 */
export function addressRange(block: string): AddressRange {
  const [address = '', prefix = ''] = block.split('/');
  const bits = Number(prefix);
  if (!isIPv4(address) || !/^\d+$/.test(prefix) || bits > 31) {
    throw new Error(`"${block}" is not a block of IPv4 addresses, such as 127.64.0.0/16`);
  }
  const all = 2 ** (32 - bits);
  const first = Math.floor(toNumber(address) / all) * all + 1;
  const size = all - 1;
  return {
    size,
    at: (position) => toAddress(first + position),
    includes: (candidate) => {
      const position = toNumber(candidate) - first;
      return isIPv4(candidate) && position >= 0 && position < size;
    },
  };
}

const toNumber = (address: string): number =>
  address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

const toAddress = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
