import { describe, expect, it } from '@jest/globals';
import type { EndVerdict } from './end.ts';
import { deletion, endOf, type EndStory } from './fixtures.ts';
import { judge, judgedAt } from './verdict.ts';

/** Judged when it can be: `safe +5`, `unsafe killed -3`. */
function verdictOn(story: EndStory): string {
  const end = endOf(story);
  const verdict = judge(end, Math.max(judgedAt(end, Infinity), end.seenAt));
  return textOf(verdict);
}

function textOf(verdict: EndVerdict): string {
  const margin = 'marginSeconds' in verdict ? verdict.marginSeconds : undefined;
  const words = [
    verdict.outcome,
    ...('cause' in verdict ? [verdict.cause] : []),
    ...(margin === undefined ? [] : [`${margin < 0 ? '' : '+'}${margin}`]),
  ];
  return words.join(' ');
}

describe('a pod that load balancers need for 20 s after its deregistration ended', () => {
  it.each<[string, string, EndStory]>([
    ['safely: it sleeps for that and the slack', 'safe +5', {}],
    ['safely: DeregisterTargets used up the slack', 'safe +0', { deregistered: 5 }],
    ['safely: it was never in service', 'safe', { wasInService: false, hooks: ['none'] }],
    ['safely: its shortest sleep is long enough', 'safe +5', { hooks: [40, 25] }],
    ['safely: it had been deregistered before', 'safe +3', { hooks: [5], deregistered: -18 }],
    ['safely: it was killed when nothing was sent any more', 'safe +2', { gone: 22 }],
    ['safely: its node was lost when nothing was sent any more', 'safe +1', { nodeLost: 21 }],

    ['too early: it has no hook', 'unsafe sleep-too-short -20', { hooks: ['none'] }],
    ['too early: one of its containers has none', 'unsafe sleep-too-short -20', { hooks: [25, 'none'] }],
    ['too early: its sleep is too short', 'unsafe sleep-too-short -15', { hooks: [5] }],
    ['too early: its own grace ends its sleep', 'unsafe sleep-too-short -10', { grace: 10 }],
    [
      'too early: its sleep leaves no slack, and DeregisterTargets took a second',
      'unsafe sleep-too-short -1',
      { hooks: [20], deregistered: 1 },
    ],
    [
      'too early: its sleep is too short, although AWS was late as well',
      'unsafe sleep-too-short -25',
      { hooks: [5], deregistered: 10 },
    ],
    ['too early: ELB answered late', 'unsafe aws-slow -1', { deregistered: 6 }],
    ['too early: ELB did not answer', 'unsafe aws-slow -20', { deregistered: 'never' }],
    ['too early: ELB throttled', 'unsafe throttled -5', { deregistered: 10, trouble: 'Throttled' }],
    [
      'too early: most of the delay was a wait in line',
      'unsafe throttled -3',
      { deregistered: 8, inLine: 4.1 },
    ],
    ['too early: ELB was later than the line', 'unsafe aws-slow -3', { deregistered: 8, inLine: 3.9 }],
    [
      'too early: the syncer learnt of its deletion late',
      'unsafe syncer-late -3.3',
      { seen: 8, deregistered: 9 },
    ],
    [
      'too early: the syncer learnt of it soon enough, and ELB was late',
      'unsafe aws-slow -3.3',
      { seen: 2, deregistered: 9 },
    ],

    ['too early: its deletion left it less than its own grace', 'unsafe killed -19', { deletionGrace: 1 }],
    ['too early: it was deleted once more', 'unsafe killed -10', { deletionGrace: 1, cutShort: 10 }],
    ['too early: it vanished', 'unsafe killed -17', { gone: 3 }],
    [
      'too early: it vanished without a deletion',
      'unsafe killed -17',
      { isUndeleted: true, seen: 3, gone: 3 },
    ],
    ['too early: a container ended in its sleep', 'unsafe killed -12.3', { ended: 7 }],
    ['too early: it ended without a deletion', 'unsafe killed -20', { isUndeleted: true }],
    ['too early: its node was lost', 'unsafe node-lost -30', { nodeLost: -10 }],
    [
      'too early: its node was lost before ELB drained it',
      'unsafe node-lost -27',
      { nodeLost: -1, deregistered: 6 },
    ],

    ['unknown when: only its hook knows how long it takes', 'unknown hook-unknown', { hooks: ['other'] }],
    [
      'too early: one of its hooks is known to be too short',
      'unsafe sleep-too-short -15',
      { hooks: ['other', 5] },
    ],
    [
      'too early: its hook, whatever its length, was over',
      'unsafe sleep-too-short -12.3',
      { hooks: ['other'], ended: 7 },
    ],
    [
      'unknown when: how long the group drains is not known',
      'unknown drain-unknown',
      { isDrainKnown: false },
    ],
    [
      'too early, even for the part of the drain that is known',
      'unsafe sleep-too-short -15',
      { hooks: [5], isDrainKnown: false },
    ],
    [
      'unknown when: a program before this one has deregistered it, perhaps too late',
      'unknown unseen',
      { deregistered: [0, 8] },
    ],
    [
      'safely: a program before this one has deregistered it, early enough in any case',
      'safe +1',
      { deregistered: [0, 4] },
    ],
    [
      'safely: a container that had done its work before is none that ends with it',
      'safe +5',
      { ended: -40 },
    ],
    ['safely: it ended with its SIGTERM, which the API tells in whole seconds', 'safe +5', { ended: 25.1 }],
  ])('%s', (_, expected, story) => {
    expect(verdictOn(story)).toBe(expected);
  });
});

describe('an end is judged', () => {
  it.each<[string, number, EndStory]>([
    ['when SIGTERM is due', 25, {}],
    ['when the grace is over, where only the hook knows', 60, { hooks: ['other'] }],
    ['when the pod has vanished', 3, { gone: 3 }],
    ['at once, where its node is lost', -10, { nodeLost: -10 }],
    ['at once, where there is no hook', 0, { hooks: ['none'] }],
  ])('%s', (_, seconds, story) => {
    expect((judgedAt(endOf(story), deletion) - deletion) / 1_000).toBe(seconds);
  });
});
