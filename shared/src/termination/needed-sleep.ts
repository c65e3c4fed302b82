import type { Binding, TargetGroupSummary } from '../model/index.ts';
import type { BindingSettings } from '../resolve/index.ts';
import { routingMarginOf } from './routing-margin.ts';

/**
 * What a pod's end waits for. `drain`: until the load balancer has ended its requests, or cut them off. `routing`: only
 * until it sends no new ones, for applications that finish what they have begun after SIGTERM.
 */
export type TerminationProfile = 'drain' | 'routing';

/** How long a binding's pods must go on after their deletion, before SIGTERM. */
export interface NeededSleep {
  readonly binding: string;
  readonly seconds: number;
  /** What it makes so long: the group's deregistration delay, or the time until the load balancer sends no more. */
  readonly because: 'deregistration delay' | 'routing margin';
  /** A binding of whose group too little is known yet: so much is needed at least. Undefined: all is known. */
  readonly unknown: string | undefined;
}

/**
 * What a preStop leaves for DeregisterTargets to be called, in seconds: some milliseconds as a rule, some seconds where
 * AWS throttles.
 */
export const slackSeconds = 5;

/** What of a target group decides it; what is not known is left out. */
export type KnownDrain = Pick<TargetGroupSummary, 'protocol' | 'deregistrationDelaySeconds'>;

/**
 * The sleep that a binding's pods need: `preStop sleep > deregistration delay`, and never less than the load balancer
 * takes to stop sending.
 *
 * | profile | deregistration delay | routing margin | sleep                      |
 * | ------- | -------------------- | -------------- | -------------------------- |
 * | routing |                      | M              | M + slack                  |
 * | drain   | D                    | M              | the longer of both + slack |
 * | drain   | not known            | M              | at least M + slack         |
 */
export function neededSleepOf(
  { name, protocol }: Pick<Binding, 'name' | 'protocol'>,
  {
    terminationProfile,
    routingMarginSeconds,
  }: Pick<BindingSettings, 'terminationProfile' | 'routingMarginSeconds'>,
  group: KnownDrain | undefined,
): NeededSleep {
  const margin = routingMarginOf(routingMarginSeconds, protocol ?? group?.protocol);
  const delay = group?.deregistrationDelaySeconds;
  if (terminationProfile === 'drain' && delay !== undefined && delay > margin.seconds) {
    const seconds = delay + slackSeconds;
    return {
      binding: name,
      seconds,
      because: 'deregistration delay',
      unknown: margin.isKnown ? undefined : name,
    };
  }
  const isKnown = margin.isKnown && (terminationProfile === 'routing' || delay !== undefined);
  return {
    binding: name,
    seconds: margin.seconds + slackSeconds,
    because: 'routing margin',
    unknown: isKnown ? undefined : name,
  };
}

/**
 * The longest of several: what a pod needs that all of these bindings select. Where one of them is not known, neither is
 * the longest. Undefined without any.
 */
export function longestOf(needs: readonly NeededSleep[]): NeededSleep | undefined {
  const [longest] = needs.toSorted((a, b) => b.seconds - a.seconds);
  return longest && { ...longest, unknown: needs.find(({ unknown }) => unknown !== undefined)?.unknown };
}
