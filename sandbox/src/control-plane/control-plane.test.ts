import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { binaries } from '../../../scripts/control-plane-binaries.mjs';
import { type ControlPlane, startControlPlane } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'control-plane-'));
let plane: ControlPlane;

beforeAll(async () => {
  plane = await startControlPlane({
    directory: folder,
    serviceRange: '127.128.0.0/16',
    auditLog: 'everybody',
  });
}, 90_000);

afterAll(async () => {
  await plane.close();
  rmSync(folder, { recursive: true });
});

/** What kubectl prints, with a kubeconfig (the admin's). Throws what it complains about. */
async function kubectl(args: string, kubeconfig = plane.adminKubeconfig): Promise<string> {
  const env = { KUBECONFIG: kubeconfig, HOME: folder };
  const { stdout } = await promisify(execFile)(binaries().kubectl, args.split(' '), { env });
  return stdout.trim();
}

/** Asks until the answer is the one, for 10 s at most; gives the last answer. */
async function eventually(ask: () => Promise<string>, answer: string): Promise<string> {
  let last = await ask();
  for (let attempt = 0; attempt < 100 && last !== answer; attempt += 1) {
    await sleep(100);
    last = await ask();
  }
  return last;
}

describe('a control plane', () => {
  it('runs its controllers: a deployment gets its pods', async () => {
    await kubectl('create deployment shop --image=shop --replicas=2');
    const pods = (): Promise<string> => kubectl('get pods -l app=shop -o jsonpath={.items[*].status.phase}');
    expect(await eventually(pods, 'Pending Pending')).toBe('Pending Pending');
  });

  it('gives services addresses of its service range', async () => {
    await kubectl('create service clusterip shop --tcp=8080');
    expect(await kubectl('get service shop -o jsonpath={.spec.clusterIP}')).toMatch(/^127\.128\./);
  });

  it('enforces RBAC on the token of a ServiceAccount, read from a file', async () => {
    await kubectl('create serviceaccount reader');
    await kubectl('create rolebinding reader --clusterrole=view --serviceaccount=default:reader');
    const token = await kubectl('create token reader');
    const tokenFile = join(folder, 'reader.token');
    await promisify(execFile)('/bin/sh', ['-c', 'umask 077; printf %s "$0" >"$1"', token, tokenFile]);
    const kubeconfig = await plane.kubeconfigFor({ name: 'reader', tokenFile });
    expect(await kubectl('auth whoami -o jsonpath={.status.userInfo.username}', kubeconfig)).toBe(
      'system:serviceaccount:default:reader',
    );
    expect(await kubectl('get service shop -o name', kubeconfig)).toBe('service/shop');
    await expect(kubectl('delete service shop', kubeconfig)).rejects.toThrow(/Forbidden/);
  });

  it('refuses who has no credentials', async () => {
    const kubeconfig = await plane.kubeconfigFor({ name: 'stranger', token: 'guessed' });
    await expect(kubectl('get pods', kubeconfig)).rejects.toThrow(/must be logged in|Unauthorized/);
  });

  it('records requests in its audit log', () => {
    const lines = readFileSync(plane.auditLog, 'utf8').trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { verb: string; objectRef?: { name?: string } });
    expect(
      events.filter(({ verb, objectRef }) => verb === 'create' && objectRef?.name === 'reader'),
    ).not.toEqual([]);
  });

  it('knows its namespaces again after a restart, at the same address, as a new process', async () => {
    await kubectl('create namespace lasting');
    const { server, pids } = plane;
    await plane.restartApiServer();
    expect(await kubectl('get namespace lasting -o name')).toBe('namespace/lasting');
    expect(plane.server).toBe(server);
    expect(plane.pids.apiServer).not.toBe(pids.apiServer);
    expect(plane.pids.controllerManager).toBe(pids.controllerManager);
  });

  it('does not answer while its API server is stopped', async () => {
    await plane.stopApiServer();
    expect(plane.pids.apiServer).toBeUndefined();
    await expect(kubectl('get namespaces')).rejects.toThrow(/refused/);
    await plane.startApiServer();
    expect(await kubectl('get namespace lasting -o name')).toBe('namespace/lasting');
  });

  it('shows the end of the log of a component that does not come up, and leaves nothing running', async () => {
    const directory = join(folder, 'broken');
    const broken = startControlPlane({ directory, serviceRange: 'nonsense' });
    await expect(broken).rejects.toThrow(
      /kube-apiserver ended with code 1; the end of .*\n[^]*not a valid cidr/,
    );
    expect(existsSync(join(directory, 'kube-controller-manager.log'))).toBe(false);
    expect(readFileSync(join(directory, 'etcd.log'), 'utf8')).toMatch(/closed etcd server/);
  });

  it('gives up its start when it is told to', async () => {
    const signal = AbortSignal.timeout(100);
    const start = startControlPlane({
      directory: join(folder, 'aborted'),
      serviceRange: '127.128.0.0/16',
      signal,
    });
    await expect(start).rejects.toThrow(/timeout/);
  });
});
