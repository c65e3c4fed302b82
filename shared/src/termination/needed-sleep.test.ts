import { describe, expect, it } from '@jest/globals';
import { longestOf, neededSleepOf, type KnownDrain, type NeededSleep } from './needed-sleep.ts';
import { routingMarginOf } from './routing-margin.ts';

describe('the routing margin', () => {
  it.each([
    ['is what the binding says', 7, 'TCP', { seconds: 7, isKnown: true }],
    [
      "is an ALB's, in which 5 s of sleep were too few and 25 enough (LBC#1064)",
      undefined,
      'HTTP',
      { seconds: 20, isKnown: true },
    ],
    ["is an ALB's for HTTPS too", undefined, 'HTTPS', { seconds: 20, isKnown: true }],
    [
      "is an NLB's, which sends new connections for two minutes (LBC#2366)",
      undefined,
      'TCP',
      { seconds: 120, isKnown: true },
    ],
    ["is an NLB's for TLS too", undefined, 'TLS', { seconds: 120, isKnown: true }],
    [
      "is no shorter than an ALB's where the protocol is not known",
      undefined,
      undefined,
      { seconds: 20, isKnown: false },
    ],
  ])('%s', (_, said, protocol, expected) => {
    expect(routingMarginOf(said, protocol)).toEqual(expected);
  });
});

describe('the sleep that a pod needs', () => {
  interface Case {
    readonly profile?: 'drain' | 'routing';
    readonly margin?: number;
    readonly group?: KnownDrain;
  }
  const needOf = ({ profile = 'drain', margin, group }: Case): NeededSleep =>
    neededSleepOf(
      { name: 'web', protocol: undefined },
      { terminationProfile: profile, routingMarginSeconds: margin },
      group,
    );

  it.each<[string, Case, Omit<NeededSleep, 'binding'>]>([
    [
      'outlasts the deregistration delay (LBC#1719)',
      { group: { protocol: 'HTTP', deregistrationDelaySeconds: 300 } },
      { seconds: 305, because: 'deregistration delay', unknown: undefined },
    ],
    [
      'is never shorter than the load balancer takes to stop sending',
      { group: { protocol: 'HTTP', deregistrationDelaySeconds: 0 } },
      { seconds: 25, because: 'routing margin', unknown: undefined },
    ],
    [
      'is long behind an NLB, whatever the delay is (LBC#2366)',
      { group: { protocol: 'TCP', deregistrationDelaySeconds: 10 } },
      { seconds: 125, because: 'routing margin', unknown: undefined },
    ],
    [
      'is what the binding says of the margin',
      { margin: 2, group: { protocol: 'TCP', deregistrationDelaySeconds: 1 } },
      { seconds: 7, because: 'routing margin', unknown: undefined },
    ],
    [
      'is the routing margin for applications that finish by themselves',
      { profile: 'routing', group: { protocol: 'HTTP', deregistrationDelaySeconds: 300 } },
      { seconds: 25, because: 'routing margin', unknown: undefined },
    ],
    [
      'does not take a delay that is not known for none',
      { group: { protocol: 'HTTP' } },
      { seconds: 25, because: 'routing margin', unknown: 'web' },
    ],
    [
      'is at least what any load balancer takes',
      {},
      { seconds: 25, because: 'routing margin', unknown: 'web' },
    ],
    [
      'is known without the delay where it does not depend on it',
      { profile: 'routing', group: { protocol: 'HTTP' } },
      { seconds: 25, because: 'routing margin', unknown: undefined },
    ],
  ])('%s', (_, given, expected) => {
    expect(needOf(given)).toEqual({ binding: 'web', ...expected });
  });

  it('is that of the binding which needs the longest', () => {
    const [a, b] = [needOf({ margin: 2 }), needOf({ margin: 9 })];
    expect(longestOf([a, b])).toEqual(b);
    expect(longestOf([])).toBeUndefined();
  });

  it('is not known where one of several is not: that one may need longer', () => {
    const known = needOf({ group: { protocol: 'HTTP', deregistrationDelaySeconds: 300 } });
    const unknown = { ...needOf({ group: { protocol: 'HTTP' } }), unknown: 'other' };
    expect(longestOf([known, unknown])).toEqual({ ...known, unknown: 'other' });
  });
});
