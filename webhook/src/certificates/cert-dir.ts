import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Identity } from '@targetgate/certs';

/** Where certificates are looked for, and who is told of them. */
export interface CertDirOptions {
  /** Holds tls.crt and tls.key, as a mounted Secret of type kubernetes.io/tls does. */
  readonly directory: string;
  /** Called with the first pair and each new one; throws where it is of no use. */
  readonly use: (identity: Identity) => void;
  /** Told once of each new problem. The last good pair stays in use. */
  readonly onProblem: (problem: Error) => void;
}

/**
 * Looking at two small files costs next to nothing, and unlike a watch it sees every way of replacing them: in place,
 * by rename, by a mounted Secret's symbolic links, or with their folder.
 */
const lookEveryMs = 1_000;

/** Follows the certificate of a folder until it is closed. */
export function followCertDir(options: CertDirOptions): { close(): Promise<void> } {
  const look = createLook(options);
  const stopping = new AbortController();
  const { signal } = stopping;
  async function follow(): Promise<void> {
    while (!signal.aborted) {
      await look();
      await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }
  const followed = follow();
  return {
    close: () => {
      stopping.abort();
      return followed;
    },
  };
}

/** One look at the folder. A pair that was refused, half-written perhaps, is not tried again until it changes. */
export function createLook({ directory, use, onProblem }: CertDirOptions): () => Promise<void> {
  const read = (file: string): Promise<string> => readFile(path.join(directory, file), 'utf8');
  let seen: Identity | undefined;
  let said: string | undefined;
  return async () => {
    try {
      const certificate = await read('tls.crt');
      const key = await read('tls.key');
      if (certificate === seen?.certificate && key === seen.key) return;
      seen = { certificate, key };
      use(seen);
      said = undefined;
    } catch (cause) {
      const problem = new Error(`no usable certificate in ${directory}: ${String(cause)}`, { cause });
      if (problem.message !== said) onProblem(problem);
      said = problem.message;
    }
  };
}
