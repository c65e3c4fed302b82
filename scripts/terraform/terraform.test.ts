import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { format } from './hcl.ts';
import { mistakesIn } from './mistakes.ts';
import { filesOf, readModule } from './module.ts';

const manifests = path.resolve(import.meta.dirname, '../../manifests');
const folderOf = (module: string): string => path.join(manifests, 'terraform', module);
const readme = readFileSync(folderOf('README.md'), 'utf8');

describe.each(['syncer-role', 'example'])('the Terraform module %s', (name) => {
  const folder = folderOf(name);

  it('is laid out as terraform fmt would', async () => {
    for (const file of filesOf(folder)) {
      const text = readFileSync(file, 'utf8');
      expect(await format(text)).toBe(text);
    }
  });

  it('declares all that it refers to, uses all that it declares, and describes it', async () => {
    expect(await mistakesIn(folder)).toEqual([]);
  });

  it('has its variables and outputs in the README', async () => {
    const { variable, output } = await readModule(folder);
    const declared = [...Object.keys(variable), ...Object.keys(output)];
    expect(declared.filter((each) => !readme.includes(`\`${each}\``))).toEqual([]);
  });

  it('leaves the targets of groups to targetgate', async () => {
    const { resource } = await readModule(folder);
    expect(Object.keys(resource)).not.toContain('aws_lb_target_group_attachment');
    for (const [group] of Object.values(resource.aws_lb_target_group ?? {})) {
      expect(Object.keys(group)).not.toContain('targets');
    }
  });
});

it('the role of the Terraform module has the IAM policy, but for which target groups it may change', async () => {
  const { data } = await readModule(folderOf('syncer-role'));
  const [document] = data.aws_iam_policy_document?.targets ?? [{}];
  const statements = document.statement as { sid: string; actions: string[]; resources: string[] | string }[];
  const made = statements.map(({ sid, actions, resources }) => ({
    Sid: sid,
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
  }));
  const policy = JSON.parse(readFileSync(path.join(manifests, 'iam/iam-policy.json'), 'utf8')) as {
    Statement: [object, object];
  };
  const [reads, changes] = policy.Statement;
  expect(made).toEqual([
    { ...reads, Resource: ['*'] },
    { ...changes, Resource: '${var.target_group_arns}' },
  ]);
});

describe('the check of Terraform modules', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'targetgate-terraform-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['output "a" {\n  value = var.b\n}', ['a has no description', 'var.b is not declared']],
    ['locals {\n  a = aws_lb.none.arn\n}', ['local.a is not used', 'aws_lb.none.arn is not declared']],
    ['variable "a" {}', ['a has no type', 'a has no description', 'var.a is not used']],
    [
      'data "x" "y" {\n  z = data.x.none[0].id\n}',
      ['data.x.y is not used', 'data.x.none.0.id is not declared'],
    ],
  ])('finds what is wrong with %j', async (text, mistakes) => {
    writeFileSync(path.join(folder, 'main.tf'), text);
    expect(await mistakesIn(folder)).toEqual(mistakes);
  });

  it('lays out a file as terraform fmt does', async () => {
    expect(await format('a = 1\nlonger=2\n')).toBe('a      = 1\nlonger = 2\n');
  });

  it('refuses what is no HCL', async () => {
    writeFileSync(path.join(folder, 'main.tf'), 'resource "a" {');
    await expect(mistakesIn(folder)).rejects.toThrow();
  });
});
