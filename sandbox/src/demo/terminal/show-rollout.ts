import type { WriteStream } from 'node:tty';
import type { PodTimelines } from '../../measure/pod-timeline.ts';
import type { Pulse } from '../measure/pulse.ts';
import { momentWords } from '../words/moments.ts';
import { count, seconds } from '../words/numbers.ts';
import { drawPicture } from './live-view.ts';
import { newsOf } from './news.ts';
import { createScreen } from './screen.ts';

/** Shows a rollout while it goes on. */
export interface Show {
  /** The Deployment was changed. */
  started(at: number): void;
  end(): void;
}

/** What is shown. */
export interface Subject {
  readonly title: string;
  readonly timelines: PodTimelines;
  readonly pulse: () => Pulse;
}

const everyMs = 200;

/** In place on a terminal; elsewhere a line for each moment. */
export function showRollout(out: WriteStream, subject: Subject): Show {
  return out.isTTY ? showLive(out, subject) : showLines((line) => void out.write(`${line}\n`), subject);
}

function showLive(out: WriteStream, { title, timelines, pulse }: Subject): Show {
  const screen = createScreen(out);
  let startedAt: number | undefined;
  const draw = (): void => {
    const picture = { title, now: Date.now(), startedAt, pods: timelines.pods(), pulse: pulse() };
    screen.draw(drawPicture(picture, out.rows));
  };
  const timer = setInterval(draw, everyMs);
  return {
    started: (at) => {
      startedAt = at;
    },
    end: () => {
      clearInterval(timer);
      draw();
      screen.end();
    },
  };
}

function showLines(print: (line: string) => void, { title, timelines, pulse }: Subject): Show {
  const told = new Set<string>();
  newsOf(timelines.pods(), told); // What was before is no news.
  let startedAt = 0;
  let failedBefore = 0;
  const tell = (): void => {
    for (const { at, pod, moment } of newsOf(timelines.pods(), told)) {
      print(`  ${seconds(at - startedAt).padStart(7)}  ${pod}  ${momentWords[moment]}`);
    }
    const { failed } = pulse();
    if (failed > failedBefore)
      print(`  ${seconds(Date.now() - startedAt).padStart(7)}  ${count(failed)} requests have failed`);
    failedBefore = failed;
  };
  let timer: NodeJS.Timeout | undefined;
  print(title);
  return {
    started: (at) => {
      startedAt = at;
      timer = setInterval(tell, everyMs);
    },
    end: () => {
      clearInterval(timer);
      tell();
    },
  };
}
