import { createLiveTarget, type LiveTarget, type Surroundings } from './live-target.ts';
import { keyOf, type TargetAddress } from './target-address.ts';

/** The targets of one group that ELB knows of: registered or draining. */
export type TargetSet = {
  /** Registers them all; one that is registered already stays as it is. */
  register(addresses: readonly TargetAddress[]): void;
  /** Begins to drain them; unknown ones are ignored. */
  deregister(keys: readonly string[]): void;
  list(): readonly LiveTarget[];
  find(key: string): LiveTarget | undefined;
  /** Tells every target whether a listener forwards to the group now. */
  setInUse(inUse: boolean): void;
  stop(): void;
};

/** An empty set, in a group that no listener uses. */
export function createTargetSet(group: Omit<Surroundings, 'inUse'>): TargetSet {
  const targets = new Map<string, LiveTarget>();
  let inUse = false;

  const surroundings: Surroundings = {
    ...group,
    inUse: () => inUse,
    changed(target, before, now) {
      if (target.life().phase === 'gone') targets.delete(keyOf(target.address));
      group.changed(target, before, now);
    },
  };

  function add(address: TargetAddress): LiveTarget {
    const target = createLiveTarget(address, surroundings);
    targets.set(keyOf(address), target);
    return target;
  }

  return {
    register(addresses) {
      for (const address of addresses)
        (targets.get(keyOf(address)) ?? add(address)).tell({ kind: 'register' });
    },
    deregister(keys) {
      for (const key of keys) targets.get(key)?.tell({ kind: 'deregister' });
    },
    list: () => [...targets.values()],
    find: (key) => targets.get(key),
    setInUse(now) {
      if (now === inUse) return;
      inUse = now;
      for (const target of targets.values()) target.tell({ kind: now ? 'attach' : 'detach' });
    },
    stop() {
      for (const target of targets.values()) target.stop();
    },
  };
}
