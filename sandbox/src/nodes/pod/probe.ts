/** An HTTP probe, in milliseconds. */
export interface Probe {
  readonly scheme: 'http' | 'https';
  readonly path: string;
  readonly port: number;
  readonly delayMs: number;
  readonly periodMs: number;
  readonly timeoutMs: number;
  /** This many failures in a row make a verdict; so do this many passes. */
  readonly failures: number;
  readonly passes: number;
}

/** The fields of an API probe that are read here. */
export interface RawProbe {
  readonly httpGet?: { readonly scheme?: string; readonly path?: string; readonly port: number | string };
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
  readonly successThreshold?: number;
}

/** A container's port, as probes and services refer to it. */
export interface Port {
  readonly name: string | undefined;
  readonly port: number;
}

/**
 * Projects a probe. Only httpGet probes are made; without one, and where the port's name is unknown, the answer is
 * undefined and the container counts as probed with success. The defaults are the API's own.
 */
export function projectProbe(raw: RawProbe | undefined, ports: readonly Port[]): Probe | undefined {
  if (raw?.httpGet === undefined) return undefined;
  const { scheme, path = '/', port: wanted } = raw.httpGet;
  const port = typeof wanted === 'number' ? wanted : ports.find(({ name }) => name === wanted)?.port;
  if (port === undefined) return undefined;
  return {
    scheme: scheme === 'HTTPS' ? 'https' : 'http',
    path,
    port,
    delayMs: (raw.initialDelaySeconds ?? 0) * 1000,
    periodMs: (raw.periodSeconds ?? 10) * 1000,
    timeoutMs: (raw.timeoutSeconds ?? 1) * 1000,
    failures: raw.failureThreshold ?? 3,
    passes: raw.successThreshold ?? 1,
  };
}
