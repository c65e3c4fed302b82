import { parseDuration, type Binding } from '../model/index.ts';
import type { Names } from '../names.ts';

/** What a binding's annotations decide; an operator's configuration has the defaults. */
export interface BindingSettings {
  /** `mirror`: a gate follows its target's health. `latch`: once open, it stays open for that pod. */
  readonly gatePolicy: 'mirror' | 'latch';
  /** The share of a binding's live pods, rounded up, whose gates ill health alone never closes. */
  readonly gateFloor: number;
  /** The gate of a target that ELB does not check, as its group is in use by no load balancer. */
  readonly notInUse: 'open' | 'wait';
  /** What becomes of targets of the group that are not ours. */
  readonly foreignTargets: 'keep' | 'remove';
  /** Removals that are held go ahead until then (epoch milliseconds): a person's word. */
  readonly allowRemovalsUntil: number | undefined;
  /** What the end of a pod waits for: see shared/src/termination. */
  readonly terminationProfile: 'drain' | 'routing';
  /** How long the load balancer may send to a deregistered target; undefined: what its kind may take. */
  readonly routingMarginSeconds: number | undefined;
}

/** The settings of a binding, and a line for each annotation that cannot be read: it counts as left out. */
export interface SettingsOfBinding {
  readonly settings: BindingSettings;
  readonly mistakes: readonly string[];
}

/** What holds where neither the binding nor the operator says otherwise. */
export const defaultBindingSettings: BindingSettings = {
  gatePolicy: 'mirror',
  gateFloor: 0.5,
  notInUse: 'open',
  foreignTargets: 'keep',
  allowRemovalsUntil: undefined,
  terminationProfile: 'drain',
  routingMarginSeconds: undefined,
};

/**
 * Reads the annotations of a binding.
 *
 * | annotation (of the API group)  | value                     |
 * | ------------------------------ | ------------------------- |
 * | gate-policy                    | mirror, latch             |
 * | gate-floor                     | a share: 50% or 0.5       |
 * | target-not-in-use              | open, wait                |
 * | foreign-targets                | keep, remove              |
 * | allow-removals-until           | a time: RFC 3339          |
 * | termination-profile            | drain, routing            |
 * | routing-margin                 | a duration: 25s or 2m     |
 *
 * Targets of other clusters are never removed, whatever `foreign-targets` says.
 */
export function settingsOfBinding(
  binding: Pick<Binding, 'annotations' | 'multiCluster'>,
  names: Names,
  defaults: BindingSettings,
): SettingsOfBinding {
  const mistakes: string[] = [];

  function read<T>(key: string, parse: (value: string) => T | undefined, expected: string, fallback: T): T {
    const value = binding.annotations[names.annotation(key)];
    if (value === undefined) return fallback;
    const parsed = parse(value.trim());
    if (parsed !== undefined) return parsed;
    mistakes.push(`annotation ${names.annotation(key)} is ${JSON.stringify(value)}: it must be ${expected}`);
    return fallback;
  }

  const settings: BindingSettings = {
    gatePolicy: read('gate-policy', oneOf('mirror', 'latch'), 'mirror or latch', defaults.gatePolicy),
    gateFloor: read('gate-floor', parseShare, 'a share such as 50% or 0.5', defaults.gateFloor),
    notInUse: read('target-not-in-use', oneOf('open', 'wait'), 'open or wait', defaults.notInUse),
    foreignTargets: read(
      'foreign-targets',
      oneOf('keep', 'remove'),
      'keep or remove',
      defaults.foreignTargets,
    ),
    allowRemovalsUntil: read(
      'allow-removals-until',
      parseMoment,
      'a time such as 2026-01-02T15:04:05Z',
      undefined as number | undefined,
    ),
    terminationProfile: read(
      'termination-profile',
      oneOf('drain', 'routing'),
      'drain or routing',
      defaults.terminationProfile,
    ),
    routingMarginSeconds: read(
      'routing-margin',
      parseSeconds,
      'a duration such as 25s or 2m',
      defaults.routingMarginSeconds,
    ),
  };
  if (settings.foreignTargets === 'remove' && binding.multiCluster) {
    // An operator's default that does not fit a binding is nobody's mistake.
    if (binding.annotations[names.annotation('foreign-targets')]?.trim() === 'remove') {
      mistakes.push(
        `annotation ${names.annotation('foreign-targets')} is remove, but multiClusterTargetGroup says that other clusters have targets in the group: they are kept`,
      );
    }
    return { settings: { ...settings, foreignTargets: 'keep' }, mistakes };
  }
  return { settings, mistakes };
}

const oneOf =
  <T extends string>(...values: readonly T[]) =>
  (value: string): T | undefined =>
    values.find((candidate) => candidate === value);

/** A share from 0 to 1, written as such or in percent; undefined where it is neither. */
export function parseShare(value: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)(%?)$/.exec(value);
  if (parts === null) return undefined;
  const share = Number(parts[1]) / (parts[2] === '%' ? 100 : 1);
  return share <= 1 ? share : undefined;
}

function parseSeconds(value: string): number | undefined {
  const ms = parseDuration(value);
  return ms === undefined ? undefined : ms / 1000;
}

/** Only a whole time with a zone: a bare date is a day too long, or too short. */
function parseMoment(value: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}
