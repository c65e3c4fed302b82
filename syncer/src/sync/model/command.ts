import type { Operation, Weather } from './line.ts';
import type { Kind } from './objects.ts';
import type { Checks } from './target-group.ts';

/** Two bindings of one target group; each may lead to either of two services. */
export type BindingName = 'web' | 'edge';
export type ServiceName = 'web' | 'edge';

/** The value of the pods' only label; a service selects one of them, or pods are of neither. */
export type App = 'blue' | 'green' | 'other';

/** What may happen to a syncer's world. What is not possible when it comes changes nothing. */
export type Command =
  | { do: 'create'; pod: number; ip: number; app: App; gatedBy: readonly BindingName[]; ready: boolean }
  | { do: 'containers'; pod: number; ready: boolean }
  /** A pod without a gate becomes Ready, if its containers are. */
  | { do: 'ready'; pod: number }
  | { do: 'relabel'; pod: number; app: App }
  /** A pod's sandbox is made anew: it has another address. */
  | { do: 'move'; pod: number; ip: number }
  | { do: 'terminate'; pod: number }
  | { do: 'finish'; pod: number }
  | { do: 'remove'; pod: number }
  | {
      do: 'node';
      node: number;
      change: 'add' | 'remove' | 'ready' | 'not-ready' | 'taint' | 'untaint' | 'exclude';
    }
  /** The service selects and leads to something else; undefined: it is removed. */
  | { do: 'service'; service: ServiceName; to: { selects: App; port: number } | undefined }
  | { do: 'bind'; binding: BindingName; service: ServiceName }
  | { do: 'unbind'; binding: BindingName }
  /** Somebody takes all finalizers off a binding that is being deleted. */
  | { do: 'force-unbind'; binding: BindingName }
  /** A person lets held removals go. */
  | { do: 'allow-removals'; binding: BindingName; forMs: number }
  /** ELB finds the registered targets with this number, or all, to be so. */
  | { do: 'find'; target: number | undefined; state: 'healthy' | 'unhealthy' }
  | { do: 'drained' }
  | { do: 'checks'; checks: Checks }
  | { do: 'quota'; targets: number }
  | { do: 'deregister-by-hand'; target: number }
  /** Somebody registers a target, with an address of their own or of ours. */
  | { do: 'register-by-hand'; target: number; foreign: boolean }
  | { do: 'weather'; operation: Operation; weather: Weather; forMs: number }
  /** The watch of a kind shows changes so much later from now on. */
  | { do: 'lag'; kind: Kind; ms: number }
  /** The cache of a kind lists anew; `lacks`: the list comes back without these, or without all. */
  | { do: 'relist'; kind: Kind; lacks: readonly number[] | 'all' }
  /**
   * The syncer dies, and another starts later. Its calls under way never land; or do so, those to ELB so much later.
   */
  | { do: 'crash'; landsAfterMs: number | undefined; downMs: number }
  /** The syncer is stopped in order, and another is started. */
  | { do: 'restart' }
  /** Another process writes the ledger of a binding as it is. */
  | { do: 'write-ledger'; binding: BindingName }
  /** Another process deletes it; its finalizer keeps it. */
  | { do: 'delete-ledger'; binding: BindingName }
  | { do: 'wait'; ms: number };

export type Deed = Command['do'];
export type CommandOf<D extends Deed> = Extract<Command, { do: D }>;

/** What brings each of these commands about. */
export type Doers<D extends Deed> = { readonly [K in D]: (command: CommandOf<K>) => void };
