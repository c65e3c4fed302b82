/**
 * The life of one registered target, as a pure machine: event + now -> next state.
 *
 *     event        unused       registering  checking         healthy          unhealthy        draining     gone
 *     register     -            -            -                -                -                registering  registering
 *     deregister   draining     draining     draining         draining         draining         -            -
 *     attach       registering  -            -                -                -                -            -
 *     detach       -            unused       unused           unused           unused           -            -
 *     check ok     -            -            healthy          healthy          healthy at H     -            -
 *     check bad    -            -            unhealthy at U   unhealthy at U   unhealthy        -            -
 *     time         -            checking     -                -                -                gone         -
 *
 * H and U are the group's thresholds of consecutive results. A new target needs one passing check, whatever H is
 * (AWS: "Health checks for Application Load Balancer target groups"). A group that no listener uses has unused
 * targets: there `register` leads to `unused`.
 */
import type { CheckFailure, CheckResult } from './check-result.ts';

/** Where a target is in its life. Times are epoch milliseconds. */
export type Life =
  | { readonly phase: 'unused' }
  | { readonly phase: 'registering'; readonly until: number }
  | { readonly phase: 'checking'; readonly failures: number }
  | { readonly phase: 'healthy'; readonly failures: number }
  | { readonly phase: 'unhealthy'; readonly passes: number; readonly failure: CheckFailure }
  | { readonly phase: 'draining'; readonly until: number }
  | { readonly phase: 'gone' };

/** What can happen to a target; `time` only says that some has passed. */
export type LifeEvent =
  | { readonly kind: 'register' | 'deregister' | 'attach' | 'detach' | 'time' }
  | { readonly kind: 'check'; readonly result: CheckResult };

/** The circumstances of an event: the clock and the target group's settings at that moment. */
export type LifeRules = {
  readonly now: number;
  /** Whether some listener forwards to the group. */
  readonly inUse: boolean;
  readonly registrationMs: number;
  readonly drainMs: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
};

/** A target that was never registered. */
export const unborn: Life = { phase: 'gone' };

/** The state after the event; the very same object when nothing changes. */
export function next(life: Life, event: LifeEvent, rules: LifeRules): Life {
  switch (event.kind) {
    case 'register':
      return life.phase === 'draining' || life.phase === 'gone' ? born(rules) : life;
    case 'deregister':
      return life.phase === 'draining' || life.phase === 'gone' ? life : draining(rules);
    case 'attach':
      return life.phase === 'unused' ? registering(rules) : life;
    case 'detach':
      return life.phase === 'draining' || life.phase === 'gone' ? life : { phase: 'unused' };
    case 'check':
      return event.result.passed ? afterPass(life, rules) : afterFailure(life, event.result, rules);
    case 'time':
      return afterTime(life, rules.now);
  }
}

const registering = (rules: LifeRules): Life => ({
  phase: 'registering',
  until: rules.now + rules.registrationMs,
});

const born = (rules: LifeRules): Life => (rules.inUse ? registering(rules) : { phase: 'unused' });

const draining = (rules: LifeRules): Life =>
  rules.drainMs > 0 ? { phase: 'draining', until: rules.now + rules.drainMs } : { phase: 'gone' };

function afterPass(life: Life, rules: LifeRules): Life {
  if (life.phase === 'checking') return { phase: 'healthy', failures: 0 };
  if (life.phase === 'healthy') return life.failures === 0 ? life : { phase: 'healthy', failures: 0 };
  if (life.phase !== 'unhealthy') return life;
  const passes = life.passes + 1;
  return passes >= rules.healthyThreshold ? { phase: 'healthy', failures: 0 } : { ...life, passes };
}

function afterFailure(life: Life, failure: CheckFailure, rules: LifeRules): Life {
  if (life.phase === 'unhealthy') return { phase: 'unhealthy', passes: 0, failure };
  if (life.phase !== 'checking' && life.phase !== 'healthy') return life;
  const failures = life.failures + 1;
  return failures >= rules.unhealthyThreshold
    ? { phase: 'unhealthy', passes: 0, failure }
    : { ...life, failures };
}

function afterTime(life: Life, now: number): Life {
  if (life.phase === 'registering' && now >= life.until) return { phase: 'checking', failures: 0 };
  if (life.phase === 'draining' && now >= life.until) return { phase: 'gone' };
  return life;
}
