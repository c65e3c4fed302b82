import { pause } from '../pause.ts';
import type { Container } from '../pod/container.ts';
import type { Probe } from '../pod/probe.ts';
import { httpProbe } from './http-probe.ts';
import { count, noProbesYet } from './tally.ts';

/** What the probes of one running container say. */
export interface ProbeListener {
  /** The startup probe has passed, or there is none: then it is told at once. */
  started(): void;
  ready(isReady: boolean): void;
  /** The startup or the liveness probe has failed: the container has to be restarted. */
  unwell(): void;
}

/** How long the probes of a container go on. */
export interface ProbeSignals {
  /** Its end: no probe after it. */
  readonly ended: AbortSignal;
  /** Its pod's deletion: only readiness is probed on. */
  readonly stopping: AbortSignal;
}

/** Probes a container until it ends: startup first, then readiness and liveness side by side. */
export async function keepProbing(
  container: Container,
  address: string,
  { ended, stopping }: ProbeSignals,
  listener: ProbeListener,
): Promise<void> {
  const { startup, readiness, liveness } = container;
  const whileItStays = AbortSignal.any([ended, stopping]);

  if (startup) {
    const passed = new AbortController();
    await follow(startup, address, AbortSignal.any([whileItStays, passed.signal]), (verdict) => {
      if (verdict) passed.abort();
      else listener.unwell();
    });
    if (!passed.signal.aborted) return;
  }
  listener.started();
  await Promise.all([
    readiness && follow(readiness, address, ended, (verdict) => listener.ready(verdict)),
    liveness &&
      follow(liveness, address, whileItStays, (verdict) => {
        if (!verdict) listener.unwell();
      }),
  ]);
}

/** Makes a probe every period, and tells each change of its verdict. */
async function follow(
  probe: Probe,
  address: string,
  signal: AbortSignal,
  onVerdict: (verdict: boolean) => void,
): Promise<void> {
  let tally = noProbesYet;
  let waitMs = probe.delayMs;
  while (await pause(waitMs, signal)) {
    const startedAt = Date.now();
    const passed = await httpProbe(probe, address, signal);
    if (signal.aborted) return;
    const next = count(tally, passed, probe);
    if (next.verdict !== undefined && next.verdict !== tally.verdict) onVerdict(next.verdict);
    tally = next;
    waitMs = Math.max(0, startedAt + probe.periodMs - Date.now());
  }
}
