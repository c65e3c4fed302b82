import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../command-line.ts';
import { startTraffic } from './index.ts';

const help = `Sends GET requests at a constant rate over keep-alive connections and reports how each ended.

  --url URL         what to request (required; plain http)
  --rate N          requests a second, evenly spaced (default 200)
  --connections N   connections to keep open; more are opened while all are busy (default 20); 0: a new one each time
  --slow-share N    the share of requests that ask for /slow, which the sandbox's app answers late (default 0)
  --duration S      seconds (default: until SIGTERM or SIGINT)

Prints one JSON object a line: the counts by status of each 100 ms, each failed request, and at last the totals.
`;

type Flags = {
  url: string;
  rate: number;
  connections: number;
  slowShare: number;
  durationSeconds?: number;
};

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new Error(`--${flag}: not a positive number: ${text}`);
  return value;
}

function between(flag: string, text: string, [min, max]: readonly [number, number]): number {
  const value = Number(text);
  if (text === '' || !(value >= min && value <= max))
    throw new Error(`--${flag}: not a number from ${min} to ${max}: ${text}`);
  return value;
}

function readFlags(): Flags | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      url: text,
      rate: { ...text, default: '200' },
      connections: { ...text, default: '20' },
      'slow-share': { ...text, default: '0' },
      duration: text,
    },
  });
  if (values.help) return 'help';
  if (values.url === undefined || !URL.canParse(values.url)) throw new Error('--url: a URL is required');
  if (new URL(values.url).protocol !== 'http:') throw new Error(`--url: not plain http: ${values.url}`);
  return {
    url: values.url,
    rate: positive('rate', values.rate),
    connections: between('connections', values.connections, [0, 10_000]),
    slowShare: between('slow-share', values['slow-share'], [0, 1]),
    ...(values.duration !== undefined && { durationSeconds: positive('duration', values.duration) }),
  };
}

const print = (event: object): void => void process.stdout.write(`${JSON.stringify(event)}\n`);

async function run({ durationSeconds, ...flags }: Flags): Promise<void> {
  const traffic = startTraffic({ ...flags, record: print });
  const ends = [once(process, 'SIGTERM'), once(process, 'SIGINT')];
  const over =
    durationSeconds === undefined ? [] : [sleep(durationSeconds * 1000, undefined, { ref: false })];
  await Promise.race<unknown>([...ends, ...over]);
  print({ kind: 'traffic-totals', ...(await traffic.stop()) });
}

const flags = readCommandLine(readFlags);
if (flags === 'help') process.stdout.write(help);
else if (flags) await run(flags);
