import type { WorldEvent } from '@targetgate/sandbox/world';

/** A pod that got the address of one just deleted. */
export interface Heir {
  readonly uid: string;
  readonly address: string;
  /** When its object was made, in epoch milliseconds. */
  readonly createdAt: number;
}

/**
 * Whether the heir's gate opened before ELB had found the target healthy that was registered for it: before a healthy
 * that came after a RegisterTargets call with its address, made since it exists, was carried out.
 *
 * @throws Error where its gate has not opened.
 */
export function openedTooEarly(journal: readonly WorldEvent[], { uid, address, createdAt }: Heir): boolean {
  const isOurs = (target: string): boolean => target.slice(0, target.lastIndexOf(':')) === address;
  let [registeredAt, healthyAt, openAt] = [Infinity, Infinity, Infinity];
  for (const event of journal) {
    if (event.at < createdAt) continue;
    if (event.kind === 'elb-call' && event.operation === 'RegisterTargets' && event.result === 'ok') {
      if (event.targets.some(isOurs)) registeredAt = Math.min(registeredAt, event.at + event.ms);
    } else if (event.kind === 'gate' && event.uid === uid && event.status === 'True') {
      openAt = Math.min(openAt, event.at);
    }
  }
  if (openAt === Infinity) throw new Error(`the gate of the pod at ${address} has not opened`);
  for (const event of journal)
    if (event.kind === 'target' && event.state === 'healthy' && isOurs(event.target))
      // A call is reported when it has been carried out, and its effects are reported first.
      if (event.at >= registeredAt) healthyAt = Math.min(healthyAt, event.at);
  return openAt < healthyAt;
}
