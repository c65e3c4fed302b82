import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const manifests = path.resolve(import.meta.dirname, '../../manifests');
const read = (file: string): string => readFileSync(path.join(manifests, file), 'utf8');

/** The lines of sources.sha256: what the template was synthesized from. */
const sources = read('cdk/sources.sha256')
  .trimEnd()
  .split('\n')
  .map((line) => line.split(/\s+/) as [hash: string, file: string]);

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

const { Resources } = JSON.parse(read('cdk/template.json')) as { Resources: Record<string, Resource> };

function only(type: string): Readonly<Record<string, unknown>> {
  const found = Object.values(Resources).filter(({ Type }) => Type === type);
  expect(found).toHaveLength(1);
  return found[0]?.Properties ?? {};
}

describe('the CDK example', () => {
  it.each(sources)('was synthesized from what is there now: %s %s (npm run synth)', (hash, file) => {
    expect(
      createHash('sha256')
        .update(read(`cdk/${file}`))
        .digest('hex'),
    ).toBe(hash);
  });

  it.each(sources.filter(([, file]) => file.endsWith('.ts')))('parses: %s %s', (_, file) => {
    const { diagnostics } = ts.transpileModule(read(`cdk/${file}`), { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
  });

  it('gives the syncer the IAM policy, but for which target groups it may change', () => {
    const { Statement } = only('AWS::IAM::Policy').PolicyDocument as { Statement: object[] };
    const policy = JSON.parse(read('iam/iam-policy.json')) as { Statement: [object, object] };
    const [reads, changes] = policy.Statement;
    expect(Statement).toEqual([
      reads,
      { ...changes, Resource: { Ref: expect.stringMatching(/^WebTargetGroup/) } },
    ]);
  });

  it('makes a target group for pods, and leaves its targets to targetgate', () => {
    const group = only('AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(group).toMatchObject({ TargetType: 'ip' });
    expect(group).not.toHaveProperty('Targets');
  });

  it('binds the role to the ServiceAccount of the syncer', () => {
    expect(only('AWS::EKS::PodIdentityAssociation')).toMatchObject({
      ServiceAccount: 'targetgate-syncer',
      Namespace: 'targetgate-system',
    });
  });
});
