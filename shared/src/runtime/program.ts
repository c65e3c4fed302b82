import closeWithGrace from 'close-with-grace';
import { readConfig, type Config, type Settings } from './config.ts';
import type { Logger } from './logging.ts';
import { Misconfigured } from './misconfigured.ts';

/** Kubernetes kills a pod 30 s after SIGTERM unless told otherwise; stopping must be over before that. */
const shutdownWithinMs = 25_000;

/** Reads a program's configuration, or ends the program: with 0 after --help, with 2 after saying every mistake. */
export function configure<S extends Settings>(options: {
  program: string;
  about: string;
  settings: S;
}): Config<S> {
  const result = readConfig({ ...options, argv: process.argv.slice(2), env: process.env });
  switch (result.kind) {
    case 'config':
      return result.config;
    case 'help':
      process.stdout.write(result.text);
      return process.exit(0);
    case 'mistakes':
      for (const mistake of result.mistakes) process.stderr.write(`${options.program}: ${mistake}\n`);
      return process.exit(2);
  }
}

/** How a part of a program is stopped. */
type Stop = () => Promise<void> | void;

/**
 * Runs a program until SIGTERM or SIGINT: `start` builds and starts the parts and registers how each is stopped; on
 * the signal they are stopped in the opposite order, and the process ends with 0. A failure to start, an uncaught
 * error, or a stop that fails or hangs ends it with 1, a mistake in how it was started with 2; a stop that fails does not keep the others from running.
 */
export async function run(
  logger: Logger,
  start: (onStop: (stop: Stop) => void) => Promise<void>,
): Promise<void> {
  const stops: Stop[] = [];
  const stopping = new AbortController();

  async function stopAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const stop of stops.reverse()) {
      try {
        await stop();
      } catch (err) {
        logger.error({ err }, 'a part failed to stop');
        failures.push(err);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'parts failed to stop');
  }

  const onTimeout = (): void => {
    logger.fatal(`a part did not stop within ${shutdownWithinMs / 1000} s`);
  };
  closeWithGrace({ delay: shutdownWithinMs, logger: false, onTimeout }, async ({ err, signal }) => {
    stopping.abort();
    if (err) logger.fatal({ err }, 'stopping after an error');
    else logger.info({ signal }, 'stopping');
    await stopAll();
    logger.info('stopped');
  });
  try {
    await start((stop) => stops.push(stop));
  } catch (error) {
    if (error instanceof Misconfigured) {
      process.stderr.write(`${error.message}\n`);
      await stopAll();
      process.exit(2);
    }
    // Stopped while it was starting: what it waited for was taken away.
    if (!stopping.signal.aborted) throw error;
  }
}
