import type { Names } from '@targetgate/shared/names';
import type { Sync } from '../sync.ts';
import { allow } from './answer.ts';
import { injectionOf, type InjectionView } from './injection.ts';
import { subjectOf, type Admit } from './outcome.ts';
import { patchOf } from './patch.ts';
import { parsePod } from './pod-at-admission.ts';
import { parseReview, type AdmissionRequest } from './review.ts';

/**
 * Admission of pods: the creation of a pod gets its gates, anything else passes unchanged. Being asked twice about a pod
 * (reinvocation) adds nothing.
 */
export function createPodAdmission(options: { names: Names; view: InjectionView; sync: Sync }): Admit {
  const { names, view, sync } = options;

  return async (body) => {
    const request = parseReview(body);
    if (!isPodCreation(request)) return { kind: 'unchanged', answer: allow(request) };
    const { metadata, spec } = parsePod(request);
    const subject = subjectOf('pod', request, metadata);
    if (!(await sync.soon())) return { kind: 'not_synced', subject };

    const { namespace } = subject;
    const gates = spec.readinessGates?.map((gate) => gate.conditionType);
    const injection = injectionOf(
      { namespace, labels: metadata.labels ?? {}, gates: gates ?? [] },
      view,
      names,
    );
    const patch = patchOf(gates, injection);
    const answer = allow(request, patch, injection.warnings);
    return patch.length > 0
      ? { kind: 'injected', answer, injection, subject }
      : { kind: 'unchanged', answer };
  };
}

const isPodCreation = ({ operation, subResource = '', kind }: AdmissionRequest): boolean =>
  operation === 'CREATE' &&
  subResource === '' &&
  kind.group === '' &&
  kind.version === 'v1' &&
  kind.kind === 'Pod';
