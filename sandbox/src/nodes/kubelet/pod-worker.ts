import type { AddressPool } from '../address-pool.ts';
import type { PodPhase } from '../event.ts';
import { pause } from '../pause.ts';
import { isFinished, type Pod } from '../pod/pod.ts';
import type { ContainerRuntime } from '../runtimes/runtime.ts';
import { gatesOpen } from './conditions.ts';
import { createGrace } from './grace.ts';
import { paceSyncs } from './pacing.ts';
import type { PodApi } from './pod-api.ts';
import { podContainers, type ContainerStep } from './pod-containers.ts';
import { podStatus, type PodStatus } from './pod-status.ts';
import { readinessSteps } from './readiness-steps.ts';
import { statusWriter } from './status-writer.ts';

/** One pod on one node, from its binding to its end. */
export interface PodWorker {
  /** The pod has changed in the API. */
  update(pod: Pod): void;
  /** Ends the pod at once and without a word to the API: the object is gone, or the node stops. */
  abandon(): Promise<void>;
}

/** How long the container runtime takes, in milliseconds. Each is asked once for each pod. */
export interface Delays {
  /** From a pod's arrival on its node to the start of its containers. */
  readonly start: () => number;
  /** From the end of its last container to its removal from the API. */
  readonly removal: () => number;
}

/** A step in the pod's life that its node knows of first. */
export type PodStep = ContainerStep | { readonly phase: PodPhase };

/** What a worker is made of. */
export interface PodWorkerOptions {
  readonly pod: Pod;
  readonly hostAddress: string;
  readonly addresses: AddressPool;
  readonly runtime: ContainerRuntime;
  readonly api: PodApi;
  readonly delays: Delays;
  /** See `superviseContainer`. */
  readonly firstRestartMs?: number | undefined;
  readonly onStep: (step: PodStep, address: string | undefined) => void;
  readonly onProblem: (problem: unknown) => void;
}

/**
 * Runs a pod as a kubelet does. Changes of its containers are reported at once, changes of its gates at the pace of
 * `paceSyncs`; a deleted pod's gates are not looked at any more, since ending a pod is all that a kubelet does with it.
 */
export function startPodWorker(options: PodWorkerOptions): PodWorker {
  const { hostAddress, addresses, runtime, api, delays, firstRestartMs, onStep, onProblem } = options;
  const startedAt = Date.now();
  const stopping = new AbortController();
  const abandoned = new AbortController();
  const grace = createGrace();
  let { pod } = options;
  let synced = pod;
  let address: string | undefined;
  let status: PodStatus | undefined;
  let down: Promise<void> | undefined;

  const writer = statusWriter({
    api,
    signal: abandoned.signal,
    onProblem,
    onWritten: (after, before) => {
      for (const phase of readinessSteps(before, after)) onStep({ phase }, address);
    },
  });
  const syncs = paceSyncs({ view: () => pod, sync, signal: stopping.signal });
  const containers = podContainers({
    // The containers of a finished pod stay as they ended.
    pod: isFinished(pod) ? { ...pod, containers: [], sidecars: [] } : pod,
    runtime,
    firstRestartMs,
    onChange: () => {
      report();
      syncs.request();
    },
    onStep: (step) => onStep(step, address),
  });

  function report(): void {
    const facts = { pod: synced, hostAddress, address, startedAt, now: Date.now(), previous: status };
    status = podStatus({ ...facts, containers: containers.containers(), sidecars: containers.sidecars() });
    writer.write(status);
  }

  function sync(seen: Pod): void {
    synced = seen;
    report();
    followGates();
  }

  function followGates(): void {
    if (gatesOpen(pod).status !== gatesOpen(synced).status) syncs.request();
  }

  async function bringUp(): Promise<void> {
    if (isFinished(pod)) return;
    report();
    if (!(await pause(delays.start(), stopping.signal))) return;
    address = addresses.take(pod.address);
    while (address === undefined) {
      if (!(await pause(1000, stopping.signal))) return;
      address = addresses.take();
    }
    await containers.start({ address, hostAddress });
  }

  async function bringDown(): Promise<void> {
    stopping.abort();
    await containers.stop(grace.over);
    await up;
    grace.forget();
    onStep({ phase: 'ended' }, address);
    await writer.idle();
    if (address !== undefined) addresses.free(address);
    if (await pause(delays.removal(), abandoned.signal)) await api.remove(abandoned.signal);
  }

  function end(graceMs: number): Promise<void> {
    grace.endWithin(graceMs);
    down ??= bringDown().catch(onProblem);
    return down;
  }

  const worker: PodWorker = {
    update: (next) => {
      pod = next;
      if (next.deletion) void end(next.deletion.graceSeconds * 1000);
      else followGates();
    },
    abandon: () => {
      abandoned.abort();
      return end(0);
    },
  };
  const up = bringUp();
  worker.update(pod);
  return worker;
}
