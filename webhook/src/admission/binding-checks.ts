import { isDeepStrictEqual } from 'node:util';
import type { Names } from '@targetgate/shared/names';
import { defaultBindingSettings, settingsOfBinding, tenancyOf } from '@targetgate/shared/resolve';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { Refusal } from './answer.ts';
import type { BindingAtAdmission } from './binding-at-admission.ts';
import { forbiddenChanges } from './binding-changes.ts';
import { mistakesOf } from './binding-mistakes.ts';
import { odditiesOf } from './binding-oddities.ts';
import { lineOf, type Finding } from './finding.ts';
import { groupOf } from './target-group-ref.ts';

/** What checks read of the cluster. */
export type ChecksView = Pick<Snapshot, 'service' | 'namespace'>;

/** What is to be checked, and by which rules. */
export interface ChecksInput {
  readonly after: BindingAtAdmission;
  /** Undefined for a new binding. */
  readonly before: BindingAtAdmission | undefined;
  readonly namespace: string;
  readonly view: ChecksView;
  readonly names: Names;
  /** Globs of the target groups that a namespace without an annotation of its own may bind. */
  readonly allowedByDefault: readonly string[];
}

/** What came of it. A warning is one line of at most 256 characters. */
export interface Checks {
  readonly refusal: Refusal | undefined;
  readonly warnings: readonly string[];
}

/**
 * Checks a binding that is new, or whose spec or annotations change.
 *
 * | has mistakes, or changes what is fixed | may bind the group              | outcome        |
 * | -------------------------------------- | ------------------------------- | -------------- |
 * | yes                                    |                                 | 422, all named |
 * | no                                     | no, and the spec is new         | 403            |
 * | no                                     | no, but only annotations change | accepted       |
 * | no                                     | yes                             | accepted       |
 * | no                                     | cannot be known here            | accepted       |
 *
 * What only AWS knows (tags, the ARN of a name) is left to the syncer, which judges every binding again. Oddities are
 * warnings, whatever the outcome.
 */
export function checksOfBinding(input: ChecksInput): Checks {
  const { after, before, namespace, view } = input;
  const hasService = view.service(namespace, after.spec.serviceRef?.name ?? '') !== undefined;
  const mistakes = [
    ...mistakesOf(after.spec),
    ...(before ? forbiddenChanges(before.spec, after.spec) : []),
    ...annotationMistakes(input),
  ];
  return {
    refusal: mistakes.length > 0 ? invalid(mistakes) : tenancyRefusal(input),
    warnings: odditiesOf(after, { namespace, hasService }).map((oddity) => `targetgate: ${lineOf(oddity)}`),
  };
}

/** The syncer takes a mistaken annotation for one that is left out, and says so; here its user is still at hand. */
function annotationMistakes({ after: { metadata, spec }, names }: ChecksInput): readonly Finding[] {
  const { annotations } = metadata;
  const multiCluster = spec.multiClusterTargetGroup ?? false;
  const { mistakes } = settingsOfBinding({ annotations, multiCluster }, names, defaultBindingSettings);
  return mistakes.map((message) => ({ field: 'metadata.annotations', message }));
}

const invalid = (mistakes: readonly Finding[]): Refusal => ({
  code: 422,
  reason: 'Invalid',
  message: mistakes.map(lineOf).join('; '),
});

/** Where only annotations change, the group was judged before; what they say (a release, for one) must get through. */
function tenancyRefusal(input: ChecksInput): Refusal | undefined {
  const { after, before, namespace, view, names, allowedByDefault } = input;
  if (before !== undefined && isDeepStrictEqual(before.spec, after.spec)) return undefined;
  const tenancy = tenancyOf({
    names,
    namespace: view.namespace(namespace),
    defaults: allowedByDefault,
    // Tags are read by the syncer: here they would only ever be unknown.
    tagKey: undefined,
    group: groupOf(after.spec),
  });
  return tenancy.allowed === false ? { code: 403, reason: 'Forbidden', message: tenancy.rule } : undefined;
}
