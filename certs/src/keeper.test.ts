import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type {} from '@targetgate/shared/kube';
import * as fc from 'fast-check';
import type { Identity, Material } from './certificates.ts';
import type { Configuration } from './configuration.ts';
import { endOf, parse, signerOf } from './examine.ts';
import { day, dnsNames, lives } from './fixtures.ts';
import { createKeeper, type Known } from './keeper.ts';
import { materialOf, type Secret } from './secret.ts';

const start = Date.parse('2026-05-01T12:00:00Z');
const minute = 60_000;

/** A cluster with one configuration, in which replicas see what has happened only when they are shown it. */
function createCluster(events: string[]) {
  const state = {
    now: start,
    secret: undefined as Secret | undefined,
    trusted: [] as readonly string[],
    kinds: ['mutatingwebhookconfigurations'] as readonly Known['kind'][],
  };
  let version = 0;
  const store = (material: Material): Secret => {
    const encode = (text: string) => Buffer.from(text).toString('base64');
    const data = {
      'ca.crt': encode(material.authorities.join('')),
      'ca.key': encode(material.signingKey),
      'tls.crt': encode(material.serving.certificate),
      'tls.key': encode(material.serving.key),
    };
    return { metadata: { name: 's', uid: 'u', resourceVersion: String(++version) }, data };
  };
  let configurationVersion = 0;

  /** A replica whose clock is ahead by `skew`. */
  function startReplica(skew: number, jitter: number) {
    let seen = { secret: state.secret, trusted: state.trusted, version: configurationVersion };
    const served: Identity[] = [];
    const missing: (readonly string[])[] = [];
    let isReady = false;
    const look = createKeeper(
      {
        secret: () => seen.secret,
        configurations: () => {
          const configuration: Configuration = {
            namespace: '',
            name: 'c',
            version: String(seen.version),
            isInjected: false,
            webhooks: [{ name: 'w', trusted: seen.trusted }],
          };
          return state.kinds.map((kind): Known => ({ kind, configuration }));
        },
        write: (found, material) => {
          if (found?.metadata.resourceVersion !== state.secret?.metadata.resourceVersion)
            return Promise.resolve(false);
          state.secret = store(material);
          return Promise.resolve(true);
        },
        publish: ({ configuration }, _, bundle) => {
          if (configuration.version !== String(configurationVersion))
            return Promise.reject(new Error('conflict'));
          configurationVersion++;
          state.trusted = bundle;
          return Promise.resolve();
        },
      },
      {
        dnsNames,
        lives,
        jitter,
        now: () => state.now + skew,
        onServe: (identity) => served.push(identity),
        onTrust: (isComplete) => (isReady ||= isComplete),
        onMissing: (kinds) => missing.push(kinds),
        onWrite: (why) => events.push(why.join('; ')),
        onPublish: () => undefined,
      },
    );
    return {
      look: () => look().catch(() => 0),
      see: () => (seen = { secret: state.secret, trusted: state.trusted, version: configurationVersion }),
      serves: () => served.at(-1),
      isReady: () => isReady,
      missing,
    };
  }
  return { state, startReplica, wipe: () => ((state.trusted = []), configurationVersion++) };
}

/** What is wrong with what a replica serves, for an API server that trusts these. */
function whyRefused(served: Identity | undefined, trusted: readonly string[], now: number) {
  const leaf = served && parse(served.certificate);
  if (leaf === undefined) return 'serves nothing';
  if (now >= endOf(leaf)) return 'has expired';
  return signerOf(leaf, trusted, now) === undefined ? 'is not trusted' : undefined;
}

/** All replicas see everything and look, until nothing changes any more. */
async function settle(replicas: readonly ReturnType<ReturnType<typeof createCluster>['startReplica']>[]) {
  for (let round = 0; round < 6; round++) {
    for (const replica of replicas) {
      replica.see();
      await replica.look();
    }
  }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('look' as const), replica: fc.nat(1) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('see' as const), replica: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('restart' as const), replica: fc.nat(1) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('spoil' as const),
      entry: fc.constantFrom('ca.crt', 'ca.key', 'tls.crt', 'tls.key'),
    }),
  },
);

