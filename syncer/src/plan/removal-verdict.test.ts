import { describe, expect, it } from '@jest/globals';
import {
  earlier,
  endpoint,
  endpointEntry,
  entry,
  inputOf,
  nodeEntry,
  nodeObject,
  podObject,
  type World,
} from './fixtures.ts';
import { removalVerdict } from './removal-verdict.ts';
import { candidatesOf } from './successor.ts';

/** The verdict on the first entry of the ledger. */
function verdict(world: World): string {
  const input = inputOf(world);
  const [first] = input.ledger?.values() ?? [];
  if (first === undefined) throw new Error('the world has no entry to judge');
  const found = removalVerdict(first, input, candidatesOf(input));
  return 'cause' in found ? `${found.when}: ${found.cause}` : found.when;
}

const elsewhere = { labels: { app: 'elsewhere' } };
const unseen = { more: { ended: new Set<string>() } };
const grpc = { spec: { ports: [{ name: 'grpc', port: 80, targetPort: 9090, nodePort: 30090 }] } };
const noSuchPort = { spec: { ports: [] } };
const noneByName = { spec: { ports: [{ port: 80, targetPort: 'grpc' }] } };

describe('the target of a pod', () => {
  const ledger = [entry(1)];
  it.each<[string, World, string]>([
    ['that was seen to end leaves at once', { ledger }, 'at-once: pod-gone'],
    ['that is in no cache waits for the API server to confirm its end', { ledger, ...unseen }, 'confirm'],
    [
      'that terminates leaves at once',
      { pods: [podObject(1, { terminating: true })], ledger },
      'at-once: pod-terminating',
    ],
    [
      'that has finished leaves at once',
      { pods: [podObject(1, { finished: true })], ledger },
      'at-once: pod-finished',
    ],
    [
      'that terminates while its service is missing leaves at once',
      { pods: [podObject(1, { terminating: true })], ledger, service: 'missing' },
      'at-once: pod-terminating',
    ],
    [
      'that has another address now leaves at once',
      { pods: [podObject(1, { ip: '10.0.0.9' })], ledger },
      'at-once: target-changed',
    ],
    [
      'that has another address now leaves at once though its service is missing',
      { pods: [podObject(1, { ip: '10.0.0.9' })], ledger, service: 'missing' },
      'at-once: target-changed',
    ],
    [
      'that has another address now leaves at once though it is not selected',
      { pods: [podObject(1, { ip: '10.0.0.9', ...elsewhere }), podObject(2, { ip: '10.0.0.1' })], ledger },
      'at-once: target-changed',
    ],
    [
      'that says no address stays: that is no answer',
      { pods: [podObject(1, { ip: undefined })], ledger },
      'never',
    ],
    [
      'that says no address leaves at once when another pod has the one it had',
      { pods: [podObject(1, { ip: undefined }), podObject(2, { ip: '10.0.0.1' })], ledger },
      'at-once: target-changed',
    ],
    [
      'whose service is missing waits for a person (LBC#3711)',
      { pods: [podObject(1)], ledger, service: 'missing' },
      'by-hand: service-gone',
    ],
    ['whose service has lost the port stays', { pods: [podObject(1)], ledger, service: noSuchPort }, 'never'],
    [
      'that is not selected any more waits for replacements',
      { pods: [podObject(1, elsewhere)], ledger },
      'after-replacements: not-selected',
    ],
    [
      'that has no container port of the name stays',
      { pods: [podObject(1)], ledger, service: noneByName },
      'never',
    ],
    [
      'whose port has changed waits for its new target',
      { pods: [podObject(1)], ledger, service: grpc },
      'after-replacements: target-changed',
    ],
    ['that is ready stays', { pods: [podObject(1)], ledger }, 'never'],
    ['that ELB finds unhealthy stays', { pods: [podObject(1)], ledger, health: { 1: 'unhealthy' } }, 'never'],
    [
      'whose containers are not ready leaves above the floor',
      { pods: [podObject(1, { containersReady: false })], ledger },
      'above-floor: not-ready',
    ],
    [
      'whose service has lost its selector stays when its address is written down',
      { pods: [podObject(1)], endpoints: [endpoint(1)], ledger },
      'never',
    ],
    [
      'whose service has lost its selector waits for replacements when its address is not written down',
      { pods: [podObject(1)], endpoints: [endpoint(2)], ledger },
      'after-replacements: not-selected',
    ],
    [
      'stays at an address that only an EndpointSlice says it has',
      {
        pods: [podObject(1, { ip: '10.0.0.9' })],
        endpoints: [endpoint(1, { pod: 1 })],
        ledger,
      },
      'never',
    ],
    [
      'that ends while its address is written down leaves at once',
      { pods: [podObject(1, { terminating: true })], endpoints: [endpoint(1)], ledger },
      'at-once: pod-terminating',
    ],
    [
      'whose EndpointSlice says that it terminates leaves at once',
      { pods: [podObject(1)], endpoints: [endpoint(1, { pod: 1, terminating: true })], ledger },
      'at-once: endpoint-terminating',
    ],
    [
      'that is gone leaves at once though its address belongs to another pod now (LBC#4343)',
      { pods: [podObject(1)], ledger: [entry(1, { subject: earlier })] },
      'at-once: pod-gone',
    ],
  ])('%s', (_, world, expected) => {
    expect(verdict(world)).toBe(expected);
  });
});

