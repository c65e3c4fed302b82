/** Which bindings have targets for a pod or node, by its uid: an event finds them without asking each binding. */
export interface Holders<H> {
  of(uid: string): Iterable<H>;
  /** What one holder tells of its targets. */
  toldBy(holder: H): Holding;
}

/** Told when the first target of a uid comes to a binding, and when the last one has left it. */
export interface Holding {
  has(uid: string): void;
  lacks(uid: string): void;
}

export function createHolders<H>(): Holders<H> {
  /** Few uids have more than one holder: those of two bindings of one service. */
  const holders = new Map<string, readonly H[]>();

  return {
    of: (uid) => holders.get(uid) ?? [],
    toldBy: (holder) => ({
      has: (uid) => holders.set(uid, [...(holders.get(uid) ?? []), holder]),
      lacks: (uid) => {
        const left = (holders.get(uid) ?? []).filter((other) => other !== holder);
        if (left.length > 0) holders.set(uid, left);
        else holders.delete(uid);
      },
    }),
  };
}
