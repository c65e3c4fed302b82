import type { Order } from './turns.ts';

/**
 * Whose quota a call spends: AWS counts the calls of an account in a region, and the account is the caller's, whoever
 * has the group. A group that is known by its name is in the region of the environment (`AWS_REGION`), if it says one.
 */
export function scopeOf({ role, about }: Pick<Order, 'role' | 'about'>, home = 'default'): string {
  const account = role?.arn.split(':')[4] ?? 'own';
  const region = regionOf(about);
  return `${account}/${region !== undefined && isRegion(region) ? region : home}`;
}

/** What an ARN says of its region, be it one or not; undefined for a name. */
export const regionOf = (about: string): string | undefined => about.split(':')[3];

/** Whether it looks like a region, such as `us-gov-west-1`: what people write into an ARN may be anything. */
export const isRegion = (text: string): boolean => /^[a-z]{2,5}(-[a-z]{2,12}){1,2}-\d{1,2}$/.test(text);
