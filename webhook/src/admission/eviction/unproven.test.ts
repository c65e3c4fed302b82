import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { isUnproven } from './unproven.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/bindings.md'), 'utf8');

/** The reasons of open gates that the page has. */
const documented = page
  .split('\n')
  .filter((line) => line.startsWith('| True  | `'))
  .flatMap((line) =>
    [...(line.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, reason]) => String(reason)),
  );

it('of the reasons of open gates, all but health, and that ELB does not check, are no proof of health', () => {
  expect(documented.filter((reason) => !isUnproven(reason))).toEqual([
    'Healthy',
    'Target.NotInUse',
    'Target.HealthCheckDisabled',
  ]);
  expect(documented.filter(isUnproven)).toHaveLength(9);
});

it('no reason, as LBC’s open gates have none, is taken for health', () => {
  expect(isUnproven('')).toBe(false);
});
