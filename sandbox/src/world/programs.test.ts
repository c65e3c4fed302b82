import { describe, expect, it } from '@jest/globals';
import type { PodEvent } from '../nodes/index.ts';
import { followPrograms } from './programs.ts';

const event = (rest: Partial<PodEvent>): PodEvent => ({
  kind: 'pod',
  at: 0,
  namespace: 'targetgate',
  name: 'syncer-1',
  uid: 'a',
  phase: 'started',
  ...rest,
});

describe('programs', () => {
  it('are the started containers that have a process', () => {
    const programs = followPrograms();
    programs.see(event({ container: 'syncer', pid: 7 }));
    programs.see(event({ uid: 'b', container: 'app' }));
    expect(programs.running('syncer')).toEqual([
      { container: 'syncer', namespace: 'targetgate', pod: 'syncer-1', pid: 7 },
    ]);
    expect(programs.running('app')).toEqual([]);
  });

  it('have another process after a restart', () => {
    const programs = followPrograms();
    programs.see(event({ container: 'syncer', pid: 7 }));
    programs.see(event({ container: 'syncer', pid: 8 }));
    expect(programs.running('syncer').map(({ pid }) => pid)).toEqual([8]);
  });

  it('of a new pod come first, and those of a gone pod are forgotten', () => {
    const programs = followPrograms();
    programs.see(event({ container: 'syncer', pid: 7 }));
    programs.see(event({ uid: 'b', container: 'syncer', pid: 8 }));
    expect(programs.running('syncer').map(({ pid }) => pid)).toEqual([8, 7]);
    programs.see(event({ phase: 'gone' }));
    expect(programs.running('syncer').map(({ pid }) => pid)).toEqual([8]);
  });
});
