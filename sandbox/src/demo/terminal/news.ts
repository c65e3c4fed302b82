import { moments, type Moment, type PodTimeline } from '../../measure/pod-timeline.ts';

/** A moment that has come. */
export interface News {
  readonly at: number;
  readonly pod: string;
  readonly moment: Moment;
}

/** The moments that were not told yet, in order of time. `told` takes note of them. */
export function newsOf(pods: readonly PodTimeline[], told: Set<string>): News[] {
  const news: News[] = [];
  for (const { uid, name, at } of pods) {
    for (const moment of moments) {
      const time = at[moment];
      const key = `${uid} ${moment}`;
      if (time === undefined || told.has(key)) continue;
      told.add(key);
      news.push({ at: time, pod: name, moment });
    }
  }
  return news.sort((a, b) => a.at - b.at);
}
