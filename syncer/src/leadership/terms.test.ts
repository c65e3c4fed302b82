import { beforeEach, describe, expect, it } from '@jest/globals';
import { createTerms, type Terms } from './terms.ts';

/** What happened to the terms, in order. */
let told: string[];
/** Lets the end of a term be over. */
let endStop: () => void;
let terms: Terms<{ shard: number }>;

beforeEach(() => {
  told = [];
  terms = createTerms((shard) => {
    told.push(`begin ${shard}`);
    return {
      shard,
      pause: () => void told.push(`pause ${shard}`),
      resume: () => void told.push(`resume ${shard}`),
      stop: async () => {
        told.push(`stop ${shard}`);
        await new Promise<void>((resolve) => (endStop = resolve));
        told.push(`stopped ${shard}`);
      },
    };
  });
});

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
async function stand(...standings: Parameters<Terms<unknown>['onStanding']>[1][]): Promise<void> {
  for (const standing of standings) {
    terms.onStanding(2, standing);
    await settle();
  }
}

describe('a term', () => {
  it('begins when the shard is led', async () => {
    await stand('leading');
    expect(told).toEqual(['begin 2']);
    expect([...terms.all()]).toMatchObject([{ shard: 2 }]);
  });

  it('goes on after a pause', async () => {
    await stand('leading', 'paused', 'leading');
    expect(told).toEqual(['begin 2', 'pause 2', 'resume 2']);
  });

  it('ends when another leads, and is not one of them from then on', async () => {
    await stand('leading', 'paused', 'standby');
    expect(told).toEqual(['begin 2', 'pause 2', 'stop 2']);
    expect([...terms.all()]).toEqual([]);
  });

  it('begins when the last one of the shard has ended', async () => {
    await stand('leading', 'standby', 'leading');
    expect(told).toEqual(['begin 2', 'stop 2']);
    endStop();
    await settle();
    expect(told).toEqual(['begin 2', 'stop 2', 'stopped 2', 'begin 2']);
  });

  it('does not begin where the shard was lost again meanwhile', async () => {
    await stand('leading', 'standby', 'leading', 'standby');
    endStop();
    await settle();
    expect(told).toEqual(['begin 2', 'stop 2', 'stopped 2']);
  });
});

it('after the end of all terms none begins', async () => {
  await stand('leading');
  const stopping = terms.stop();
  await stand('paused', 'leading');
  endStop();
  await stopping;
  await settle();
  expect(told).toEqual(['begin 2', 'stop 2', 'stopped 2']);
});
