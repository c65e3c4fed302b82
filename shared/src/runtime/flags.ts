import { parseArgs } from 'node:util';

/** A command line, read: the values of known flags, and a line for each argument that is not understood. */
export interface Flags {
  readonly values: Readonly<Record<string, string>>;
  readonly help: boolean;
  readonly mistakes: readonly string[];
}

/** A flag that is known. A switch needs no value: named, it is `true`. */
export interface KnownFlag {
  readonly name: string;
  readonly isSwitch: boolean;
}

/**
 * Reads `--name VALUE` and `--name=VALUE` for the flags given, `--name` alone for switches, and `--help`. The last of
 * several values counts.
 *
 * parseArgs itself throws at the first mistake; here each gets a line of its own.
 */
export function parseFlags(flags: readonly KnownFlag[], argv: readonly string[]): Flags {
  const known = Object.fromEntries(
    flags.map(({ name, isSwitch }) => [
      name,
      { type: isSwitch ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options: { ...known, help: { type: 'boolean', short: 'h' } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string> = {};
  const mistakes: string[] = [];
  let help = false;
  let unknownAt = -2;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      // What follows an unknown flag may be its value: one mistake, not two.
      if (token.index !== unknownAt + 1) mistakes.push(`unexpected argument ${JSON.stringify(token.value)}`);
    } else if (token.kind === 'option') {
      const { name, rawName, value, inlineValue } = token;
      if (name === 'help') {
        help = true;
      } else if (!(name in known)) {
        mistakes.push(`unknown flag ${rawName}`);
        unknownAt = token.index;
      } else if (value === undefined && known[name]?.type === 'boolean') {
        values[name] = 'true';
      } else if (value === undefined || (!inlineValue && value.startsWith('-') && value !== '-')) {
        mistakes.push(`${rawName} needs a value`);
      } else {
        values[name] = value;
      }
    }
  }
  return { values, help, mistakes };
}
