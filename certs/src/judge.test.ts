import { describe, expect, it } from '@jest/globals';
import { dnsNamesOf, type Material } from './certificates.ts';
import { issueMaterial } from './issue.ts';
import { judge } from './judge.ts';

const now = Date.parse('2026-05-01T12:00:00Z');
const day = 24 * 60 * 60 * 1000;
const dnsNames = dnsNamesOf('targetgate-webhook', 'targetgate-system');

const sound = await issueMaterial(dnsNames, now);
const other = await issueMaterial(dnsNames, now);
const oldAuthority = await issueMaterial(dnsNames, now - 490 * day);

const verdicts: [string, Material, number, string][] = [
  ['what was just issued is kept', sound, now, 'keep'],
  ['a certificate with just over a third of its life left is kept', sound, now + 59 * day, 'keep'],
  [
    'one with less is renewed',
    sound,
    now + 61 * day,
    'renew: tls.crt has less than a third of its life left',
  ],
  ['an expired one is renewed', sound, now + 90 * day, 'renew: tls.crt has expired'],
  [
    'a certificate by another authority is renewed',
    { ...sound, serving: other.serving },
    now,
    'renew: tls.crt is not signed by ca.crt',
  ],
  [
    'a key of another certificate makes it renewed',
    { ...sound, serving: { ...sound.serving, key: other.serving.key } },
    now,
    'renew: tls.crt has the key of another certificate',
  ],
  [
    'a certificate that is missing is renewed',
    { ...sound, serving: { certificate: '', key: '' } },
    now,
    'renew: tls.crt or its key cannot be parsed',
  ],
  [
    'an authority without its key is replaced: it could not sign again',
    { ...sound, authority: { ...sound.authority, key: '' } },
    now,
    'replace: ca.crt or its key cannot be parsed',
  ],
  [
    'an authority near its end is replaced, whatever it signed',
    oldAuthority,
    now,
    'replace: ca.crt has less than a third of its life left',
  ],
  [
    'a serving certificate is no authority',
    { ...sound, authority: sound.serving },
    now,
    'replace: ca.crt is not an authority',
  ],
];

describe('the judgement of certificates', () => {
  it.each(verdicts)('%s', (_, material, at, expected) => {
    const verdict = judge(material, dnsNames, at);
    expect(verdict.kind === 'keep' ? 'keep' : `${verdict.kind}: ${verdict.why}`).toBe(expected);
  });

  it('renews a certificate that lacks one of the names', () => {
    const moved = dnsNamesOf('targetgate-webhook', 'elsewhere');
    expect(judge(sound, moved, now)).toMatchObject({
      kind: 'renew',
      why: 'tls.crt is not for targetgate-webhook.elsewhere.svc',
    });
  });

  it('gives what to serve with, whom to trust and until when', () => {
    expect(judge(sound, dnsNames, now)).toEqual({
      kind: 'keep',
      certificates: { ...sound.serving, caBundle: sound.authority.certificate, notAfter: now + 90 * day },
    });
  });
});
