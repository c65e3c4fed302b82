/** Why a program is not ready, put together from what its parts wait for. */
export interface Readiness {
  /** The reason in words; undefined when the program is ready. */
  readonly notReady: () => string | undefined;
  /** Adds something to wait for, as in "waiting for the certificate". Call what is returned when it is there. */
  waitFor(what: string): () => void;
  /** Not ready from here on. */
  stop(): void;
}

export function createReadiness(): Readiness {
  const awaited = new Set<string>();
  let stopping = false;
  return {
    notReady: () => {
      if (stopping) return 'stopping';
      return awaited.size > 0 ? `waiting for ${[...awaited].join(' and ')}` : undefined;
    },
    waitFor: (what) => {
      awaited.add(what);
      return () => void awaited.delete(what);
    },
    stop: () => void (stopping = true),
  };
}
