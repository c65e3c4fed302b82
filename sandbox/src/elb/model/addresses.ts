import { isIPv4 } from 'node:net';

/**
 * Hands out `base + 1`, `base + 2`, ... as text; nothing is handed out twice.
 * @throws Error when the base is not a loopback IPv4 address.
 */
export function createAddresses(base: string): () => string {
  if (!isIPv4(base) || !base.startsWith('127.')) throw new Error(`not a loopback address: ${base}`);
  let last = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return () => {
    last += 1;
    return [24, 16, 8, 0].map((bits) => (last >>> bits) & 255).join('.');
  };
}
