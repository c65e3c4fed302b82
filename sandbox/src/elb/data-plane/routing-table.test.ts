import { describe, expect, it } from '@jest/globals';
import { createRoutingTable, type RoutingTable } from './routing-table.ts';

const target = (port: number) => ({ id: '127.0.0.1', host: '127.0.0.1', port });
const one = target(1);
const two = target(2);
const table = (): RoutingTable => createRoutingTable({ healthyLagMs: 10, removalLagMs: () => 100 });

function picks(routes: RoutingTable, now: number): (number | undefined)[] {
  return [1, 2, 3, 4].map(() => routes.pick(now)?.port).sort();
}

describe('a routing table', () => {
  it('has no target for a request when none is registered', () => {
    expect(table().pick(0)).toBeUndefined();
  });

  it('sends requests to the serving targets in turn', () => {
    const routes = table();
    routes.update(one, 'serving', 0);
    routes.update(two, 'serving', 0);
    expect(picks(routes, 10)).toEqual([1, 1, 2, 2]);
  });

  it('fails open: all registered targets get requests when none serves', () => {
    const routes = table();
    routes.update(one, 'reserve', 0);
    routes.update(two, 'reserve', 0);
    expect(picks(routes, 0)).toEqual([1, 1, 2, 2]);
  });

  it('begins to send to a healthy target only after a lag', () => {
    const routes = table();
    routes.update(one, 'serving', 0);
    routes.update(two, 'reserve', 0);
    routes.update(two, 'serving', 50);
    expect(picks(routes, 59)).toEqual([1, 1, 1, 1]);
    expect(picks(routes, 60)).toEqual([1, 1, 2, 2]);
  });

  it('goes on sending to a removed target for the lag', () => {
    const routes = table();
    routes.update(one, 'serving', 0);
    routes.update(one, 'none', 50);
    expect(routes.pick(149)).toEqual(one);
    expect(routes.pick(150)).toBeUndefined();
  });

  it('tells how much of the lag is left', () => {
    const routes = table();
    routes.update(one, 'serving', 0);
    expect(routes.lagLeft(one, 50)).toBe(0);
    routes.update(one, 'none', 50);
    expect([60, 150].map((now) => routes.lagLeft(one, now))).toEqual([90, 0]);
  });

  it('counts the lag from the removal, whatever is said of the target later', () => {
    const routes = table();
    routes.update(one, 'serving', 0);
    routes.update(one, 'none', 50);
    routes.update(one, 'none', 140);
    expect(routes.pick(150)).toBeUndefined();
  });

  it('holds a removed target that is registered again as a new one, at once', () => {
    const routes = table();
    routes.update(one, 'serving', 0);
    routes.update(two, 'serving', 0);
    routes.update(one, 'none', 50);
    routes.update(one, 'reserve', 60);
    expect(picks(routes, 60)).toEqual([2, 2, 2, 2]);
  });

  it('takes an unhealthy target out at once', () => {
    const routes = table();
    routes.update(one, 'serving', 0);
    routes.update(two, 'serving', 0);
    routes.update(one, 'reserve', 50);
    expect(picks(routes, 50)).toEqual([2, 2, 2, 2]);
  });
});
