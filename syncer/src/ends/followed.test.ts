import { describe, expect, it } from '@jest/globals';
import { apiPod } from '@targetgate/shared/fixtures';
import { projectPod, type Pod } from '@targetgate/shared/model';
import { deletionOf, lookAgain, unseen, type Sight } from './followed.ts';

const now = Date.parse('2026-01-01T12:00:10.400Z');
const alive = projectPod(apiPod());
const deletedAt = (ago: number): Pod => ({
  ...alive,
  deletesAt: Math.floor((now - ago) / 1_000) * 1_000 + 30_000,
  deletionGraceSeconds: 30,
});
const subject = { kind: 'pod', name: 'web-1', uid: 'uid-1' } as const;

describe('a pod was deleted', () => {
  it.each<[string, Pod | undefined, number, object]>([
    ['now, where this program saw it come', alive, 20, { from: now, to: now }],
    [
      'when the API server says, where the watch was broken',
      alive,
      30_000,
      { from: now - 30_400, to: now - 29_400 },
    ],
    [
      'when the API server says, where nobody saw it before',
      undefined,
      20,
      { from: now - 400, to: now + 600 },
    ],
    ['now, where the clock of the API server is ahead', alive, -3_000, { from: now, to: now }],
  ])('%s', (_, before, ago, expected) => {
    expect(deletionOf(deletedAt(ago), before, now)).toEqual(expected);
  });
});

it('the first deletion of a pod is not known any more when the kubelet has made the last', () => {
  const last = { ...deletedAt(0), deletesAt: now - 400, deletionGraceSeconds: 0, finished: true };
  expect(deletionOf(last, undefined, now)).toEqual({ from: 0, to: now + 600 });
});

const nothing: Sight = {
  pod: alive,
  isGone: false,
  entry: undefined,
  isInService: false,
  isNodeLost: false,
  deregisteredAt: undefined,
  trouble: undefined,
  waitingSince: undefined,
  now,
};
const look = (...sights: Partial<Sight>[]) =>
  sights.reduce((known, sight) => lookAgain(known, { ...nothing, ...sight }), unseen(subject));

describe('of a pod that is followed', () => {
  it('service before its deregistration counts, and what ELB says afterwards does not', () => {
    expect(look({ isInService: true }, {}).wasInService).toBe(true);
    expect(look({ deregisteredAt: now }, { isInService: true }).wasInService).toBe(false);
  });

  it('the first answer to its deregistration counts, unless it was registered again', () => {
    const entry = { target: { id: '10.0.0.1', port: 8080 }, subject, intendedAt: now };
    const left = { deregisteredAt: now };
    expect(look(left, { deregisteredAt: now + 5 }).deregistered).toEqual({ from: now, to: now });
    expect(look(left, { entry: { ...entry, registeredAt: now + 5 } }).deregistered).toBeUndefined();
    expect(look(left, { entry: { ...entry, registeredAt: now - 5 } }).deregistered).toBeDefined();
  });

  it('a node that is back was not lost', () => {
    expect(look({ isNodeLost: true }).nodeLostAt).toBe(now);
    expect(look({ isNodeLost: true }, {}).nodeLostAt).toBeUndefined();
  });

  it('what held its deregistration up last is remembered', () => {
    const pod = deletedAt(0);
    const { trouble } = look(
      { pod, trouble: 'Throttled' },
      { pod, deregisteredAt: now },
      { pod, trouble: 'AccessDenied' },
    );
    expect(trouble).toBe('Throttled');
  });

  it('what held other deregistrations up while it stayed is no part of its end', () => {
    const known = look({}, { trouble: 'Throttled', waitingSince: now - 60_000 }, { pod: deletedAt(0) });
    expect(known).toMatchObject({ trouble: undefined, inLineMs: 0 });
  });

  it('the wait of its deregistration in line counts from its end on, until ELB has answered', () => {
    const pod = deletedAt(0);
    const known = look(
      { waitingSince: now - 1_000 },
      { pod, waitingSince: now - 1_000 },
      { pod, waitingSince: now - 1_000, now: now + 8_000 },
      { pod, deregisteredAt: now + 8_100, now: now + 8_100 },
      { pod, waitingSince: now + 9_000, now: now + 30_000 },
    );
    expect(known.inLineMs).toBe(8_000);
  });

  it('a second deletion with less grace cuts it short', () => {
    const pod = deletedAt(0);
    const second = { ...pod, deletionGraceSeconds: 1 };
    expect(look({ pod }, { pod: second, now: now + 5 }).end).toMatchObject({
      graceSeconds: 1,
      cutShortAt: now + 5,
    });
    expect(look({ pod }, { pod }).end).toMatchObject({ graceSeconds: 30, cutShortAt: undefined });
  });

  it("the kubelet's own deletion, when it has ended, does not", () => {
    const pod = deletedAt(0);
    const last = { ...pod, deletesAt: now + 8_000, deletionGraceSeconds: 0, finished: true };
    expect(look({}, { pod }, { pod: last, now: now + 8_000 }).end).toMatchObject({
      deleted: { from: now, to: now },
      graceSeconds: 30,
      cutShortAt: undefined,
    });
  });
});
