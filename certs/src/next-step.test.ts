import { describe, expect, it } from '@jest/globals';
import { dnsNamesOf, type Material } from './certificates.ts';
import { day, dnsNames, issueMaterial, lives } from './fixtures.ts';
import { issueServing } from './issue.ts';
import { nextStep, type Trust } from './next-step.ts';

const now = Date.parse('2026-05-01T12:00:00Z');

const sound = await issueMaterial(now);
const other = await issueMaterial(now);
const oldAuthority = await issueMaterial(now - 490 * day);

/** In a rotation: the second authority signs from now on, and what is served is still by the first. */
const announced: Material = {
  authorities: [...other.authorities, ...sound.authorities],
  signingKey: other.signingKey,
  serving: sound.serving,
};
/** One step further: what is served is by the second. */
const goneOver: Material = { ...announced, serving: other.serving };

const everybody: Trust = { isComplete: () => true, some: [] };
const nobody: Trust = { isComplete: () => false, some: [] };

interface Moment {
  at?: number;
  isTrusted?: boolean;
  jitter?: number;
}

const stepOf = (material: Material, { at = now, isTrusted = true, jitter = 0 }: Moment = {}): string => {
  const step = nextStep(material, {
    dnsNames,
    now: at,
    lives,
    jitter,
    trust: isTrusted ? everybody : nobody,
  });
  return step.kind === 'none' ? `none until day ${(step.again - now) / day}` : `${step.kind}: ${step.why}`;
};

const table: [string, Material, Moment, string][] = [
  ['what was just issued is left alone until it is due', sound, {}, 'none until day 60'],
  [
    'a certificate is renewed after two thirds of its life',
    sound,
    { at: now + 60 * day },
    'issue-serving: tls.crt has less than a third of its life left',
  ],
  [
    'one replica waits a little more than another',
    sound,
    { at: now + 62 * day, jitter: 1 },
    'none until day 63',
  ],
  ['an expired one is renewed', sound, { at: now + 90 * day }, 'issue-serving: tls.crt has expired'],
  [
    'one by an unknown authority is renewed',
    { ...sound, serving: other.serving },
    {},
    'issue-serving: tls.crt is not signed by ca.crt',
  ],
  [
    'one with the key of another is renewed',
    { ...sound, serving: { ...sound.serving, key: other.serving.key } },
    {},
    'issue-serving: tls.crt has the key of another certificate',
  ],
  [
    'one that is missing is issued',
    { ...sound, serving: { certificate: '', key: '' } },
    {},
    'issue-serving: tls.crt or its key cannot be parsed',
  ],
  [
    'an authority without its key gets a successor: it could not sign again',
    { ...sound, signingKey: '' },
    {},
    'add-authority: ca.crt or its key cannot be parsed',
  ],
  [
    'a serving certificate is no authority',
    { ...sound, authorities: [sound.serving.certificate], signingKey: sound.serving.key },
    {},
    'add-authority: ca.crt is not an authority',
  ],
  [
    'an authority near its end gets a successor',
    { ...oldAuthority, serving: (await renewed(oldAuthority)).serving },
    {},
    'add-authority: ca.crt has less than a third of its life left',
  ],
  ['a successor signs nothing before all may trust it', announced, {}, 'none until day 9'],
  [
    'nor while the API server is not told to',
    announced,
    { at: now + 9 * day, isTrusted: false },
    'none until day 90',
  ],
  [
    'then it does',
    announced,
    { at: now + 9 * day },
    'issue-serving: tls.crt is signed by an authority that is being replaced',
  ],
  ['the old authority is trusted until all replicas may have gone over', goneOver, {}, 'none until day 9'],
  [
    'then it is not',
    goneOver,
    { at: now + 9 * day },
    'drop-authorities: ca.crt has authorities that sign nothing any more',
  ],
];

/** The same authority, with a certificate of today. */
async function renewed(material: Material): Promise<Material> {
  const authority = { certificate: material.authorities[0] ?? '', key: material.signingKey };
  return {
    ...material,
    serving: await issueServing({ authority, dnsNames, now, lifeMs: lives.servingMs }),
  };
}

describe('the next step', () => {
  it.each(table)('%s', (_, material, moment, expected) => {
    expect(stepOf(material, moment)).toBe(expected);
  });

  it('renews a certificate that lacks one of the names', () => {
    const moved = dnsNamesOf('targetgate-webhook', 'elsewhere');
    expect(nextStep(sound, { dnsNames: moved, now, lives, jitter: 0, trust: everybody })).toEqual({
      kind: 'issue-serving',
      why: 'tls.crt is not for targetgate-webhook.elsewhere.svc',
    });
  });
});
