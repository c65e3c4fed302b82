import { stripVTControlCharacters as plain } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { PodTimeline } from '../../measure/pod-timeline.ts';
import { drawPicture } from './live-view.ts';
import { timeBar } from './time-bar.ts';

const pod: PodTimeline = {
  name: 'shop-1',
  uid: 'a',
  at: { created: 1000, containersReady: 2000, registered: 2000, healthy: 4000 },
};
const pulse = { perSecond: 200, answered: 1234, failed: 5 };
const picture = { title: 'With gates', now: 5000, startedAt: 3000, pods: [pod], pulse };

describe('a time bar', () => {
  it('has a sign for the stage at each part of the time, and nothing for what is to come', () => {
    expect(plain(timeBar(pod, { from: 0, to: 8000, now: 5000, width: 8 }))).toBe(' ·░░██  ');
  });
});

describe('the live view', () => {
  it('tells how the requests go', () => {
    const [head = ''] = drawPicture(picture, 40);
    expect(plain(head)).toBe('With gates  2.0 s  200 requests/s  1,234 answered  5 failed');
  });

  it('has a row for each pod with its stage', () => {
    expect(plain(drawPicture(picture, 40)[2] ?? '')).toMatch(/^ {2}shop-1 .*█ +serving$/);
  });

  it('shows the newest pods where the terminal is too low for all', () => {
    const pods = Array.from({ length: 20 }, (_, index) => ({ ...pod, name: `shop-${index}` }));
    const lines = drawPicture({ ...picture, pods }, 10).map(plain);
    expect(lines.length).toBeLessThan(10);
    expect(lines.join('\n')).toContain('shop-19');
    expect(lines.join('\n')).not.toContain('shop-3 ');
  });
});
