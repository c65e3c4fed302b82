/** Epoch milliseconds of an RFC 3339 time of the API. */
export function parseTime(time: string | undefined | null): number | undefined {
  return time ? Date.parse(time) : undefined;
}
