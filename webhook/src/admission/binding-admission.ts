import { bindingVersion, type Names } from '@targetgate/shared/names';
import type { Sync } from '../sync.ts';
import { allow, refuse } from './answer.ts';
import { parseBinding } from './binding-at-admission.ts';
import { asksForMore } from './binding-changes.ts';
import { checksOfBinding, type ChecksView } from './binding-checks.ts';
import { subjectOf, type Admit } from './outcome.ts';
import { parseReview, type AdmissionRequest } from './review.ts';

/**
 * Admission of bindings: what cannot work, or is not allowed, is refused while its user is still at hand.
 *
 * | operation | being deleted | changes what targetgate reads | checked |
 * | --------- | ------------- | ----------------------------- | ------- |
 * | create    |               |                               | yes     |
 * | update    | no            | yes                           | yes     |
 * | update    | no            | no                            | no      |
 * | update    | yes           |                               | no      |
 * | other     |               |                               | no      |
 *
 * A binding that is being deleted must be able to lose its finalizer, whatever is wrong with it (LBC#2341, #1997).
 */
export function createBindingAdmission(options: {
  names: Names;
  view: ChecksView;
  sync: Sync;
  allowedByDefault: readonly string[];
}): Admit {
  const { names, view, sync, allowedByDefault } = options;

  return async (text) => {
    const request = parseReview(text);
    if (!isBindingWrite(request, names)) return { kind: 'unchanged', answer: allow(request) };
    const after = parseBinding(request.object, 'object');
    const before = request.operation === 'UPDATE' ? parseBinding(request.oldObject, 'oldObject') : undefined;
    if (before && (after.metadata.deletionTimestamp !== undefined || !asksForMore(before, after, names))) {
      return { kind: 'unchanged', answer: allow(request) };
    }
    const subject = subjectOf('binding', request, after.metadata);
    if (!(await sync.soon())) return { kind: 'not_synced', subject };

    const { namespace } = subject;
    const { refusal, warnings } = checksOfBinding({
      after,
      before,
      namespace,
      view,
      names,
      allowedByDefault,
    });
    return refusal
      ? { kind: 'refused', answer: refuse(request, refusal, warnings), refusal, subject }
      : { kind: 'accepted', answer: allow(request, [], warnings) };
  };
}

const isBindingWrite = ({ operation, subResource = '', kind }: AdmissionRequest, names: Names): boolean =>
  (operation === 'CREATE' || operation === 'UPDATE') &&
  subResource === '' &&
  kind.group === names.group &&
  kind.version === bindingVersion &&
  kind.kind === 'TargetGroupBinding';
