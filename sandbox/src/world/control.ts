/** Puts what the simulator works with, at the endpoint that it has for this. Throws what it has against it. */
export async function control(
  endpoint: string,
  what: 'faults' | 'account' | 'routing-lags',
  value: object,
): Promise<void> {
  const answer = await fetch(`${endpoint}/_sandbox/${what}`, { method: 'PUT', body: JSON.stringify(value) });
  if (!answer.ok) throw new Error(`the simulator refused the ${what}: ${await answer.text()}`);
}
