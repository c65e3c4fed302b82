import { describe, expect, it } from '@jest/globals';
import { bindingTo, draining, endOf, names, terminate } from './fixtures.ts';
import type { TerminationInput, TerminationRules } from './termination.ts';

const untouched = endOf(30, { app: 'none' });
const asks = (value: string) => ({ [names.terminationLabel]: value });
const old = { hasNativeSleep: false };

describe('the end of a pod', () => {
  it.each<[string, Partial<TerminationInput>, Partial<TerminationRules>, unknown]>([
    ['is left alone where no binding selects it', { isAsked: true, bindings: [] }, {}, untouched],
    ['is left alone where its namespace does not ask', {}, {}, untouched],
    ['outlasts the drain where its namespace asks', { isAsked: true }, {}, endOf(335, { app: 305 })],
    [
      'outlasts the drain where the pod asks, and its namespace does not',
      { annotations: asks('enabled') },
      {},
      endOf(335, { app: 305 }),
    ],
    ['is left alone where the pod says so', { isAsked: true, annotations: asks('disabled') }, {}, untouched],
    [
      'is as its namespace asks where nobody can read what the pod asks',
      { isAsked: true, annotations: asks('yes') },
      {},
      endOf(335, { app: 305 }),
    ],
    [
      'comes when nothing is sent any more, where the pod asks for that',
      { annotations: asks('routing') },
      {},
      endOf(55, { app: 25 }),
    ],
    [
      'comes after the drain where the pod asks for that, and its binding for less',
      {
        annotations: asks('drain'),
        bindings: [
          bindingTo(draining(300), { annotations: { [names.annotation('termination-profile')]: 'routing' } }),
        ],
      },
      {},
      endOf(335, { app: 305 }),
    ],
    [
      'LBC#2366: comes late behind an NLB, whatever its delay is',
      { isAsked: true, bindings: [bindingTo({ protocol: 'TCP', deregistrationDelaySeconds: 0 })] },
      {},
      endOf(155, { app: 125 }),
    ],
    [
      'outlasts the longest drain of its bindings',
      { isAsked: true, bindings: [bindingTo(draining(30)), bindingTo(draining(60), { name: 'b' })] },
      {},
      endOf(95, { app: 65 }),
    ],
    [
      'outlasts what is known where not everything is',
      { isAsked: true, bindings: [bindingTo({})] },
      {},
      endOf(55, { app: 25 }),
    ],
    [
      'is put off no longer than the operator allows',
      { isAsked: true, bindings: [bindingTo(draining(3600))] },
      {},
      endOf(630, { app: 600 }),
    ],
    [
      'is left alone where the API server would refuse the hook',
      { isAsked: true, annotations: asks('enabled') },
      old,
      untouched,
    ],
  ])('%s', (_, input, rules, expected) => {
    expect(terminate(input, rules).end).toEqual(expected);
  });
});
