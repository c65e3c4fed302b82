import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const policies = path.resolve(import.meta.dirname, '../../../manifests/iam');

function statementsOf(file: string): readonly Statement[] {
  const policy = JSON.parse(readFileSync(path.join(policies, file), 'utf8')) as {
    Statement: readonly Statement[];
  };
  return policy.Statement;
}

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(path.join(import.meta.dirname, file), 'utf8'));

/** Every call to ELB is a command of the SDK: RegisterTargetsCommand is the action RegisterTargets. */
const called = new Set(
  sources.flatMap((text) => [...text.matchAll(/\bnew (\w+)Command\(/g)].map(([, action]) => action ?? '')),
);

describe.each(['iam-policy.json', 'iam-policy-by-arn.json', 'iam-policy-by-tag.json'])('%s', (file) => {
  const [reads, changes, ...more] = statementsOf(file);

  it('allows every action that the syncer calls, and no other', () => {
    expect(called.size).toBeGreaterThan(0);
    const allowed = statementsOf(file).flatMap(({ Action }) => Action);
    expect(allowed.toSorted()).toEqual(
      [...called].map((action) => `elasticloadbalancing:${action}`).toSorted(),
    );
  });

  it('reads everything, as Describe calls take no narrower resource, and without a condition', () => {
    expect(reads?.Action.every((action) => action.startsWith('elasticloadbalancing:Describe'))).toBe(true);
    expect(reads).toMatchObject({ Sid: 'ReadTargetGroups', Effect: 'Allow', Resource: '*' });
    expect(reads).not.toHaveProperty('Condition');
  });

  it('changes nothing but the targets of target groups', () => {
    expect(changes).toMatchObject({ Sid: 'ChangeTargets', Effect: 'Allow' });
    expect([changes?.Resource].flat()).toEqual([
      expect.stringMatching(/^arn:[^:]+:elasticloadbalancing:[^:]+:[^:]+:targetgroup\/[^/]+\/\*$/),
    ]);
    expect(more).toEqual([]);
  });
});

it('the policies differ in which target groups may be changed, and in nothing else', () => {
  const [anyGroup, byArn, byTag] = ['', '-by-arn', '-by-tag'].map((kind) =>
    statementsOf(`iam-policy${kind}.json`),
  );
  const changes = anyGroup?.[1];
  expect(byArn?.[1]?.Resource).not.toEqual(changes?.Resource);
  expect(byArn).toEqual([anyGroup?.[0], { ...changes, Resource: byArn?.[1]?.Resource }]);
  expect(byTag).toEqual([
    anyGroup?.[0],
    { ...changes, Condition: { StringEquals: { 'aws:ResourceTag/targetgate.dev/cluster': 'CLUSTER' } } },
  ]);
});

it('the policy for roles of other accounts allows what assuming a role takes', () => {
  expect(sources.some((text) => text.includes('fromTemporaryCredentials('))).toBe(true);
  expect(statementsOf('assume-roles-policy.json').flatMap(({ Action }) => Action)).toEqual([
    'sts:AssumeRole',
    'sts:TagSession',
  ]);
});
