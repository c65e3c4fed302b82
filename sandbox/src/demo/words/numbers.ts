import type { Spread } from '../../measure/spread.ts';

/** 1234567 -> `1,234,567`. */
export const count = (value: number): string => value.toLocaleString('en-US');

/** Milliseconds as seconds: 1234 -> `1.2 s`; never `-0.0 s`. */
export const seconds = (ms: number): string => `${(Math.round(ms / 100) / 10 + 0).toFixed(1)} s`;

/** A median and a maximum in milliseconds, or a dash where there was nothing to measure. */
export const spread = (value: Spread | undefined): string =>
  value === undefined
    ? '–'
    : `p50 ${count(Math.round(value.p50))} ms, max ${count(Math.round(value.max))} ms`;

/** The least and the most in seconds: `25.0 s to 25.1 s`; a dash where there was nothing to measure. */
export const fromTo = (value: Spread | undefined): string =>
  value === undefined ? '–' : `${seconds(value.min)} to ${seconds(value.max)}`;
