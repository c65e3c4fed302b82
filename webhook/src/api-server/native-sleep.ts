/** What the API server answers to GET /version, as far as it is read here. */
export interface ApiServerVersion {
  readonly major: string;
  /** Some providers add a plus: `29+`. */
  readonly minor: string;
  /** For people: `v1.36.3`. */
  readonly gitVersion: string;
}

/** The first minor version of Kubernetes 1 that has the native sleep unless it is switched off (KEP-3960). */
const firstMinor = 30;

/**
 * Whether an API server of this version knows `lifecycle.preStop.sleep`. A version that says nothing understandable counts
 * as a new one: older ones did.
 */
export function hasNativeSleep({ major, minor }: Pick<ApiServerVersion, 'major' | 'minor'>): boolean {
  const known = Number.parseInt(minor, 10);
  return major !== '1' || Number.isNaN(known) || known >= firstMinor;
}
