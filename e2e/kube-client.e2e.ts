import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  connect,
  isConflict,
  isNotFound,
  startReflector,
  type KubeClient,
  type RawObject,
  type Reflector,
} from '@targetgate/shared/kube';
import { startControlPlane, type ControlPlane } from '../sandbox/src/control-plane/index.ts';

let folder: string;
let plane: ControlPlane;
let admin: KubeClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube-client-'));
  plane = await startControlPlane({
    directory: folder,
    serviceRange: '127.128.0.0/16',
    auditLog: 'everybody',
  });
  admin = connect({ kubeconfig: plane.adminKubeconfig });
});
afterAll(async () => {
  await admin.close();
  await plane.close();
  await rm(folder, { recursive: true });
});

const core = '/api/v1/namespaces';

async function createNamespace(name: string): Promise<string> {
  await admin.request({ method: 'POST', path: core, body: { metadata: { name } } });
  return `${core}/${name}`;
}

const createConfigMap = (namespacePath: string, name: string): Promise<RawObject> =>
  admin.request({ method: 'POST', path: `${namespacePath}/configmaps`, body: { metadata: { name } } });

const createPod = (name: string): Promise<RawObject> =>
  admin.request({
    method: 'POST',
    path: `${core}/default/pods`,
    body: { metadata: { name }, spec: { containers: [{ name: 'app', image: 'app' }] } },
  });

/** Sets one condition of a pod of the namespace default, as a mirror of target health would. */
const patchCondition = (name: string, uid: string, condition: Record<string, string>): Promise<RawObject> =>
  admin.request({
    method: 'PATCH',
    path: `${core}/default/pods/${name}/status`,
    patch: 'strategic',
    body: { metadata: { uid }, status: { conditions: [condition] } },
  });

/** Waits until something is true, for 30 s at most. */
async function until(what: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
  const limit = performance.now() + 30_000;
  while (!(await isTrue())) {
    if (performance.now() > limit) throw new Error(`not within 30 s: ${what}`);
    await sleep(20);
  }
}

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the status patch of a pod', () => {
  it('changes the condition of its type and leaves the others alone', async () => {
    const { metadata } = await createPod('merged');
    await patchCondition('merged', metadata.uid, { type: 'example.com/other', status: 'True' });
    await patchCondition('merged', metadata.uid, { type: 'example.com/gate', status: 'False' });
    const { status } = await patchCondition('merged', metadata.uid, {
      type: 'example.com/gate',
      status: 'True',
    });
    const { conditions } = status as { conditions: { type: string; status: string }[] };
    const words = conditions.map((condition) => `${condition.type} ${condition.status}`);
    expect(words.sort()).toEqual(['example.com/gate True', 'example.com/other True']);
  });

  it('is a conflict when another pod has the name', async () => {
    await createPod('renewed');
    const otherUid = '00000000-0000-4000-8000-000000000000';
    const error = await failureOf(
      patchCondition('renewed', otherUid, { type: 'example.com/gate', status: 'True' }),
    );
    expect([isConflict(error), isNotFound(error)]).toEqual([true, false]);
  });

  it('is not found when the pod is gone', async () => {
    const error = await failureOf(
      patchCondition('nobody', 'uid', { type: 'example.com/gate', status: 'True' }),
    );
    expect([isConflict(error), isNotFound(error)]).toEqual([false, true]);
  });

  it('is sent 500 times over a few connections', async () => {
    const { metadata } = await createPod('patched');
    let connections = 0;
    const count = (): number => connections++;
    const client = connect({ kubeconfig: plane.adminKubeconfig });
    subscribe('net.client.socket', count);
    try {
      for (let n = 0; n < 500; n++) {
        const condition = { type: 'example.com/gate', status: n % 2 === 0 ? 'True' : 'False' };
        await client.request({
          method: 'PATCH',
          path: `${core}/default/pods/patched/status`,
          patch: 'strategic',
          body: { metadata: { uid: metadata.uid }, status: { conditions: [condition] } },
        });
      }
    } finally {
      unsubscribe('net.client.socket', count);
      await client.close();
    }
    expect(connections).toBeGreaterThan(0);
    expect(connections).toBeLessThan(10);
  });
});

