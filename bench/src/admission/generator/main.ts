import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openConnection } from './connection.ts';
import { quantileOf, type Line, type Load } from './load.ts';

/*
 * Sends one request over and over, over several connections, as fast as it is answered: a process of its own, which
 * does nothing else.
 */
const text = { type: 'string', default: '' } as const;
const { values } = parseArgs({
  options: {
    host: text,
    port: text,
    servername: text,
    /** Files. */
    ca: text,
    request: text,
    connections: text,
    'warmup-seconds': text,
    seconds: text,
  },
});

const target = {
  host: values.host,
  port: Number(values.port),
  servername: values.servername,
  ca: await readFile(values.ca, 'utf8'),
  request: await readFile(values.request),
};
const connections = await Promise.all(
  Array.from({ length: Number(values.connections) }, () => openConnection(target)),
);

/** Gives how long each answer took, in milliseconds. */
async function load(seconds: number): Promise<number[]> {
  const took: number[] = [];
  const end = performance.now() + seconds * 1000;
  const isOver = (): boolean => performance.now() >= end;
  await Promise.all(connections.map((connection) => connection.repeat(isOver, (ms) => took.push(ms))));
  return took;
}

const say = (line: Line): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

await load(Number(values['warmup-seconds']));
say({ kind: 'warm' });
const [start, cpu] = [performance.now(), process.cpuUsage()];
const took = await load(Number(values.seconds));
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpu);
const sorted = Float64Array.from(took).sort();
const found: Load = {
  answered: took.length,
  seconds,
  p50: quantileOf(sorted, 0.5),
  p99: quantileOf(sorted, 0.99),
  cpuSeconds: (user + system) / 1e6,
};
say({ kind: 'load', ...found });
for (const connection of connections) connection.close();
