/** The API server answered, and the answer was no. `reason` is the word of its Status object (NotFound, Conflict, ...). */
export class KubeError extends Error {
  override readonly name = 'KubeError';
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

/** No answer came: refused, reset, timed out, no credentials to ask with. `cause` has what the transport said. */
export class KubeUnreachable extends Error {
  override readonly name = 'KubeUnreachable';
}

/** True where the object that was asked for does not exist. */
export const isNotFound = (error: unknown): boolean => error instanceof KubeError && error.status === 404;

/** True where another writer was first, or the object is not the one that the caller meant (a uid that differs). */
export const isConflict = (error: unknown): boolean =>
  error instanceof KubeError && (error.status === 409 || isOtherUid(error));

/** To a PATCH with another uid kube-apiserver 1.36 says 422: it takes it for an attempt to change the uid. */
const isOtherUid = (error: KubeError): boolean =>
  error.status === 422 && error.message.includes('metadata.uid: Invalid value');

/** True where the very object that the caller meant is gone, whether or not another has its name. */
export const isGone = (error: unknown): boolean =>
  isNotFound(error) || (error instanceof KubeError && isOtherUid(error));

/** True where a list or watch asks for a version that the API server no longer has, or does not have yet. */
export const isExpired = (error: unknown): boolean =>
  error instanceof KubeError && (error.status === 410 || error.reason === 'Expired' || isAhead(error));

/** After a restore from backup the versions that we know lie in the future. */
const isAhead = (error: KubeError): boolean => error.message.includes('Too large resource version');

/** True where the API server does not take the call's parameters: an older one, for example. */
export const isInvalid = (error: unknown): boolean => error instanceof KubeError && error.status === 422;
