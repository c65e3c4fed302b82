import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from '../world/index.ts';
import { useOf, type ProcessUse } from './process-cost.ts';

/** What one process of targetgate cost during a rollout. */
export interface ProgramCost {
  readonly program: string;
  readonly pod: string;
  readonly cpuSeconds: number;
  /** The most that was seen. */
  readonly rssMiB: number;
}

/** Measures programs while something goes on. */
export interface ProgramMeter {
  stop(): Promise<ProgramCost[]>;
}

const everyMs = 500;

/**
 * Measures the given programs from now on, until it is stopped or the signal is aborted. One that ends meanwhile is
 * measured up to its last look.
 */
export async function meterPrograms(
  programs: readonly Program[],
  signal: AbortSignal,
): Promise<ProgramMeter> {
  const stopping = new AbortController();
  const over = AbortSignal.any([stopping.signal, signal]);
  const meters = await Promise.all(
    programs.map(async (program) => {
      const first = (await useOf(program.pid)) ?? { cpuSeconds: 0, rssMiB: 0 };
      return { program, first, uses: [first] };
    }),
  );

  async function look(): Promise<void> {
    for (const { program, uses } of meters) {
      const use = await useOf(program.pid);
      if (use) uses.push(use);
    }
  }
  async function measure(): Promise<void> {
    while (!over.aborted) {
      await sleep(everyMs, undefined, { signal: over }).catch(() => undefined);
      await look();
    }
  }

  const measuring = measure();
  return {
    stop: async () => {
      stopping.abort();
      await measuring;
      return meters.map(({ program, first, uses }) => costOf(program, first, uses));
    },
  };
}

function costOf({ container, pod }: Program, first: ProcessUse, uses: readonly ProcessUse[]): ProgramCost {
  const last = uses.at(-1) ?? first;
  return {
    program: container,
    pod,
    cpuSeconds: last.cpuSeconds - first.cpuSeconds,
    rssMiB: Math.max(...uses.map(({ rssMiB }) => rssMiB)),
  };
}
