import type { HealthCheckSettings } from '../model/health-check-settings.ts';
import type { Random } from '../random.ts';
import { startCheckLoop, type CheckLoop } from './check-loop.ts';
import type { TargetAddress } from './target-address.ts';
import { next, unborn, type Life, type LifeEvent } from './target-life.ts';

/** A target with its timers and health checks running. */
export type LiveTarget = {
  readonly address: TargetAddress;
  life(): Life;
  tell(event: LifeEvent): void;
  /** Ends timers and checks. */
  stop(): void;
};

/** What a target asks of its group. */
export type Surroundings = {
  healthCheck(): HealthCheckSettings;
  inUse(): boolean;
  drainMs(): number;
  readonly registrationMs: number;
  readonly checks: 'made' | 'assumed';
  readonly random: Random;
  /** Called after each change, with the time of it. */
  changed(target: LiveTarget, before: Life, now: number): void;
};

const isChecked = (life: Life): boolean =>
  life.phase === 'checking' || life.phase === 'healthy' || life.phase === 'unhealthy';

/** Runs the life of one target in real time; it begins unborn, waiting for `register`. */
export function createLiveTarget(address: TargetAddress, group: Surroundings): LiveTarget {
  let life = unborn;
  let alarm: NodeJS.Timeout | undefined;
  let checks: CheckLoop | undefined;

  function tell(event: LifeEvent): void {
    const now = Date.now();
    const before = life;
    const { healthyThreshold, unhealthyThreshold } = group.healthCheck();
    const { registrationMs } = group;
    const thresholds = { healthyThreshold, unhealthyThreshold };
    life = next(life, event, {
      now,
      inUse: group.inUse(),
      drainMs: group.drainMs(),
      registrationMs,
      ...thresholds,
    });
    setAlarm(now);
    if (life === before) return;
    switchChecks();
    group.changed(target, before, now);
  }

  function setAlarm(now: number): void {
    clearTimeout(alarm);
    if ('until' in life) alarm = setTimeout(() => tell({ kind: 'time' }), life.until - now);
  }

  function switchChecks(): void {
    if (!isChecked(life)) {
      checks?.stop();
      checks = undefined;
      return;
    }
    checks ??= startCheckLoop({
      target: address,
      settings: () => group.healthCheck(),
      checks: group.checks,
      random: group.random,
      report: (result) => tell({ kind: 'check', result }),
    });
  }

  const target: LiveTarget = {
    address,
    life: () => life,
    tell,
    stop() {
      clearTimeout(alarm);
      checks?.stop();
    },
  };
  return target;
}
