import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { binaries } from '../../../scripts/control-plane-binaries.mjs';

const assets = mkdtempSync(join(tmpdir(), 'assets-'));
writeFileSync(join(assets, 'etcd'), '');
afterAll(() => rmSync(assets, { recursive: true }));

describe('the binaries of the control plane', () => {
  it('are in one cache folder, named by what they are built from', () => {
    const folders = new Set(
      Object.values(binaries({ TARGETGATE_CACHE: '/cache' })).map((path) => dirname(path)),
    );
    expect([...folders]).toEqual([
      expect.stringMatching(/^\/cache\/targetgate\/control-plane-[0-9a-f]{12}$/),
    ]);
  });

  it.each([
    { env: { TARGETGATE_CACHE: '/a', XDG_CACHE_HOME: '/b', HOME: '/c' }, root: '/a/targetgate/' },
    { env: { XDG_CACHE_HOME: '/b', HOME: '/c' }, root: '/b/targetgate/' },
    { env: {}, root: '/.cache/targetgate/' },
  ])('have their cache in $root', ({ env, root }) => {
    expect(binaries(env).kubectl).toContain(root);
  });

  it('are those of KUBEBUILDER_ASSETS, where that has them', () => {
    const { etcd, kubectl } = binaries({ KUBEBUILDER_ASSETS: assets, TARGETGATE_CACHE: '/cache' });
    expect(etcd).toBe(join(assets, 'etcd'));
    expect(kubectl).toMatch(/^\/cache\//);
  });
});
