import type { Material } from './certificates.ts';
import { examineSigner, isGoodAuthority } from './examine.ts';
import { issueAuthority, issueServing } from './issue.ts';
import { nextStep, type Situation, type Step } from './next-step.ts';

/** Certificates brought up to date. */
export interface Advanced {
  readonly material: Material;
  /** Why something had to be done; empty where nothing had. */
  readonly done: readonly string[];
  /** When to look again, in epoch milliseconds. */
  readonly again: number;
}

/** A new authority, a certificate by it, and the end of the old ones; one more, as what was issued must be good for a while. */
const mostSteps = 4;

const nothing: Material = { authorities: [], signingKey: '', serving: { certificate: '', key: '' } };

/**
 * Takes all steps that certificates need now, in memory.
 *
 * @param found what the Secret holds; undefined where there is none.
 * @param remembered what it held last, as far as this replica knows: a Secret that was deleted or spoilt comes back as it
 * was, and nothing changes for anybody.
 */
export async function advance(
  found: Material | undefined,
  remembered: Material | undefined,
  situation: Situation,
): Promise<Advanced> {
  const isUsable = (material: Material | undefined): material is Material =>
    material !== undefined && examineSigner(material, situation.now).fault === undefined;
  const isPutBack = !isUsable(found) && isUsable(remembered);
  const done: string[] = [];
  if (isPutBack) done.push('what the Secret held is put back');
  else if (found === undefined) done.push('there is no Secret');
  let material = (isPutBack ? remembered : found) ?? nothing;
  for (let steps = 0; steps < mostSteps; steps++) {
    const step = nextStep(material, situation);
    if (step.kind === 'none') return { material, done, again: step.again };
    // Of what is made from nothing there is no more to say.
    if (found !== undefined || isPutBack) done.push(step.why);
    material = await take(step, material, situation);
  }
  throw new Error('certificates are due as soon as they are issued: give them longer lives');
}

async function take(
  { kind }: Exclude<Step, { kind: 'none' }>,
  material: Material,
  { dnsNames, now, lives }: Situation,
): Promise<Material> {
  const { authorities, signingKey, serving } = material;
  switch (kind) {
    case 'add-authority': {
      const { certificate, key } = await issueAuthority(now, lives.authorityMs);
      const old = authorities.filter((each) => isGoodAuthority(each, now));
      return { authorities: [certificate, ...old], signingKey: key, serving };
    }
    case 'issue-serving': {
      const authority = { certificate: authorities[0] ?? '', key: signingKey };
      const issued = await issueServing({ authority, dnsNames, now, lifeMs: lives.servingMs });
      return { ...material, serving: issued };
    }
    case 'drop-authorities':
      return { ...material, authorities: authorities.slice(0, 1) };
  }
}
