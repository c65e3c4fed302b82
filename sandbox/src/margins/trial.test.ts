import { describe, expect, it } from '@jest/globals';
import { manifestsOf, trials } from './trial.ts';

const group = { arn: 'arn', name: 'name', url: 'http://127.0.0.1', attach: () => Promise.resolve() };

/** The Deployment of a trial, as text. */
const deploymentOf = (name: string): string => {
  const trial = trials.find((each) => each.name === name);
  if (!trial) throw new Error(`there is no trial ${name}`);
  return JSON.stringify(manifestsOf(trial, group).find(({ kind }) => kind === 'Deployment'));
};

describe('a trial', () => {
  it('has its margin as preStop sleep, inside of the grace period', () => {
    expect(deploymentOf('alb-15')).toContain('"preStop":{"sleep":{"seconds":15}}');
    expect(deploymentOf('alb-15')).toContain('"terminationGracePeriodSeconds":25');
  });

  it('of no margin has no hook', () => {
    expect(deploymentOf('nlb-0')).not.toContain('preStop');
  });

  it('has a name that no other one has', () => {
    expect(new Set(trials.map(({ name }) => name)).size).toBe(trials.length);
  });
});
