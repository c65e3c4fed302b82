import { describe, expect, it } from '@jest/globals';
import { namesOf } from '../names.ts';
import { parseGlobs, tenancyOf, type KnownGroup, type TenancyInput } from './tenancy.ts';

const names = namesOf('elbv2.k8s.aws');
const arnOf = (name: string): string =>
  `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123456789abcdef`;
const web: KnownGroup = { arn: arnOf('web') };

function judge({ list, ...rest }: { list?: string } & Partial<TenancyInput>) {
  const annotations = list === undefined ? {} : { 'elbv2.k8s.aws/allowed-target-groups': list };
  const namespace = { namespace: '' as const, name: 'shop', labels: {}, annotations };
  return tenancyOf({ names, namespace, defaults: ['*'], tagKey: undefined, group: web, ...rest });
}

describe('field report 22: a tenant can bind any target group of the account; here', () => {
  it.each<[string, Parameters<typeof judge>[0], boolean | 'unknown']>([
    ['a namespace that has not been seen is undecided', { namespace: undefined }, 'unknown'],
    ['one without annotation has the defaults, which may be everything', {}, true],
    ['one without annotation has the defaults, which may be nothing', { defaults: [] }, false],
    ['an annotation stands in place of the defaults', { list: 'web', defaults: [] }, true],
    ['an empty annotation allows nothing', { list: '' }, false],
    ['a name on the list may be bound', { list: 'api web' }, true],
    ['a name that is not may not', { list: 'api,web-2' }, false],
    ['a glob allows names', { list: 'w*' }, true],
    ['a glob for names is not tried on ARNs', { list: '*e?a*' }, false],
    ['an ARN on the list may be bound', { list: arnOf('web') }, true],
    ['a glob allows ARNs', { list: 'arn:*:111122223333:targetgroup/web/*' }, true],
    ['a glob of another account does not', { list: 'arn:*:999999999999:targetgroup/*' }, false],
    [
      'a group known by name is allowed by a glob for names',
      { list: 'arn:x w*', group: { name: 'web' } },
      true,
    ],
    [
      'a group known by name cannot be judged by ARNs',
      { list: arnOf('web'), group: { name: 'web' } },
      'unknown',
    ],
    [
      'a group known by name is refused where all globs are for names',
      { list: 'a*', group: { name: 'web' } },
      false,
    ],
    ['a group that is not named yet is undecided', { list: 'web', group: {} }, 'unknown'],
    ['a group that is not named yet is refused where nothing is allowed', { list: '', group: {} }, false],
    [
      'the name is that of the ARN, whatever else is said',
      { list: 'api', group: { ...web, name: 'api' } },
      false,
    ],
    ['what is no ARN is let through by what lets everything through', { group: { arn: 'x' } }, true],
    [
      'a tag that names the namespace is needed',
      { tagKey: 'ns', group: { ...web, tags: { ns: 'shop' } } },
      true,
    ],
    ['a tag that names another refuses', { tagKey: 'ns', group: { ...web, tags: { ns: 'x' } } }, false],
    ['a missing tag refuses', { tagKey: 'ns', group: { ...web, tags: {} } }, false],
    [
      'a tag is not found in what every object has',
      { tagKey: 'toString', group: { ...web, tags: {} } },
      false,
    ],
    ['tags that have not been read leave it open', { tagKey: 'ns' }, 'unknown'],
    ['a list that refuses needs no tags', { list: 'api', tagKey: 'ns' }, false],
    [
      'a tag that refuses needs no ARN',
      { list: arnOf('web'), tagKey: 'ns', group: { name: 'web', tags: {} } },
      false,
    ],
    [
      'a tag that fits does not decide for the list',
      { list: arnOf('web'), tagKey: 'ns', group: { name: 'web', tags: { ns: 'shop' } } },
      'unknown',
    ],
  ])('%s', (_, input, expected) => {
    expect(judge(input).allowed).toBe(expected);
  });

  it.each<[string, Parameters<typeof judge>[0], string]>([
    [
      'the list of the namespace',
      { list: 'api,team-*' },
      'namespace shop, by its annotation elbv2.k8s.aws/allowed-target-groups, may bind api team-*, not web; bind one of those, or have an administrator put this one into the annotation of namespace shop',
    ],
    [
      'the defaults',
      { defaults: [] },
      'namespaces without the annotation elbv2.k8s.aws/allowed-target-groups may bind no target group, not web',
    ],
    [
      'the tag',
      { tagKey: 'ns', group: { ...web, tags: { ns: 'x' } } },
      'a target group says by its tag ns which namespace may bind it, and web has ns=x; have its owner tag it ns=shop',
    ],
  ])('a refusal by %s says which rule it is and what to do', (_, input, rule) => {
    expect(judge(input)).toEqual({ allowed: false, rule: expect.stringContaining(rule) });
  });
});

it('the globs of a list stand between spaces, commas or both', () => {
  expect(parseGlobs(' a, b  c,\n,d ')).toEqual(['a', 'b', 'c', 'd']);
  expect(parseGlobs(' , ')).toEqual([]);
});
