import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../control-plane/free-port.ts';
import type { App } from './app.ts';
import { openBench, type Bench } from './bench.ts';

const lagMs = 3000;

/** A load balancer of the type with two healthy apps, one of which is deregistered later, with a delay of 0. */
async function serve(bench: Bench, type: 'application' | 'network') {
  const http = type === 'application';
  const group = await bench.group('web', http ? {} : { Protocol: 'TCP', HealthCheckPath: undefined });
  const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '0' }];
  await bench.sdk.modifyTargetGroupAttributes({ TargetGroupArn: group, Attributes });
  const { LoadBalancers } = await bench.sdk.createLoadBalancer({ Name: 'lb', Type: type });
  const { LoadBalancerArn = '', DNSName = '' } = LoadBalancers?.[0] ?? {};
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: group }];
  const Port = await freePort(10_000);
  await bench.sdk.createListener({ LoadBalancerArn, Protocol: http ? 'HTTP' : 'TCP', Port, DefaultActions });
  const apps = [await bench.app(), await bench.app()] as const;
  await bench.register(group, ...apps.map(({ port }) => port));
  await Promise.all(apps.map(({ port }) => bench.reached(port, 'healthy')));
  return { url: `http://${DNSName}:${Port}/`, group, leaving: apps[0], staying: apps[1] };
}

async function setLag(bench: Bench, lags: object): Promise<Response> {
  return fetch(`${bench.endpoint}/_sandbox/routing-lags`, { method: 'PUT', body: JSON.stringify(lags) });
}

/** Asks once, and gives the status. A connection of its own, unless an agent keeps one. */
async function ask(url: string, agent: Agent | false = false): Promise<number | undefined> {
  const request = get(url, { agent });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}

const seen = (...apps: App[]): number[] => apps.map((app) => app.seen.requests);

describe('the routing lag of a target group', () => {
  it.concurrent.each(['application', 'network'] as const)(
    'is its own, behind a load balancer of type %s, and no shorter for a delay of 0',
    async (type) => {
      await using bench = await openBench({ routingLagMs: 0 });
      const { url, group, leaving, staying } = await serve(bench, type);
      expect((await setLag(bench, { [group]: lagMs })).status).toBe(200);
      await bench.deregister(group, leaving.port);
      await bench.reached(leaving.port, 'gone');
      const lagEnds = Date.now() + lagMs;
      for (let index = 0; index < 4; index++) expect(await ask(url)).toBe(200);
      expect(seen(leaving, staying)).toEqual([2, 2]);
      await sleep(lagEnds - Date.now());
      for (let index = 0; index < 4; index++) expect(await ask(url)).toBe(200);
      expect(seen(leaving, staying)).toEqual([2, 6]);
    },
  );

  it.concurrent('ends what is in flight with itself, where the delay is over already', async () => {
    await using bench = await openBench({ routingLagMs: lagMs });
    const { url, group, leaving, staying } = await serve(bench, 'application');
    const begun = Date.now();
    await bench.deregister(group, leaving.port);
    leaving.onRequest = staying.onRequest = (_request, response) => {
      setTimeout(() => response.end(), 10 * lagMs).unref();
    };
    const answer = await Promise.race([fetch(url), fetch(url)]);
    expect([answer.status, answer.headers.get('x-sandbox-failure')]).toEqual([502, 'drain-over']);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(lagMs - 5);
  });

  it.concurrent('does not end the connections that a network load balancer has made', async () => {
    await using bench = await openBench({ routingLagMs: 0 });
    const { url, group, leaving } = await serve(bench, 'network');
    const agents = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
    for (const agent of agents) expect(await ask(url, agent)).toBe(200);
    expect(leaving.seen.requests).toBe(1);
    await bench.deregister(group, leaving.port);
    await bench.reached(leaving.port, 'gone');
    for (const agent of agents) expect(await ask(url, agent)).toBe(200);
    expect(leaving.seen.requests).toBe(2);
    for (const agent of agents) agent.destroy();
  });

  it.concurrent('is refused for a group that does not exist, and where it is no time', async () => {
    await using bench = await openBench();
    const group = await bench.group('web');
    expect((await setLag(bench, { 'arn:of:nothing': 1 })).status).toBe(400);
    expect((await setLag(bench, { [group]: 'long' })).status).toBe(400);
    expect((await setLag(bench, { [group]: [1, 2] })).status).toBe(200);
    const lags = await fetch(`${bench.endpoint}/_sandbox/routing-lags`);
    expect(await lags.json()).toEqual({ [group]: [1, 2] });
  });
});
