import type { Spread } from '../measure/spread.ts';

/** 1234567 -> `1,234,567`. */
export const count = (value: number): string => value.toLocaleString('en-US');

/** Milliseconds as seconds: 1234 -> `1.2 s`. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** A median and a maximum in milliseconds, or a dash where there was nothing to measure. */
export const spread = (value: Spread | undefined): string =>
  value === undefined
    ? '–'
    : `p50 ${count(Math.round(value.p50))} ms, max ${count(Math.round(value.max))} ms`;
