import type { Binding } from '@targetgate/shared/model';
import { legacyGatePrefix, type Names } from '@targetgate/shared/names';
import { bindingsOfPod } from '@targetgate/shared/resolve';
import type { Snapshot } from '@targetgate/shared/snapshot';
import type { Sync } from '../sync.ts';
import { allow } from './answer.ts';
import { gatesPatch } from './gates-patch.ts';
import { headOf, type Head } from './head/head.ts';
import { injectionOf, noInjection } from './injection.ts';
import { subjectOf, type Admit } from './outcome.ts';
import { parseEnd, parsePod } from './pod-at-admission.ts';
import { parseReview, type AdmissionRequest } from './review.ts';
import { endPatch } from './termination/end-patch.ts';
import { terminationOf } from './termination/termination.ts';

/** What a namespace asks for by its labels; the API server chooses the path by them. */
export interface Asked {
  readonly gates: boolean;
  /** Ends of pods that outlast the drain. */
  readonly terminations: boolean;
}

/** What the admission of pods needs. */
export interface PodAdmissionOptions {
  readonly names: Names;
  readonly view: Pick<Snapshot, 'bindingsIn' | 'service'>;
  readonly sync: Sync;
  /** No pod is made to sleep for longer. */
  readonly longestSleepSeconds: number;
  /** Whether the API server knows the native sleep, as far as is known now. */
  readonly hasNativeSleep: () => boolean;
}

/** The admissions of pods, each by the name of its path (server/paths.ts). */
export const createPodAdmissions = (options: PodAdmissionOptions) => ({
  pods: createPodAdmission({ gates: true, terminations: false }, options),
  podsGatesAndTermination: createPodAdmission({ gates: true, terminations: true }, options),
  podsTermination: createPodAdmission({ gates: false, terminations: true }, options),
});

/**
 * Admission of pods: the creation of a pod that bindings select is changed as its namespace asks; anything else passes
 * unchanged. Being asked twice about a pod (reinvocation) adds nothing.
 *
 * | gates asked for | terminations asked for | gates | the pod's end                                   |
 * | --------------- | ---------------------- | ----- | ----------------------------------------------- |
 * | yes             | no                     | added | warned of, where it falls short                 |
 * | yes             | yes                    | added | mended; warned of, where that cannot be         |
 * | no              | yes                    | -     | mended; warned of, where that cannot be         |
 *
 * The pod's own annotation comes before what its namespace asks for its end: see `terminationOf`.
 */
function createPodAdmission(asked: Asked, options: PodAdmissionOptions): Admit {
  const { names, view, sync, longestSleepSeconds, hasNativeSleep } = options;

  function terminationAt(request: AdmissionRequest, bindings: readonly Binding[]) {
    const { end, hasLifecycle, annotations } = parseEnd(request);
    const termination = terminationOf(
      { end, annotations, bindings, isAsked: asked.terminations },
      { names, longestSleepSeconds, hasNativeSleep: hasNativeSleep() },
    );
    return { termination, patch: endPatch(end, termination.end, hasLifecycle) };
  }

  /** The head of a review whose pod is surely to stay as it is: no binding selects it, and no leftover is removed. */
  function headOfUnchanged(text: string): Head | undefined {
    if (!sync.isDone() || text.includes(legacyGatePrefix)) return undefined;
    const head = headOf(text);
    return head && bindingsOfPod(head, view).length === 0 ? head : undefined;
  }

  return async (text) => {
    const head = headOfUnchanged(text);
    if (head) return { kind: 'unchanged', answer: allow(head) };
    const request = parseReview(text);
    if (!isPodCreation(request)) return { kind: 'unchanged', answer: allow(request) };
    const { metadata, spec } = parsePod(request);
    const subject = subjectOf('pod', request, metadata);
    if (!(await sync.soon())) return { kind: 'not_synced', subject };

    const { namespace } = subject;
    const bindings = bindingsOfPod({ namespace, labels: metadata.labels ?? {} }, view);
    const gates = spec.readinessGates?.map((gate) => gate.conditionType);
    const injection = asked.gates ? injectionOf(gates ?? [], bindings, names) : noInjection;
    const { termination, patch: patchOfEnd = [] } =
      bindings.length > 0 ? terminationAt(request, bindings) : {};

    const patch = [...gatesPatch(gates, injection), ...patchOfEnd];
    const warnings = [...injection.warnings, ...(termination?.warnings ?? [])];
    const answer = allow(
      request,
      patch,
      warnings.map(({ text }) => text),
    );
    if (patch.length > 0) return { kind: 'injected', answer, injection, termination, warnings, subject };
    if (warnings.length > 0) return { kind: 'warned', answer, warnings, subject };
    return { kind: 'unchanged', answer };
  };
}

const isPodCreation = ({ operation, subResource = '', kind }: AdmissionRequest): boolean =>
  operation === 'CREATE' &&
  subResource === '' &&
  kind.group === '' &&
  kind.version === 'v1' &&
  kind.kind === 'Pod';