describe('two replicas', () => {
  it('serve, over years and with clocks that differ by minutes, nothing that is not trusted', async () => {
    const events: string[] = [];
    const cluster = createCluster(events);
    const replicas = [cluster.startReplica(-4 * minute, 0.2), cluster.startReplica(4 * minute, 0.9)];
    await settle(replicas);
    for (let passed = 0; passed < 5 * 365; passed += 5) {
      cluster.state.now += 5 * day;
      for (const replica of replicas) {
        replica.see();
        await replica.look();
        for (const each of replicas)
          expect(whyRefused(each.serves(), cluster.state.trusted, cluster.state.now)).toBeUndefined();
      }
    }
    const count = (words: string) => events.filter((event) => event.includes(words)).length;
    // 730 days, of which two thirds and a little are used.
    expect(count('ca.crt has less than a third')).toBe(3);
    expect(count('an authority that is being replaced')).toBe(3);
    expect(count('ca.crt has authorities that sign nothing')).toBe(3);
    expect(count('tls.crt has less than a third')).toBeGreaterThan(20);
    expect(events).toHaveLength(1 + 9 + count('tls.crt has less than a third'));
  });

  it('serve nothing that is not trusted, whatever happens to the Secret, and however late they see it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 20, maxLength: 40 }),
        fc.constantFrom(0, 61),
        async (story, daysLater) => {
          const cluster = createCluster([]);
          const { state } = cluster;
          const replicas = [cluster.startReplica(-4 * minute, 0.2), cluster.startReplica(4 * minute, 0.9)];
          await settle(replicas);
          state.now += daysLater * day;
          for (const happening of story) {
            if (happening.kind === 'delete') state.secret = undefined;
            else if (happening.kind === 'spoil') spoil(state, happening.entry);
            else if (happening.kind === 'restart') replicas[happening.replica] = cluster.startReplica(0, 0.5);
            else if (happening.kind === 'see') replicas[happening.replica]?.see();
            else await replicas[happening.replica]?.look();
            for (const each of replicas.filter(({ isReady }) => isReady()))
              expect(whyRefused(each.serves(), state.trusted, state.now)).toBeUndefined();
          }
          // A new authority may still have to take over, and trust in the old one to end.
          for (let days = 0; days < 40; days += 10) {
            await settle(replicas);
            state.now += 10 * day;
          }
          const { authorities, serving } = materialOf(state.secret ?? {});
          expect(state.trusted).toEqual(authorities);
          for (const each of replicas) expect(each.serves()).toEqual(serving);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('put a bundle right that somebody has wiped', async () => {
    const cluster = createCluster([]);
    const replicas = [cluster.startReplica(0, 0), cluster.startReplica(0, 1)];
    await settle(replicas);
    const { trusted } = cluster.state;
    cluster.wipe();
    await settle(replicas);
    expect(cluster.state.trusted).toEqual(trusted);
    expect(trusted.map((pem) => new X509Certificate(pem).ca)).toEqual([true]);
  });
});

it('a replica says, once each time, which configurations it does not find', async () => {
  const cluster = createCluster([]);
  const replica = cluster.startReplica(0, 0);
  const both = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'] as const;
  await settle([replica]);
  for (const kinds of [[], both]) {
    cluster.state.kinds = kinds;
    await settle([replica]);
  }
  expect(replica.missing).toEqual([['validatingwebhookconfigurations'], both, []]);
});

/** Spoils an entry of the Secret, as a new version of it. */
function spoil(state: { secret: Secret | undefined }, entry: string): void {
  const { secret } = state;
  if (secret === undefined) return;
  const metadata = { ...secret.metadata, resourceVersion: `${secret.metadata.resourceVersion}0` };
  state.secret = { ...secret, metadata, data: { ...secret.data, [entry]: 'c3BvaWx0' } };
}
