import { stays, type Binding } from '@targetgate/shared/model';
import { targetKey } from '../../ledger/ledger.ts';
import type { Registering, Trouble } from '../../plan/index.ts';
import type { SyncContext } from '../context.ts';
import { isRefusal, type ElbTrouble } from '../target-groups.ts';
import { nextTurn, type Turn } from '../turns.ts';
import { setAside } from './set-aside.ts';
import { orderFor, type Work } from './work.ts';

/** Where ELB refuses more targets of one batch than this, it is not for what they are. */
const mostCulprits = 3;

/** Targets that one call is to register. */
interface Part {
  readonly targets: readonly Registering[];
  /** Set where it is tried once more, with this zone, and what ELB said of the other one. */
  readonly retry?: { readonly zone: 'all' | undefined; readonly because: ElbTrouble };
}

/**
 * One bad target fails a whole batch: the batch is halved until the culprits stand alone, and they are set aside. At
 * the group's quota it is halved until what fits is in. Each call has a turn of its own, the first of which has come.
 *
 * Addresses outside the group's VPC need the zone `all`, and those inside must not have it; ELB itself knows which is
 * which. What it took last is tried first, and an address that it refuses is tried the other way.
 */
export async function registerBatch(
  batch: readonly Registering[],
  work: Work,
  first: { readonly turn: Turn; readonly onRegistered: (part: readonly Registering[]) => void },
): Promise<Trouble | undefined> {
  const { binding, arn, state, context } = work;
  const calls = context.targetGroups.as(binding.role);
  const culprits: { readonly registering: Registering; readonly trouble: ElbTrouble }[] = [];
  const left: Part[] = [{ targets: batch }];
  let full: ElbTrouble | undefined;
  let { turn } = first;
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    const { retry } = part;
    const { zone } = retry ?? state;
    const staying = part.targets.filter((one) => isStillDue(binding, one, context));
    if (staying.length === 0) continue;
    const targets = staying.map(({ target }) => target);
    const result = await turn.call(() => calls.register(arn, targets, zone));
    if ('ok' in result) {
      state.zone = zone;
      first.onRegistered(staying);
    } else {
      const { trouble } = result;
      if (!isRefusal(trouble)) state.landing.mayLand(targets.map(targetKey));
      const isFull = trouble.reason === 'TooManyTargets';
      if (!isFull && !blamesTargets(trouble)) return trouble;
      if (staying.length > 1) {
        const half = staying.length >> 1;
        left.push({ targets: staying.slice(half) }, { targets: staying.slice(0, half) });
      } else if (isFull) {
        full = trouble;
        break;
      } else if (retry === undefined && mayBeForItsZone(staying, trouble)) {
        const other = zone === 'all' ? undefined : 'all';
        left.push({ targets: staying, retry: { zone: other, because: trouble } });
      } else {
        culprits.push(...staying.map((registering) => ({ registering, trouble: retry?.because ?? trouble })));
        if (culprits.length > mostCulprits) return trouble;
      }
    }
    if (left.length > 0) turn = await nextTurn(context.turns, orderFor('register', work));
  }
  state.atQuota = full !== undefined;
  for (const { registering, trouble } of culprits) setAside(registering, trouble, work);
  return full;
}

/** The ledger and earlier calls take their time; a pod that began to end meanwhile is not registered any more. */
function isStillDue({ namespace }: Binding, { subject }: Registering, { snapshot }: SyncContext): boolean {
  if (subject.kind !== 'pod') return true;
  const pod = snapshot.pod(namespace, subject.name);
  return pod?.uid === subject.uid && stays(pod);
}

const blamesTargets = ({ reason }: ElbTrouble): boolean =>
  reason === 'InvalidTarget' || reason === 'ValidationError';

const mayBeForItsZone = (part: readonly Registering[], { reason }: ElbTrouble): boolean =>
  reason === 'ValidationError' && part.every(({ subject }) => subject.kind !== 'node');
