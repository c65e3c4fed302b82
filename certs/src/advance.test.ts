import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { advance } from './advance.ts';
import { signerOf } from './examine.ts';
import type { Material } from './certificates.ts';
import { day, dnsNames, issueMaterial, lives } from './fixtures.ts';

const now = Date.parse('2026-05-01T12:00:00Z');
const old = await issueMaterial(now);

const go = (found: Material | undefined, remembered?: Material, at = now) =>
  advance(found, remembered, {
    dnsNames,
    now: at,
    lives,
    jitter: 0,
    trust: { isComplete: () => true, some: [] },
  });

const signer = ({ authorities, serving }: Material, at = now) =>
  signerOf(new X509Certificate(serving.certificate), authorities, at);

describe('certificates', () => {
  it('are made where there are none', async () => {
    const { material, done, again } = await go(undefined);
    expect(done).toEqual(['there is no Secret']);
    expect(material.authorities).toHaveLength(1);
    expect(signer(material)).toBe(material.authorities[0]);
    expect(again).toBe(now + 60 * day);
  });

  it('are left alone while they are good', async () => {
    expect(await go(old)).toEqual({ material: old, done: [], again: now + 60 * day });
  });

  it('come back as they were, where the Secret was deleted under a running replica', async () => {
    expect(await go(undefined, old)).toMatchObject({
      material: old,
      done: ['what the Secret held is put back'],
    });
  });

  it('come back as they were, where the authority was spoilt', async () => {
    const { material, done } = await go({ ...old, signingKey: 'spoilt' }, old);
    expect(material).toBe(old);
    expect(done).toEqual(['what the Secret held is put back']);
  });

  it('do not come back where they have expired meanwhile', async () => {
    const at = now + 800 * day;
    const { material, done } = await go(undefined, old, at);
    expect(done).toEqual(['there is no Secret']);
    expect(material.authorities).not.toContain(old.authorities[0]);
  });

  it('of an authority that lost its key are still trusted and served, beside its successor', async () => {
    const { material } = await go({ ...old, signingKey: '' });
    expect(material.authorities).toEqual([expect.any(String), old.authorities[0]]);
    expect(material.serving).toBe(old.serving);
  });

  it('go over to a new authority in three steps, each of them public for nine days', async () => {
    const due = now + 487 * day;
    const fresh = { ...old, serving: (await go({ ...old }, undefined, due - 10 * day)).material.serving };

    const announced = await go(fresh, undefined, due);
    expect(announced.material.authorities).toHaveLength(2);
    expect(announced.material.serving).toBe(fresh.serving);
    expect(announced.again).toBe(due + 9 * day);

    const gone = await go(announced.material, undefined, announced.again);
    expect(signer(gone.material, announced.again)).toBe(announced.material.authorities[0]);
    expect(gone.material.authorities).toEqual(announced.material.authorities);
    expect(gone.again).toBe(due + 18 * day);

    const dropped = await go(gone.material, undefined, gone.again);
    expect(dropped.material.authorities).toEqual(announced.material.authorities.slice(0, 1));
    expect(dropped.material.serving).toBe(gone.material.serving);
  });

  it('with lives that are too short for any rest are refused', async () => {
    const short = { authorityMs: 1, servingMs: 1 };
    await expect(
      advance(undefined, undefined, {
        dnsNames,
        now,
        lives: short,
        jitter: 0,
        trust: { isComplete: () => true, some: [] },
      }),
    ).rejects.toThrow('give them longer lives');
  });
});
