/** Epoch milliseconds of an RFC 3339 time of the API. */
export function parseTime(time: string | undefined | null): number | undefined {
  return time ? Date.parse(time) : undefined;
}

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `30s`, `5m`, `1h` or `90d`; undefined where it is none, or nothing. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const ms = Number(number) * (unitsMs[unit] ?? 0);
  return ms > 0 ? ms : undefined;
}
