/**
 * Why a binding, or one subject of it, has no target: a fact to report, never an order to remove anything.
 * `reason` is a word for conditions, events and metrics; `message` names the object and the remedy.
 */
export interface Problem {
  readonly reason: ProblemOfBinding | ProblemOfSubject;
  readonly message: string;
}

/** What keeps a whole binding from having targets. */
export type ProblemOfBinding =
  | 'TargetGroupNotSet'
  | 'TargetGroupNotAllowed'
  | 'TenancyUnknown'
  | 'TargetTypeUnknown'
  | 'TargetTypeMismatch'
  | 'TargetTypeNotSupported'
  | 'AddressFamilyMismatch'
  | 'VpcMismatch'
  | 'ServiceNotFound'
  | 'ServiceHasNoSelector'
  | 'ServicePortNotFound'
  | 'ServiceHasNoNodePort'
  | 'EndpointsNotFound';

/** What keeps one pod or node from being a target; the others of its binding are not concerned. */
export type ProblemOfSubject = 'ContainerPortNotFound' | 'PodAddressNotFound' | 'NodeHasNoInstance';
