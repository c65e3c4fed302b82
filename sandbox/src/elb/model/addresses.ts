import { isIPv4 } from 'node:net';

/**
 * Hands out `base + 1`, `base + 2`, ... as text; nothing is handed out twice.
 * @throws Error when the base is not an IPv4 address of this machine alone: loopback, or private ones, which only a
 *   network namespace has (see netns/).
 */
export function createAddresses(base: string): () => string {
  if (!isIPv4(base) || !/^(127|10)\./.test(base))
    throw new Error(`neither a loopback address nor a private one: ${base}`);
  let last = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return () => {
    last += 1;
    return [24, 16, 8, 0].map((bits) => (last >>> bits) & 255).join('.');
  };
}
