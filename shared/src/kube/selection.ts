import type { KubeClient } from './client.ts';

/** Which objects: a collection's path, selectors, and the signal that ends the call. */
export interface Selection {
  readonly client: KubeClient;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly signal: AbortSignal;
}
