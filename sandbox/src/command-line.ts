/** Says in one line what is wrong with how this program was started, and makes it end with 2. */
export function refuse(mistake: unknown): void {
  const message = mistake instanceof Error ? mistake.message : String(mistake);
  const [line = ''] = message.split('\n');
  process.stderr.write(`${line} (--help lists all flags)\n`);
  process.exitCode = 2;
}

/** Reads the command line with a function that throws on a mistake; gives undefined where it did, having said so. */
export function readCommandLine<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (mistake) {
    refuse(mistake);
    return undefined;
  }
}
