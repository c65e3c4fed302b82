import { describe, expect, it } from '@jest/globals';
import { stageAt, stageSpans } from './stage.ts';

const gated = {
  at: {
    created: 1,
    containersReady: 3,
    registered: 4,
    healthy: 6,
    gateOpen: 7,
    deleted: 8,
    deregistered: 9,
    sigterm: 10,
    gone: 11,
  },
};

describe('the stage of a pod', () => {
  it.each([
    [0, undefined],
    [1, 'starting'],
    [3, 'waiting'],
    [4, 'checking'],
    [6, 'serving'],
    [7, 'serving'],
    [8, 'leaving'],
    [9, 'draining'],
    [10, 'ending'],
    [11, undefined],
  ])('at %d is %s', (time, stage) => {
    expect(stageAt(gated, time)).toBe(stage);
  });

  it('is draining when a pod is deleted that was never registered', () => {
    expect(stageAt({ at: { created: 1, deleted: 2 } }, 3)).toBe('draining');
  });
});

describe('the stages of a pod', () => {
  it('follow one another without a gap; the gate changes nothing', () => {
    expect(stageSpans(gated)).toEqual([
      { stage: 'starting', from: 1, to: 3 },
      { stage: 'waiting', from: 3, to: 4 },
      { stage: 'checking', from: 4, to: 6 },
      { stage: 'serving', from: 6, to: 8 },
      { stage: 'leaving', from: 8, to: 9 },
      { stage: 'draining', from: 9, to: 10 },
      { stage: 'ending', from: 10, to: 11 },
    ]);
  });

  it('of a pod that serves have no end yet', () => {
    const { created, containersReady, registered, healthy } = gated.at;
    expect(stageSpans({ at: { created, containersReady, registered, healthy } }).at(-1)).toEqual({
      stage: 'serving',
      from: 6,
      to: undefined,
    });
  });
});
