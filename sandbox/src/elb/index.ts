import { startApiServer } from './api/server.ts';
import type { ElbCall, ElbEvent } from './events.ts';
import { createFaultBox, type Faults } from './faults.ts';
import { createAddresses } from './model/addresses.ts';
import { createAccount, type AccountChanges } from './model/account.ts';
import { createSessions } from './model/roles.ts';
import { closeWorld, type World } from './model/world.ts';
import { createRandom, type Spread } from './random.ts';

export type { ElbCall, ElbEvent, TargetChange } from './events.ts';
export type { Faults } from './faults.ts';
export type { AccountChanges, Role } from './model/account.ts';
export type { Spread } from './random.ts';

/** Settings of the simulator; all times in milliseconds. */
export type ElbOptions = {
  /** The API's port on 127.0.0.1 (default: any free one). */
  readonly port?: number;
  /** Each load balancer gets an address of its own after this loopback one (default `127.16.0.0`). */
  readonly addresses?: string;
  /** The VPC that ip targets are checked against (default `127.0.0.0/8`). */
  readonly vpcCidrs?: readonly string[];
  /** Instances by id, with their addresses, for instance target groups (default: none). */
  readonly instances?: Readonly<Record<string, string>>;
  /** How long a target stays in Elb.RegistrationInProgress (default 1000). */
  readonly registrationMs?: number;
  /** How long new requests still reach a deregistered target (default 2000) where a group has no lag of its own. */
  readonly routingLagMs?: Spread;
  /** From a target's healthy to its first request (default 100). */
  readonly healthyLagMs?: number;
  /** `assumed`: health checks pass without being made, for targets that nothing listens on (default `made`). */
  readonly checks?: 'made' | 'assumed';
  /** Makes phases of health checks, lags and ids repeatable (default 1). */
  readonly seed?: number;
  /** Gets each call and each change of a target as it happens. */
  record?(event: ElbEvent): void;
};

/** A running simulator. */
export type Elb = {
  /** `http://127.0.0.1:PORT`: what AWS_ENDPOINT_URL is set to. */
  readonly endpoint: string;
  /** Replaces all faults; `{}` ends them. */
  setFaults(faults: Faults): void;
  /** Changes what ELB knows of instances, VPC, quotas and roles; what is left out stays. */
  setAccount(changes: AccountChanges): void;
  /** The latest calls, oldest first. */
  calls(): readonly ElbCall[];
  /** Answers calls in flight, then closes load balancers, ends health checks and frees all ports. */
  close(): Promise<void>;
};

const maxLoggedCalls = 10_000;

/** Starts an ELBv2 whose API, health checks and load balancers are real sockets on loopback, in real time. */
export async function startElb(options: ElbOptions = {}): Promise<Elb> {
  const record = (event: ElbEvent): void => options.record?.(event);
  const account = createAccount({
    vpcCidrs: [...(options.vpcCidrs ?? ['127.0.0.0/8'])],
    instances: { ...options.instances },
    targetsPerGroup: {},
    roles: [],
  });
  const world: World = {
    groups: new Map(),
    balancers: new Map(),
    account,
    sessions: createSessions(() => account.get().roles),
    pace: {
      registrationMs: options.registrationMs ?? 1000,
      routingLagMs: options.routingLagMs ?? 2000,
      healthyLagMs: options.healthyLagMs ?? 100,
      checks: options.checks ?? 'made',
    },
    random: createRandom(options.seed ?? 1),
    nextAddress: createAddresses(options.addresses ?? '127.16.0.0'),
    record,
  };
  const faults = createFaultBox();
  const calls: ElbCall[] = [];

  const api = await startApiServer(options.port ?? 0, {
    world,
    faults,
    account,
    calls: () => calls,
    record(call) {
      calls.push(call);
      if (calls.length > maxLoggedCalls) calls.shift();
      record(call);
    },
  });

  return {
    endpoint: api.endpoint,
    setFaults: (next) => faults.set(next),
    setAccount: (changes) => account.change(changes),
    calls: () => [...calls],
    async close() {
      await api.close();
      await closeWorld(world);
    },
  };
}
