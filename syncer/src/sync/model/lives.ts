import { startLife, type Life, type Surroundings } from './life.ts';

/** One syncer after another, in the same surroundings. */
export function createLives(surroundings: Surroundings) {
  const { clock, rules } = surroundings;
  let life: Life = startLife(surroundings);
  let isDown = false;

  function beginAnew(): void {
    if (!isDown) return;
    isDown = false;
    rules.forget();
    life = startLife(surroundings);
  }

  return {
    /** The syncer that lives, or the last that did. */
    get current() {
      return life;
    },
    get isDown() {
      return isDown;
    },
    /** The syncer dies, and another starts later. */
    crash: (landsAfterMs: number | undefined, downMs: number): void => {
      life.die(landsAfterMs);
      isDown = true;
      clock.at(clock.now() + downMs, beginAnew);
    },
    /** The syncer is stopped in order, and then another is started. */
    restart: (): void => {
      if (isDown) return;
      isDown = true;
      void life.end().then(beginAnew);
    },
  };
}

export type Lives = ReturnType<typeof createLives>;
