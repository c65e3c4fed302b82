/**
 * Why a binding, or a pod of it, has no target: a fact to report, never an order to remove anything.
 * `reason` is a word for conditions, events and metrics; `message` names the object and the remedy.
 */
export interface Problem {
  readonly reason:
    | 'TargetGroupNotSet'
    | 'TargetTypeNotSupported'
    | 'ServiceNotFound'
    | 'ServiceHasNoSelector'
    | 'ServicePortNotFound'
    | 'ContainerPortNotFound'
    | 'PodAddressNotFound';
  readonly message: string;
}
