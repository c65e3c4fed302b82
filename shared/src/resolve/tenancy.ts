import { targetGroupNameIn, type Namespace } from '../model/index.ts';
import type { Names } from '../names.ts';
import { matchesGlob } from './glob.ts';

/** Whether a namespace may bind a target group. */
export type Tenancy =
  | { readonly allowed: true }
  /** `rule`: which rule refuses it, and what to do, as a sentence for people. */
  | { readonly allowed: false; readonly rule: string }
  /** What decides is not known yet. */
  | { readonly allowed: 'unknown' };

/** What is known of a target group: its ARN or its name, and its tags where they have been read. */
export interface KnownGroup {
  readonly arn?: string;
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What decides who may bind what. */
export interface TenancyInput {
  readonly names: Names;
  /** Undefined where it has not been seen yet. */
  readonly namespace: Namespace | undefined;
  /** Globs for namespaces that have no annotation: `*` allows every group, an empty list none. */
  readonly defaults: readonly string[];
  /** The tag by which a group says which namespace may bind it; undefined: no group needs one. */
  readonly tagKey: string | undefined;
  readonly group: KnownGroup;
}

/** The key of the annotation by which a namespace lists the target groups that it may bind. */
const annotationKey = 'allowed-target-groups';

/** The globs of a list: they stand between spaces or commas. */
export const parseGlobs = (list: string): readonly string[] =>
  list.split(/[\s,]+/).filter((glob) => glob !== '');

/**
 * Which target groups a namespace may bind. The list is the namespace's annotation `allowed-target-groups` (of the API
 * group), or else `defaults`; where `tagKey` is set, the group must have that tag, with the namespace's name as value.
 *
 * | namespace | list allows | tag fits         | allowed |
 * | --------- | ----------- | ---------------- | ------- |
 * | not seen  |             |                  | unknown |
 * | seen      | no          |                  | no      |
 * | seen      |             | no               | no      |
 * | seen      | yes         | yes, none needed | yes     |
 * | seen      | yes         | not read         | unknown |
 * | seen      | unknown     | any but no       | unknown |
 *
 * A glob with a colon or a slash is about ARNs, any other about names: no name has either. So a list is undecided only
 * where the name alone is known, and no glob for names allows it, but there are globs for ARNs.
 *
 * LBC lets whoever may write a binding bind every target group of the account; its docs only warn of it.
 */
export function tenancyOf(input: TenancyInput): Tenancy {
  const { namespace } = input;
  if (namespace === undefined) return unknown;
  const verdicts = [listVerdict(input, namespace), tagVerdict(input, namespace)];
  return (
    verdicts.find(({ allowed }) => allowed === false) ??
    verdicts.find(({ allowed }) => allowed === 'unknown') ??
    allowed
  );
}

const allowed: Tenancy = { allowed: true };
const unknown: Tenancy = { allowed: 'unknown' };

function listVerdict({ names, defaults, group }: TenancyInput, namespace: Namespace): Tenancy {
  const annotation = names.annotation(annotationKey);
  const own = namespace.annotations[annotation];
  const globs = own === undefined ? defaults : parseGlobs(own);
  const ofArns = globs.filter((glob) => /[:/]/.test(glob));
  const ofNames = globs.filter((glob) => !ofArns.includes(glob));

  const { arn } = group;
  const name = nameOf(group);
  if (name !== undefined && ofNames.some((glob) => matchesGlob(glob, name))) return allowed;
  if (arn !== undefined && ofArns.some((glob) => matchesGlob(glob, arn))) return allowed;
  if (arn === undefined && (name === undefined ? globs : ofArns).length > 0) return unknown;

  const who =
    own === undefined
      ? `namespaces without the annotation ${annotation}`
      : `namespace ${namespace.name}, by its annotation ${annotation},`;
  const may = globs.length > 0 ? globs.join(' ') : 'no target group';
  return refused(
    `${who} may bind ${may}, not ${shown(group)}; bind one of those, or have an administrator put this one into the annotation of namespace ${namespace.name}`,
  );
}

function tagVerdict({ tagKey, group }: TenancyInput, namespace: Namespace): Tenancy {
  if (tagKey === undefined) return allowed;
  if (group.tags === undefined) return unknown;
  const value = Object.hasOwn(group.tags, tagKey) ? group.tags[tagKey] : undefined;
  if (value === namespace.name) return allowed;
  const has = value === undefined ? 'has no such tag' : `has ${tagKey}=${value}`;
  return refused(
    `a target group says by its tag ${tagKey} which namespace may bind it, and ${shown(group)} ${has}; have its owner tag it ${tagKey}=${namespace.name}`,
  );
}

const refused = (rule: string): Tenancy => ({ allowed: false, rule });

/** What is no ARN of a group, and so no group, stands for itself. */
const nameOf = ({ arn, name }: KnownGroup): string | undefined =>
  arn === undefined ? name : (targetGroupNameIn(arn) ?? arn);

const shown = (group: KnownGroup): string => nameOf(group) ?? 'a group that is not named';
