import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import {
  portSchema,
  readConfig,
  switchSchema,
  type Config,
  type ConfigResult,
  type Settings,
} from './config.ts';
import { commonSettings } from './settings.ts';

const settings = {
  port: { env: 'PORT', schema: portSchema, default: '9443', about: 'port to listen on' },
  colour: { env: 'COLOUR', schema: z.enum(['red', 'green']), default: 'red', about: 'colour of the door' },
  file: { env: 'FILE', schema: z.string().optional(), about: 'file to read' },
  locked: { env: 'LOCKED', schema: switchSchema, isSwitch: true, default: 'false', about: 'lock the door' },
} satisfies Settings;

const read = (argv: readonly string[], env: Record<string, string> = {}): ConfigResult<typeof settings> =>
  readConfig({ program: 'door', about: 'Opens a door.', settings, argv, env });

function configOf(argv: readonly string[], env: Record<string, string> = {}): Config<typeof settings> {
  const result = read(argv, env);
  if (result.kind !== 'config') throw new Error(JSON.stringify(result));
  return result.config;
}

function mistakesOf(argv: readonly string[], env: Record<string, string> = {}): readonly string[] {
  const result = read(argv, env);
  return result.kind === 'mistakes' ? result.mistakes : [];
}

describe('a setting', () => {
  it.each([
    ['is its default where nothing is said', [], {}, 9443],
    ['is its variable before its default', [], { PORT: '1' }, 1],
    ['is its flag before its variable', ['--port', '2'], { PORT: '1' }, 2],
    ['may be joined to its flag', ['--port=2'], {}, 2],
    ['is the last of several flags', ['--port=2', '--port', '3'], {}, 3],
    ['is its default where its variable is empty', [], { PORT: '' }, 9443],
  ])('%s', (_, argv, env, port) => {
    expect(configOf(argv, env).port).toBe(port);
  });

  it('without a default is undefined where nothing is said', () => {
    expect(configOf([])).toEqual({ port: 9443, colour: 'red', file: undefined, locked: false });
  });

  it('may be a dash', () => {
    expect(configOf(['--file', '-']).file).toBe('-');
  });

  it('may begin with a dash when it is joined to its flag', () => {
    expect(configOf(['--file=-x']).file).toBe('-x');
  });
});

describe('a switch', () => {
  it.each([
    ['is on where its flag is named', ['--locked'], {}, true],
    ['is on where its flag is named before others', ['--locked', '--port', '1'], {}, true],
    ['may be put off', ['--locked=false'], { LOCKED: 'true' }, false],
    ['may be put on by its variable', [], { LOCKED: 'true' }, true],
    ['is off where nothing is said', [], {}, false],
  ])('%s', (_, argv, env, locked) => {
    expect(configOf(argv, env).locked).toBe(locked);
  });

  it('is neither on nor off by another word', () => {
    expect(mistakesOf(['--locked=maybe'])).toEqual([
      '--locked (or LOCKED): must be true or false (it is "maybe")',
    ]);
  });
});

describe('a mistake', () => {
  it.each<[string, string[], Record<string, string>, string[]]>([
    [
      'names the flag, the variable, the reason and the value',
      ['--port', 'x'],
      {},
      ['--port (or PORT): must be a port number, 0 to 65535 (it is "x")'],
    ],
    [
      'may come from a variable',
      [],
      { PORT: '65536' },
      ['--port (or PORT): must be a port number, 0 to 65535 (it is "65536")'],
    ],
    [
      'may be an empty value',
      ['--port='],
      {},
      ['--port (or PORT): must be a port number, 0 to 65535 (it is "")'],
    ],
    ['may be an unknown flag', ['--prot', '1'], {}, ['unknown flag --prot (see door --help)']],
    ['may be an unknown short flag', ['-p'], {}, ['unknown flag -p (see door --help)']],
    ['may be a flag without a value', ['--file'], {}, ['--file needs a value (see door --help)']],
    [
      'may be a flag in the place of a value',
      ['--file', '--colour=red'],
      {},
      ['--file needs a value (see door --help)'],
    ],
    ['may be an argument that is no flag', ['open'], {}, ['unexpected argument "open" (see door --help)']],
  ])('%s', (_, argv, env, mistakes) => {
    expect(mistakesOf(argv, env)).toEqual(mistakes);
  });

  it('has a line of its own, however many there are', () => {
    const mistakes = mistakesOf(['--knock', 'twice', 'please', '--port=-1'], { COLOUR: 'blue' });
    expect(mistakes.map((line) => line.split(/[:(]/)[0]?.trim())).toEqual([
      'unknown flag --knock',
      'unexpected argument "please"',
      '--port',
      '--colour',
    ]);
  });
});

describe('the help', () => {
  it.each([['--help'], ['-h']])('is given for %s, even beside mistakes', (flag) => {
    expect(read([flag, '--port', 'x']).kind).toBe('help');
  });

  it('lists every setting with its flag, its variable, what it is for and its default', () => {
    const result = read(['--help']);
    expect(result.kind === 'help' && result.text).toBe(`Opens a door.

Usage: door [flags]

Each flag has an environment variable; the flag wins. Defaults are in brackets.

  --port VALUE    PORT    port to listen on [9443]
  --colour VALUE  COLOUR  colour of the door [red]
  --file VALUE    FILE    file to read
  --locked        LOCKED  lock the door [false]
  --help, -h
`);
  });
});

describe('the settings that both programs have', () => {
  const common = (env: Record<string, string>): ConfigResult<typeof commonSettings> =>
    readConfig({ program: 'any', about: '', settings: commonSettings, argv: [], env });

  it('have defaults', () => {
    expect(common({})).toEqual({
      kind: 'config',
      config: {
        'api-group': 'elbv2.k8s.aws',
        'allowed-target-groups': ['*'],
        kubeconfig: undefined,
        host: undefined,
        'metrics-port': 8080,
        'log-level': 'info',
      },
    });
  });

  it.each([
    ['an API group that is no DNS name', { API_GROUP: 'Not/A/Group' }],
    ['a log level that there is not', { LOG_LEVEL: 'loud' }],
  ])('do not accept %s', (_, env) => {
    expect(common(env)).toMatchObject({ kind: 'mistakes', mistakes: { length: 1 } });
  });
});
