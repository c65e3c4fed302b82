import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readManifests, tailor } from './manifests.ts';
import { root } from './part.ts';

const text = `
# kept apart by the separator
kind: Namespace
metadata: { name: system }
---
kind: Deployment
metadata: { labels: { elbv2.k8s.aws/role: gate } }
spec: { template: { spec: { containers: [{ name: syncer, args: [--a] }, { name: sidecar }] } } }
---
`;

describe('manifests', () => {
  it('stay as they are where nothing is to be changed', () => {
    expect(tailor([text], {})).toEqual([
      { kind: 'Namespace', metadata: { name: 'system' } },
      {
        kind: 'Deployment',
        metadata: { labels: { 'elbv2.k8s.aws/role': 'gate' } },
        spec: {
          template: { spec: { containers: [{ name: 'syncer', args: ['--a'] }, { name: 'sidecar' }] } },
        },
      },
    ]);
  });

  it('get another API group everywhere, and tell the programs', () => {
    const env = [{ name: 'API_GROUP', value: 'targetgate.dev' }];
    expect(tailor([text], { apiGroup: 'targetgate.dev' })[1]).toEqual({
      kind: 'Deployment',
      metadata: { labels: { 'targetgate.dev/role': 'gate' } },
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'syncer', args: ['--a'], env },
              { name: 'sidecar', env },
            ],
          },
        },
      },
    });
  });

  it('get further arguments for one program, after its own', () => {
    expect(tailor([text], { syncerArgs: ['--shadow', '--b=1'], webhookArgs: ['--c'] })[1]).toMatchObject({
      spec: {
        template: {
          spec: { containers: [{ name: 'syncer', args: ['--a', '--shadow', '--b=1'] }, { name: 'sidecar' }] },
        },
      },
    });
  });

  it('of this clone have both programs, by the names of their containers', async () => {
    const texts = await readManifests(join(root, 'manifests'));
    const changed = JSON.stringify(
      tailor(texts, { syncerArgs: ['--for-syncer'], webhookArgs: ['--for-webhook'] }),
    );
    expect(changed).toContain('"args":["--for-syncer"]');
    expect(changed).toContain('"args":["--for-webhook"]');
  });
});