describe('a kubeconfig with a tokenFile', () => {
  it('takes up a token that has changed', async () => {
    const tokenOf = async (account: string): Promise<string> => {
      const path = `${core}/default/serviceaccounts`;
      await admin.request({ method: 'POST', path, body: { metadata: { name: account } } });
      const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
      const made: RawObject = await admin.request({
        method: 'POST',
        path: `${path}/${account}/token`,
        body: review,
      });
      return (made.status as { token: string }).token;
    };
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, await tokenOf('before'));
    const client = connect({ kubeconfig: await plane.kubeconfigFor({ name: 'account', tokenFile }) });
    const userName = async (): Promise<string> => {
      const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
      const review: RawObject = await client.request({ method: 'POST', path, body: {} });
      return (review.status as { userInfo: { username: string } }).userInfo.username;
    };
    try {
      expect(await userName()).toBe('system:serviceaccount:default:before');
      await writeFile(`${tokenFile}.new`, await tokenOf('after'));
      await rename(`${tokenFile}.new`, tokenFile);
      await until(
        'the new token is used',
        async () => (await userName()) === 'system:serviceaccount:default:after',
      );
    } finally {
      await client.close();
    }
  });
});

describe('a reflector', () => {
  interface ConfigMap {
    readonly namespace: string;
    readonly name: string;
  }
  interface Told {
    readonly added: string[];
    readonly removed: string[];
    readonly problems: unknown[];
  }

  function reflect(namespacePath: string): { reflector: Reflector<ConfigMap>; told: Told } {
    const told: Told = { added: [], removed: [], problems: [] };
    const reflector = startReflector<ConfigMap>({
      client: admin,
      path: `${namespacePath}/configmaps`,
      // Every namespace gets this one from a controller, at its own time.
      query: { fieldSelector: 'metadata.name!=kube-root-ca.crt' },
      project: ({ metadata: { namespace = '', name } }) => ({ namespace, name }),
      indexes: {},
      onChange: ({ before, after }) => {
        if (!before && after) told.added.push(after.name);
        if (before && !after) told.removed.push(before.name);
      },
      onProblem: (problem) => told.problems.push(problem),
    });
    return { reflector, told };
  }

  it('lists in one stream, where the API server has that, and asks for no page', async () => {
    const path = await createNamespace('many');
    const names = Array.from({ length: 201 }, (_, n) => `map-${n}`);
    await Promise.all(names.map((name) => createConfigMap(path, name)));
    const { reflector, told } = reflect(path);
    await reflector.synced;
    await reflector.stop();
    expect(told.added.sort()).toEqual(names.sort());
    const audit = (await readFile(plane.auditLog, 'utf8')).split('\n');
    const asked = audit.filter((line) => line.includes('/namespaces/many/configmaps?'));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((line) => !line.includes('sendInitialEvents=true'))).toEqual([]);
  });

  it('comes back after a restart of the API server, stays readable meanwhile, and misses nothing', async () => {
    const path = await createNamespace('restarted');
    for (const name of ['kept', 'doomed']) await createConfigMap(path, name);
    const { reflector, told } = reflect(path);
    await reflector.synced;
    await createConfigMap(path, 'watched');
    await until('the watch has brought an event', () => told.added.includes('watched'));

    await plane.stopApiServer();
    await until('the reflector has noticed', () => told.problems.length > 0);
    expect(reflector.store.size).toBe(3);

    await plane.startApiServer();
    await admin.request({ method: 'DELETE', path: `${path}/configmaps/doomed` });
    await createConfigMap(path, 'new');
    await until('the reflector has seen both', () => told.removed.length > 0 && told.added.includes('new'));
    await reflector.stop();
    const names = [...reflector.store.list()].map(({ name }) => name);
    expect(names.sort()).toEqual(['kept', 'new', 'watched']);
    // Each was told once: nothing was replayed.
    expect(told.added.sort()).toEqual(['doomed', 'kept', 'new', 'watched']);
    expect(told.removed).toEqual(['doomed']);
  });
});
