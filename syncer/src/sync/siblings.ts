import type { Binding } from '@targetgate/shared/model';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { Siblings } from '../plan/index.ts';
import type { BindingWorker } from './binding-worker.ts';
import { keyOf, type BindingId } from './route.ts';

/** Bindings that share a target group. */
export interface SiblingFinder {
  /** The other bindings that may mean a group, being deleted or not. */
  others(key: string, arn: string): readonly BindingId[];
  /** What those that stay have registered; one whose ledger was not read makes them unknown. */
  of(key: string, arn: string): Siblings;
}

/** The bindings that are worked for, by key, and those of them that the cache lacks. */
interface Worked {
  readonly workers: ReadonlyMap<string, Pick<BindingWorker, 'binding' | 'holdings'>>;
  readonly missing: ReadonlySet<string>;
}

export function createSiblings(
  snapshot: Pick<Snapshot, 'bindingsOfTargetGroup'>,
  { workers, missing }: Worked,
): SiblingFinder {
  /** A binding that the cache lacks has its targets all the same, until its end is over. */
  const lost = (arn: string): Binding[] =>
    [...missing].flatMap((key) => {
      const worker = workers.get(key);
      return worker?.holdings?.arn === arn ? [worker.binding] : [];
    });

  const others = (key: string, arn: string): Binding[] =>
    [...snapshot.bindingsOfTargetGroup(arn), ...lost(arn)].filter((binding) => keyOf(binding) !== key);

  return {
    others,
    of: (key, arn) => {
      const all = others(key, arn).map((binding) => ({
        binding,
        held: workers.get(keyOf(binding))?.holdings,
      }));
      // A name may mean a group of another region or account: once found, it turns out not to be this one.
      const meant = all.filter(({ binding, held }) => (held ? held.arn === arn : mayMean(binding, arn)));
      const isEnding = ({ binding }: (typeof meant)[number]): boolean => binding.deletedAt !== undefined;
      const ledgersOf = (some: typeof meant) => some.flatMap(({ held }) => (held ? [held.ledger] : []));
      const staying = meant.filter((one) => !isEnding(one));
      const ledgers = ledgersOf(staying);
      return { known: ledgers.length === staying.length, ledgers, ending: ledgersOf(meant.filter(isEnding)) };
    },
  };
}

const mayMean = ({ targetGroup }: Binding, arn: string): boolean =>
  targetGroup?.by !== 'arn' || targetGroup.arn === arn;
