import { isDeepStrictEqual } from 'node:util';
import { expect, it } from '@jest/globals';
import { readLedger } from '../ledger/ledger-text.ts';
import { createHarness, createMortalWire, finalizer, key, type Harness, type LastCall } from './fixtures.ts';

// A syncer ends at every single call that it makes, before the call's effect and after it, and another one goes on.

const foreign = '10.9.9.9:8080';

/** Something that happens, and what must have come of it when ELB has checked its targets. */
interface Stage {
  readonly what: string;
  readonly happens?: (harness: Harness) => void;
  /** ELB finds all targets healthy. */
  readonly isHealthy?: true;
  /** The last parts of the addresses that are registered. */
  readonly registered: readonly number[];
  /** The pods whose gates are open. */
  readonly open: readonly number[];
}

const stages: readonly Stage[] = [
  {
    what: 'four pods are ready',
    happens: ({ setPod }) => {
      for (const n of [1, 2, 3, 4]) setPod(n);
    },
    registered: [1, 2, 3, 4],
    open: [],
  },
  {
    what: 'their targets are healthy',
    isHealthy: true,
    registered: [1, 2, 3, 4],
    open: [1, 2, 3, 4],
  },
  {
    what: 'a pod is deleted, and another one has its address before the watch shows that it is gone',
    happens: ({ changePod, removePod, setPod }) => {
      changePod(1, { terminating: true });
      removePod(1);
      setPod(5, { ip: '10.0.0.1' });
    },
    registered: [1, 2, 3, 4],
    open: [2, 3, 4],
  },
  {
    what: 'its target is healthy',
    isHealthy: true,
    registered: [1, 2, 3, 4],
    open: [2, 3, 4, 5],
  },
  {
    what: 'the containers of a pod fail',
    happens: ({ changePod }) => changePod(2, { containersReady: false }),
    registered: [1, 3, 4],
    open: [3, 4, 5],
  },
  {
    what: 'they are ready again',
    happens: ({ changePod }) => changePod(2, { containersReady: true }),
    registered: [1, 2, 3, 4],
    open: [3, 4, 5],
  },
  {
    what: 'and their target is healthy',
    isHealthy: true,
    registered: [1, 2, 3, 4],
    open: [2, 3, 4, 5],
  },
  {
    what: 'another pod is ready',
    happens: ({ setPod }) => setPod(7),
    registered: [1, 2, 3, 4, 7],
    open: [2, 3, 4, 5],
  },
  {
    what: 'it is gone',
    happens: ({ removePod }) => removePod(7),
    registered: [1, 2, 3, 4],
    open: [2, 3, 4, 5],
  },
  {
    what: 'the binding is deleted, while a new pod waits',
    happens: ({ api, clock, setBinding, setPod }) => {
      setPod(6, { containersReady: false });
      const deletionTimestamp = new Date(clock.now()).toISOString();
      setBinding({ uid: 'binding-1', finalizers: api.bindings.get('web')?.finalizers, deletionTimestamp });
    },
    registered: [],
    open: [2, 3, 4, 5, 6],
  },
];

const end: Stage = { what: 'all is over', registered: [], open: [2, 3, 4, 5, 6] };

/** When the successor of a dead syncer starts: before the next thing happens, or after it. */
type Successor = 'at once' | 'late';

it.each<Successor>(['at once', 'late'])(
  'whatever call is a syncer’s last one, no target is lost, none is left behind, and every gate is right: its successor starts %s',
  async (successor) => {
    const clean = await tell(undefined, successor);
    expect(clean.wrong).toEqual([]);
    expect(clean.calls).toEqual(
      expect.arrayContaining([
        'register',
        'deregister',
        'PATCH /api/v1/namespaces/shop/pods/web-1/status',
        'PATCH /api/v1/namespaces/shop/configmaps/targets.elbv2.k8s.aws.web',
      ]),
    );

    const wrong: string[] = [];
    for (const [index, call] of clean.calls.entries()) {
      for (const landed of [false, true]) {
        const nth = index + 1;
        const told = await tell({ nth, landed }, successor);
        expect(told.calls).toEqual(clean.calls.slice(0, nth));
        const when = `ended ${landed ? 'after' : 'before'} the effect of call ${nth}, ${call}`;
        wrong.push(...told.wrong.map((what) => `${when}: ${what}`));
      }
    }
    expect(wrong).toEqual([]);
  },
  60_000,
);

/** Tells the story, with a syncer that ends at its last call, and gives what is not as it should be. */
async function tell(
  last: LastCall | undefined,
  successor: Successor,
): Promise<{ calls: readonly string[]; wrong: string[] }> {
  const wire = createMortalWire(last);
  const harness = createHarness({ connect: wire.connect, turns: 4 });
  const wrong: string[] = [];
  const isAlone = (): boolean => wire.isDead && wire.syncers === 1;
  const live = async ({ isHealthy }: Stage): Promise<void> => {
    await harness.clock.advance(3_000);
    if (isHealthy) harness.elb.check('healthy');
    await harness.clock.advance(3_000);
  };

  harness.elb.targets.set(foreign, { state: 'healthy' });
  harness.setBinding({ uid: 'binding-1' });
  for (const stage of [...stages, end]) {
    const isLate = isAlone();
    stage.happens?.(harness);
    await live(stage);
    // The API server lets a deleted object go with its last finalizer.
    if (isReleased(harness)) harness.setBinding(undefined);
    if (isLate || (isAlone() && successor === 'at once')) {
      harness.replaceSyncer();
      await live(stage);
    }
    // What was undone before the successor saw it has left no trace in the gates.
    if (!isAlone()) wrong.push(...differences(harness, stage, isLate ? [] : ['open']));
  }
  wrong.push(...leftBehind(harness));
  await harness.stop();
  if (last !== undefined && !wire.isDead) wrong.push('that call was never made');
  return { calls: wire.calls, wrong };
}

/** What is not as it should be after a stage, in the targets, the ledger and, if need be, the gates. */
function differences({ elb, ledgerText, isOpen }: Harness, stage: Stage, also: readonly 'open'[]): string[] {
  const addresses = stage.registered.map(key);
  const found = {
    registered: elb.registered(),
    ledger: [...readLedger(ledgerText()).keys()].sort(),
    open: [1, 2, 3, 4, 5, 6, 7].filter(isOpen),
  };
  const due = { registered: [...addresses, foreign], ledger: addresses, open: stage.open };
  return (['registered', 'ledger', ...also] as const)
    .filter((what) => !isDeepStrictEqual(found[what], due[what]))
    .map((what) => `${stage.what}: ${what} ${found[what].join()} instead of ${due[what].join()}`);
}

const isReleased = ({ api, isDeleted }: Harness): boolean =>
  isDeleted() && api.bindings.get('web')?.finalizers.length === 0;

function leftBehind({ api }: Harness): string[] {
  const ledger = api.configMaps.get('targets.elbv2.k8s.aws.web')?.body.metadata as
    { finalizers?: string[] } | undefined;
  const held = [...(api.bindings.get('web')?.finalizers ?? []), ...(ledger?.finalizers ?? [])];
  return held.includes(finalizer) ? ['the binding or its ledger still has the finalizer'] : [];
}
