import { isTrue, stays } from '@targetgate/shared/model';
import { targetKey } from '../ledger/ledger.ts';
import { isSurprise, learn, sightingsIn, type Plan, type PlanInput } from '../plan/index.ts';
import type { BindingState } from './binding-state.ts';

/** Learns from a look that is new since the last round, and gives the input with what it says. */
export function noteLook(input: PlanInput, state: BindingState): PlanInput {
  const { observation: after, ledger, timeToHealthy } = input;
  const before = state.observedBefore;
  state.observedBefore = after;
  if (before === undefined || after === undefined || ledger === undefined) return input;
  if (after.askedAt === before.askedAt) return input;
  const looks = { before, after, ledger };
  state.timeToHealthy = learn(timeToHealthy, sightingsIn(looks));
  if (isSurprise(input, looks)) state.surprisedAt = after.askedAt;
  const delaySeconds = state.facts?.of?.deregistrationDelaySeconds;
  const delayMs = delaySeconds === undefined ? undefined : delaySeconds * 1_000;
  if (state.drains.contradict(after, delayMs)) state.factsDoubtedAt = after.askedAt;
  return {
    ...input,
    timeToHealthy: { ...timeToHealthy, learnt: state.timeToHealthy },
    surprisedAt: state.surprisedAt,
  };
}

/** Notes the moments from which latencies count, and forgets what no longer matters. */
export function note(input: PlanInput, { milestones, conditions, ended, own }: BindingState): void {
  const { pods, gate, resolution } = input;
  const wanted = (resolution.candidates ?? []).filter(({ registration }) => registration === 'wanted');
  for (const { subject } of wanted) {
    const pod = pods.get(subject.uid);
    if (pod !== undefined && !isTrue(pod, gate)) milestones.wanted(subject.uid);
  }
  for (const pod of pods.values()) {
    if (!stays(pod)) milestones.leaving(pod.uid);
  }
  for (const { subject } of own.lastKnown?.values() ?? []) {
    if (subject.kind === 'pod' && input.ended.has(subject.uid)) milestones.leaving(subject.uid);
  }
  // A pod may be gone long before its target is deregistered: that is when it matters most how long it took.
  milestones.keep((uid) => pods.has(uid) || own.has(uid));
  conditions.keep(pods);
  for (const uid of ended) if (!own.has(uid)) ended.delete(uid);
}

/** Remembers since when each removal is held. */
export function remember({ held }: Plan, { heldSince }: BindingState, now: number): void {
  const keys = new Set(held.map(({ target }) => targetKey(target)));
  for (const key of heldSince.keys()) if (!keys.has(key)) heldSince.delete(key);
  for (const key of keys) if (!heldSince.has(key)) heldSince.set(key, now);
}
