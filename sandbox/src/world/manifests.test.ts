import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tailor } from './manifests.ts';
import { root } from './part.ts';

const text = `
# kept apart by the separator
kind: Namespace
metadata: { name: system }
---
kind: Deployment
metadata: { labels: { elbv2.k8s.aws/role: gate } }
spec: { template: { spec: { containers: [{ name: syncer, args: [--a] }, { name: sidecar }] } } }
`;

describe('manifests', () => {
  it('stay as they are where nothing is to be changed', () => {
    expect(tailor(text, {})).toEqual([
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

  it('get another API group everywhere', () => {
    expect(tailor(text, { apiGroup: 'targetgate.dev' })[1]).toMatchObject({
      metadata: { labels: { 'targetgate.dev/role': 'gate' } },
    });
  });

  it('get further arguments for one program, after its own', () => {
    expect(tailor(text, { syncerArgs: ['--shadow', '--b=1'], webhookArgs: ['--c'] })[1]).toMatchObject({
      spec: {
        template: {
          spec: { containers: [{ name: 'syncer', args: ['--a', '--shadow', '--b=1'] }, { name: 'sidecar' }] },
        },
      },
    });
  });

  it('of this clone have both programs, by the names of their containers', () => {
    const install = readFileSync(join(root, 'manifests/install.yaml'), 'utf8');
    const changed = JSON.stringify(
      tailor(install, { syncerArgs: ['--for-syncer'], webhookArgs: ['--for-webhook'] }),
    );
    expect(changed).toContain('"args":["--for-syncer"]');
    expect(changed).toContain('"args":["--for-webhook"]');
  });
});
