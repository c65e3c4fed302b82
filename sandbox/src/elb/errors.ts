/** An error that ELB answers with: `code` is what the SDK's caller sees as the error's name. */
export class ElbError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ElbError';
    this.code = code;
  }
}

const statuses: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  ExpiredToken: 403,
  InternalFailure: 500,
  ServiceUnavailable: 503,
};

/** The HTTP status of an error code; 400 unless the ELB API's "Common Errors" page says otherwise. */
export const statusOf = (code: string): number => statuses[code] ?? 400;

/** Input that ELB refuses by its form. */
export const validationError = (message: string): ElbError => new ElbError('ValidationError', message);

/** No such operation in this version of the API. */
export const invalidAction = (action: string, version: string): ElbError =>
  new ElbError('InvalidAction', `Could not find operation ${action} for version ${version}`);

/** The caller may not do this to that. */
export const accessDenied = (action: string, resource: string): ElbError =>
  new ElbError('AccessDenied', `User is not authorized to perform: ${action} on resource: ${resource}`);

/** A well-formed ARN, or a name, of no target group. */
export const targetGroupNotFound = (): ElbError =>
  new ElbError('TargetGroupNotFound', 'One or more target groups not found');

/** A well-formed ARN, or a name, of no load balancer. */
export const loadBalancerNotFound = (): ElbError =>
  new ElbError('LoadBalancerNotFound', 'One or more load balancers not found');

/** A well-formed ARN of no listener. */
export const listenerNotFound = (): ElbError =>
  new ElbError('ListenerNotFound', 'One or more listeners not found');

/** No token left in the caller's bucket. */
export const throttled = (): ElbError => new ElbError('Throttling', 'Rate exceeded');
