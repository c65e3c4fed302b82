/** The name of an error as ELB's documentation has it, without the `Exception` that the SDK adds to some. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UnknownError';
  return nameOfRegionError(error.message) ?? error.name.replace(/Exception$/, '');
}

/** The SDK throws a plain Error where there is no region, in no client and no environment, or none that can be. */
function nameOfRegionError(message: string): string | undefined {
  if (message === 'Region is missing') return 'RegionMissing';
  return message.startsWith('Region not accepted') ? 'InvalidRegion' : undefined;
}

/** The status of the HTTP answer; undefined where there was none. */
export const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

/**
 * The beginning of the first line of a message, without what the caller signed with: SignatureDoesNotMatch goes on with the request as
 * AWS saw it, session token included, and IncompleteSignature quotes the Authorization header.
 */
export function saidBy(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const said = line.length > longestSaid ? `${line.slice(0, longestSaid)}...` : line;
  return said.replace(secrets, '***');
}

/** A message may quote a whole document; conditions and events are for people to read. */
const longestSaid = 500;

/** Access key ids, signatures and session tokens, as they stand in headers and query strings. */
const secrets = /\bA[KS]IA[A-Z0-9]{12,}|(?<=signature=|security-token[:=] ?)[^\s,&']+/gi;
