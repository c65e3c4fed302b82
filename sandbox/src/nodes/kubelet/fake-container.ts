import { exit, type Exit, type RunningContainer } from '../runtimes/runtime.ts';

/** A container for tests that ends `endsInMs` after SIGTERM, or ignores it, and can be ended with a code. */
export function fakeContainer({ endsInMs, pid }: { endsInMs?: number | undefined; pid?: number } = {}): {
  readonly running: RunningContainer;
  readonly end: (code: number) => void;
} {
  const { promise, resolve } = Promise.withResolvers<Exit>();
  const end = (code: number): void => resolve(exit(code));
  return {
    end,
    running: {
      pid,
      ended: promise,
      terminate: () => {
        if (endsInMs === 0) end(0);
        else if (endsInMs !== undefined) setTimeout(end, endsInMs, 0);
      },
      kill: () => end(137),
    },
  };
}
