import { addressRange } from './address-range.ts';

/** Gives each live pod an address of its own. */
export interface AddressPool {
  /** An address that no live pod has: `wanted` where that one is free. Undefined while all are taken. */
  take(wanted?: string): string | undefined;
  free(address: string): void;
}

/**
 * A pool over a block of addresses. With `reuse` 'last' a freed address comes back only after all others have been
 * used, the longest free one first; with 'first' the next pod gets the address that was freed last.
 */
export function addressPool(block: string, reuse: 'last' | 'first' = 'last'): AddressPool {
  const range = addressRange(block);
  const live = new Set<string>();
  const freed: string[] = [];
  let used = 0;

  function neverUsed(): string | undefined {
    while (used < range.size) {
      const address = range.at(used++);
      if (!live.has(address) && !freed.includes(address)) return address;
    }
    return undefined;
  }

  function choose(wanted: string | undefined): string | undefined {
    if (wanted !== undefined && range.includes(wanted) && !live.has(wanted)) {
      if (freed.includes(wanted)) freed.splice(freed.indexOf(wanted), 1);
      return wanted;
    }
    return reuse === 'first' ? (freed.pop() ?? neverUsed()) : (neverUsed() ?? freed.shift());
  }

  return {
    take: (wanted) => {
      const address = choose(wanted);
      if (address !== undefined) live.add(address);
      return address;
    },
    free: (address) => {
      if (live.delete(address)) freed.push(address);
    },
  };
}
