import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { layOutImage } from './image-files.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Of a cluster whose API server is down: nothing listens on port 1. */
const cluster = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'down', cluster: { server: 'https://127.0.0.1:1' } }],
  users: [{ name: 'nobody', user: { token: 'none' } }],
  contexts: [{ name: 'down', context: { cluster: 'down', user: 'nobody', namespace: 'targetgate-system' } }],
  'current-context': 'down',
};

const outside = mkdtempSync(path.join(tmpdir(), 'targetgate-kubeconfig-'));
const kubeconfig = path.join(outside, 'config');
writeFileSync(kubeconfig, JSON.stringify(cluster));
afterAll(() => rmSync(outside, { recursive: true }));

describe.each([
  {
    program: 'webhook',
    waitsFor: 'waiting for the first lists of bindings, services and namespaces',
  },
  { program: 'syncer', waitsFor: 'waiting for the first lists of the cluster' },
])('the $program with the files of its image and no others', ({ program, waitsFor }) => {
  const image = layOutImage(program);
  const before = image.listing();
  const options = { cwd: image.workingDirectory, env: image.env };
  // A loopback address that no other test run on this machine has, so that the programs can have their usual ports.
  const host = `127.254.${randomInt(256)}.${randomInt(1, 255)}`;
  let running: ChildProcess | undefined;

  afterAll(() => {
    running?.kill('SIGKILL');
    image.remove();
  });

  it('has the help that the sources have', () => {
    const help = execFileSync(process.execPath, [...image.command, '--help'], {
      ...options,
      encoding: 'utf8',
    });
    expect(help).toContain('--metrics-port');
    const ofSources = execFileSync(process.execPath, [`${program}/src/main.ts`, '--help'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(help).toBe(ofSources);
  });

  it('has the licence of each package that is in its bundle', () => {
    const text = (file: string) =>
      readFileSync(path.join(image.workingDirectory, program, 'dist', file), 'utf8');
    const { sources } = JSON.parse(text('main.js.map')) as { readonly sources: readonly string[] };
    const bundled = sources.flatMap(
      (source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? [],
    );
    const named = new Set(text('licences.txt').match(/^\S+(?= \d+\.\d+\.\d+\S*: )/gm));
    expect(bundled.length).toBeGreaterThan(100);
    expect(bundled.filter((name) => !named.has(name))).toEqual([]);
  });

  it('is alive without an API server, says what it waits for, and stops in order', async () => {
    const flags = [`--kubeconfig=${kubeconfig}`, `--host=${host}`, '--log-level=fatal'];
    const child = spawn(process.execPath, [...image.command, ...flags], { ...options, stdio: 'pipe' });
    running = child;
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;

    const page = async (name: string) => {
      const answer = await fetch(`http://${host}:8080${name}`);
      return { status: answer.status, text: await answer.text() };
    };
    const deadline = Date.now() + 60_000;
    for (;;) {
      const alive = await page('/healthz').catch(() => undefined);
      if (alive?.status === 200) break;
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`it does not live: ${said}`);
      await sleep(50);
    }
    expect(await page('/readyz')).toEqual({ status: 503, text: expect.stringContaining(waitsFor) });

    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(said).toBe('');
  });

  it('has written nothing', () => {
    expect(image.listing()).toEqual(before);
  });
});
