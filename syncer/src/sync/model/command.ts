import type { Operation, Weather } from './line.ts';

/** What may happen to a syncer's world. What is not possible when it comes changes nothing. */
export type Command =
  | { do: 'create'; pod: number; ip: number; gated: boolean; ready: boolean }
  | { do: 'containers'; pod: number; ready: boolean }
  /** A pod without a gate becomes Ready, if its containers are. */
  | { do: 'ready'; pod: number }
  | { do: 'relabel'; pod: number; labelled: boolean }
  | { do: 'terminate' | 'finish' | 'remove'; pod: number }
  /** The service leads to this port; undefined: it is removed. */
  | { do: 'service'; port: number | undefined }
  /** ELB finds the registered targets with this address, or all, to be so. */
  | { do: 'find'; ip: number | undefined; state: 'healthy' | 'unhealthy' }
  | { do: 'drained' }
  | { do: 'deregister-by-hand'; ip: number }
  | { do: 'register-by-hand'; n: number }
  | { do: 'weather'; operation: Operation; weather: Weather; forMs: number }
  /** The syncer dies, its calls under way with their effect or without, and another starts later. */
  | { do: 'crash'; landed: boolean; downMs: number }
  /** Another process writes the ledger as it is. */
  | { do: 'write-ledger' }
  | { do: 'wait'; ms: number };
