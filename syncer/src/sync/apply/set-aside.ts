import { targetKey } from '../../ledger/ledger.ts';
import type { Registering } from '../../plan/index.ts';
import type { ElbTrouble } from '../target-groups.ts';
import type { Work } from './work.ts';

/** How long a target that ELB refused is left alone, in milliseconds. */
const refusedForMs = 30_000;

/** Leaves a target alone that ELB refuses for what it is, and says so where its owner looks. */
export function setAside(
  { subject, target }: Registering,
  trouble: ElbTrouble,
  { binding, state, context }: Work,
): void {
  const key = targetKey(target);
  // One that ELB has all the same, from an earlier call, must not be forgotten.
  if (state.observation?.targets.has(key) === false) state.own.remove([key]);
  state.refused.set(key, { uid: subject.uid, trouble, until: context.clock.now() + refusedForMs });
  state.logger.warn({ target: key, subject: subject.name, ...trouble }, 'ELB refuses this target');
  if (subject.kind === 'endpoint') return;
  const kind = subject.kind === 'node' ? 'Node' : 'Pod';
  const about = {
    apiVersion: 'v1',
    kind,
    namespace: binding.namespace,
    name: subject.name,
    uid: subject.uid,
  };
  const message = `TargetGroupBinding ${binding.name}: target ${key}: ${trouble.message}`;
  context.events.warn(about, 'TargetRefused', message);
}