describe('LBC#2702: the target of a node', () => {
  const ledger = [nodeEntry(1)];
  it.each<[string, World, string]>([
    ['that was seen to end leaves at once', { nodes: [], ledger }, 'at-once: node-gone'],
    [
      'that is in no cache waits for the API server to confirm its end',
      { nodes: [], ledger, ...unseen },
      'confirm',
    ],
    ['that is ready stays', { nodes: [nodeObject(1)], ledger }, 'never'],
    [
      'that is about to end leaves above the floor',
      { nodes: [nodeObject(1, { leaving: true })], ledger },
      'above-floor: node-leaving',
    ],
    [
      'that is not ready leaves above the floor',
      { nodes: [nodeObject(1, { ready: false })], ledger },
      'above-floor: not-ready',
    ],
    [
      'that is left out by label waits for replacements',
      { nodes: [nodeObject(1, { excluded: true })], ledger },
      'after-replacements: not-selected',
    ],
    [
      'waits for a person when the service is missing',
      { nodes: [nodeObject(1)], ledger, service: 'missing' },
      'by-hand: service-gone',
    ],
    [
      'waits for the new node port when that has changed',
      { nodes: [nodeObject(1)], ledger, service: grpc },
      'after-replacements: target-changed',
    ],
    [
      'stays when the node was registered anew: it is the same instance',
      { nodes: [nodeObject(1, { uid: 'anew' })], ledger },
      'never',
    ],
    [
      'leaves above the floor when the node was registered anew and is not ready',
      { nodes: [nodeObject(1, { uid: 'anew', ready: false })], ledger },
      'above-floor: not-ready',
    ],
  ])('%s', (_, world, expected) => {
    expect(verdict(world)).toBe(expected);
  });
});

describe('the target of an endpoint', () => {
  const ledger = [endpointEntry(1)];
  it.each<[string, World, string]>([
    ['that is ready stays', { endpoints: [endpoint(1)], ledger }, 'never'],
    [
      'that terminates leaves at once',
      { endpoints: [endpoint(1, { terminating: true })], ledger },
      'at-once: endpoint-terminating',
    ],
    [
      'that is not ready leaves above the floor',
      { endpoints: [endpoint(1, { ready: false })], ledger },
      'above-floor: not-ready',
    ],
    [
      'that is written down no more leaves above the floor',
      { endpoints: [endpoint(2)], ledger },
      'above-floor: endpoint-gone',
    ],
    [
      'waits for a person when the service is missing',
      { endpoints: [endpoint(1)], ledger, service: 'missing' },
      'by-hand: service-gone',
    ],
    [
      'stays while the service has no port for it',
      { endpoints: [endpoint(1)], ledger, service: noSuchPort },
      'never',
    ],
    [
      'stays when it is written down anew, with the pod behind it',
      { endpoints: [endpoint(1, { pod: 1 })], ledger },
      'never',
    ],
    [
      'stays when the service gets a selector for the pod behind it',
      { pods: [podObject(1, { gated: false, ready: true })], ledger },
      'never',
    ],
    [
      'leaves at once when a pod has the address that waits for a registration of its own (LBC#4343)',
      { pods: [podObject(1)], ledger },
      'at-once: endpoint-gone',
    ],
  ])('%s', (_, world, expected) => {
    expect(verdict(world)).toBe(expected);
  });
});
