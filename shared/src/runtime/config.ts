import * as z from 'zod';
import { parseDuration } from '../model/index.ts';
import { parseFlags } from './flags.ts';

/** One setting: a flag and an environment variable, its default as a user would write it, and what it accepts. */
export interface Setting<S extends z.ZodType = z.ZodType> {
  readonly env: string;
  readonly schema: S;
  /** Left out: the setting has no default, and its schema must accept undefined. */
  readonly default?: string;
  readonly about: string;
  /** Its flag needs no value: named, it is `true`. */
  readonly isSwitch?: true;
}

/** What a switch accepts. */
export const switchSchema = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((value) => value === 'true');

export type Settings = Record<string, Setting>;

/** The values of settings, by flag name. */
export type Config<S extends Settings> = { readonly [K in keyof S]: z.output<S[K]['schema']> };

/** What the command line and the environment came to. */
export type ConfigResult<S extends Settings> =
  | { readonly kind: 'config'; readonly config: Config<S> }
  | { readonly kind: 'help'; readonly text: string }
  /** One line per mistake, each naming the flag and the variable. */
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] };

/** A time such as `30s`, `5m`, `1h` or `90d`, in milliseconds. */
export const durationSchema = z.string().transform((value, context) => {
  const parsed = parseDuration(value);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: `must be ${aDuration}` });
  return z.NEVER;
});

/** What a duration is. */
export const aDuration = 'a time above 0, such as 30s, 5m, 1h or 90d';

const notAPort = 'must be a port number, 0 to 65535';

/** A TCP port; 0 lets the system choose. */
export const portSchema = z
  .string()
  .regex(/^\d+$/, notAPort)
  .transform(Number)
  .refine((port) => port <= 65535, notAPort);

/** Reads settings: a flag wins over its environment variable, which wins over the default. */
export function readConfig<S extends Settings>(options: {
  program: string;
  about: string;
  settings: S;
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
}): ConfigResult<S> {
  const { program, about, settings, argv, env } = options;
  const flags = parseFlags(
    Object.entries(settings).map(([name, { isSwitch = false }]) => ({ name, isSwitch })),
    argv,
  );
  if (flags.help) return { kind: 'help', text: helpText(program, about, settings) };

  const config: Record<string, unknown> = {};
  const mistakes = flags.mistakes.map((line) => `${line} (see ${program} --help)`);
  for (const [name, setting] of Object.entries(settings)) {
    // An empty variable is an unset one: manifests often have them.
    const given = flags.values[name] ?? (env[setting.env] || undefined) ?? setting.default;
    const parsed = setting.schema.safeParse(given);
    if (parsed.success) config[name] = parsed.data;
    else mistakes.push(mistake(name, setting, given, parsed.error));
  }
  return mistakes.length > 0
    ? { kind: 'mistakes', mistakes }
    : { kind: 'config', config: config as Config<S> };
}

function mistake(name: string, { env }: Setting, given: unknown, error: z.ZodError): string {
  const why = error.issues.map((issue) => issue.message).join('; ');
  const value = given === undefined ? 'not set' : JSON.stringify(given);
  return `--${name} (or ${env}): ${why} (it is ${value})`;
}

function helpText(program: string, about: string, settings: Settings): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const fallback = setting.default === undefined ? '' : ` [${setting.default}]`;
    return {
      left: `  --${name}${setting.isSwitch ? '' : ' VALUE'}`,
      env: setting.env,
      right: setting.about + fallback,
    };
  });
  const width = Math.max(...rows.map((row) => row.left.length));
  const envWidth = Math.max(...rows.map((row) => row.env.length));
  const lines = rows.map((row) => `${row.left.padEnd(width)}  ${row.env.padEnd(envWidth)}  ${row.right}`);
  const usage = `${about}\n\nUsage: ${program} [flags]\n\nEach flag has an environment variable; the flag wins. Defaults are in brackets.\n`;
  return `${usage}\n${lines.join('\n')}\n  --help, -h\n`;
}
