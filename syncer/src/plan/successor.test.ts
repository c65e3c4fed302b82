import { describe, expect, it } from '@jest/globals';
import {
  endpoint,
  endpointEntry,
  entry,
  inputOf,
  nodeEntry,
  nodeObject,
  podObject,
  type World,
} from './fixtures.ts';
import { candidateOf, candidatesOf, successorOf } from './successor.ts';

/** The name of what goes on with the registration of the first entry. */
function successor(world: World): string | undefined {
  const input = inputOf(world);
  const [first] = input.ledger?.values() ?? [];
  return first && successorOf(first, input, candidatesOf(input))?.subject.name;
}

const elsewhere = { labels: { app: 'elsewhere' } };
const serving = { gated: false, ready: true };

describe('a registration is gone on with', () => {
  it.each<[string, World, string]>([
    [
      'by a node that was registered anew',
      { nodes: [nodeObject(1, { uid: 'anew' })], ledger: [nodeEntry(1)] },
      'node-1',
    ],
    [
      'by an endpoint that was written anew',
      { endpoints: [endpoint(1, { pod: 1 })], ledger: [endpointEntry(1)] },
      '10.0.0.1',
    ],
    [
      'by the pod of an endpoint when the service gets a selector',
      { pods: [podObject(1, serving)], ledger: [endpointEntry(1)] },
      'web-1',
    ],
    [
      'by the pod of an endpoint when its gate is open',
      { pods: [podObject(1, { open: true })], ledger: [endpointEntry(1)] },
      'web-1',
    ],
    [
      'by the endpoint of a pod when the service loses its selector',
      { pods: [podObject(1, serving)], endpoints: [endpoint(1)], ledger: [entry(1)] },
      '10.0.0.1',
    ],
  ])('%s', (_, world, name) => {
    expect(successor(world)).toBe(name);
  });
});

describe('a registration ends with its subject', () => {
  it.each<[string, World]>([
    ['where nothing has the target', { endpoints: [endpoint(2)], ledger: [endpointEntry(1)] }],
    [
      'where a pod has the target whose gate is closed: LBC#4343',
      { pods: [podObject(1)], ledger: [endpointEntry(1)] },
    ],
    [
      'where a pod has the address of a pod: LBC#4343',
      {
        pods: [podObject(1, { ...serving, ...elsewhere }), podObject(2, { ...serving, ip: '10.0.0.1' })],
        ledger: [entry(1)],
      },
    ],
    [
      'where an endpoint has the address of a pod that is gone',
      { endpoints: [endpoint(1)], ledger: [entry(1)] },
    ],
    [
      'where an endpoint has the address of a pod that terminates',
      { pods: [podObject(1, { terminating: true })], endpoints: [endpoint(1)], ledger: [entry(1)] },
    ],
    [
      'where the subject itself is selected, at another address',
      {
        endpoints: [endpoint(1), endpoint(2, { pod: 1 })],
        ledger: [entry(1, { subject: { kind: 'endpoint', name: '10.0.0.1', uid: 'uid-1' } })],
      },
    ],
    ['where it is selected as it was', { nodes: [nodeObject(1)], ledger: [nodeEntry(1)] }],
  ])('%s', (_, world) => {
    expect(successor(world)).toBeUndefined();
  });
});

describe('of two candidates', () => {
  const at = (...endpoints: NonNullable<World['endpoints']>) => candidatesOf(inputOf({ endpoints }));
  const behind = entry(1, { subject: { kind: 'endpoint', name: '10.0.0.1', uid: 'uid-7' } });

  it('with one uid, each answers for its own target', () => {
    const candidates = at(endpoint(1, { pod: 7 }), endpoint(2, { pod: 7 }));
    expect(candidateOf(behind, candidates)?.target).toEqual(behind.target);
    expect(candidateOf({ ...behind, target: entry(2).target }, candidates)?.target).toEqual(entry(2).target);
  });

  it('with one uid, the one that is wanted more answers for all else', () => {
    const candidates = at(endpoint(1, { pod: 7, terminating: true }), endpoint(2, { pod: 7 }));
    expect(candidateOf({ ...behind, target: entry(9).target }, candidates)?.target).toEqual(entry(2).target);
  });

  it('with one target, the one that is wanted more has it', () => {
    const pods = [podObject(1, { terminating: true }), podObject(2, { ip: '10.0.0.1' })];
    expect(candidatesOf(inputOf({ pods })).byTarget.get('10.0.0.1:8080')?.subject.name).toBe('web-2');
  });
});
