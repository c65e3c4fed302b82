import type { Order } from '../../sync/turns.ts';

/**
 * Whose quota a call spends: AWS counts the calls of each account in each region, whoever makes them. An ARN names both;
 * a group that is known by its name is in the account of the role, and in the region of the environment.
 */
export function scopeOf({ role, about }: Pick<Order, 'role' | 'about'>): string {
  const [, , , region = 'default', account = accountOf(role?.arn)] = about.split(':');
  return `${account}/${region}`;
}

const accountOf = (roleArn: string | undefined): string => roleArn?.split(':')[4] ?? 'own';
