import { describe, expect, it } from '@jest/globals';
import { openBench, type Bench } from './bench.ts';
import { outcomeOf } from './outcome.ts';

const put = (bench: Bench, faults: unknown): Promise<Response> =>
  fetch(`${bench.endpoint}/_sandbox/faults`, { method: 'PUT', body: JSON.stringify(faults) });

describe('injected faults, through the real SDK', () => {
  it('throttle with the code Throttling and status 400', async () => {
    await using bench = await openBench();
    await put(bench, { throttling: { nonMutating: { capacity: 1, refillPerSecond: 0 } } });
    await bench.sdk.describeTargetGroups({});
    await expect(bench.sdk.describeTargetGroups({})).rejects.toMatchObject({
      name: 'Throttling',
      message: 'Rate exceeded',
      $metadata: { httpStatusCode: 400 },
    });
    await bench.group('mutating-calls-have-their-own');
    await put(bench, {});
    await bench.sdk.describeTargetGroups({});
  });

  it('throttle non-mutating calls from a bucket of 40 that refills by 10 a second', async () => {
    await using bench = await openBench();
    await put(bench, { throttling: { nonMutating: { capacity: 40, refillPerSecond: 10 } } });
    const start = Date.now();
    const calls = await Promise.all(
      Array.from({ length: 100 }, () => outcomeOf(bench.sdk.describeTargetGroups({}))),
    );
    const passed = calls.filter((outcome) => outcome === 'no error').length;
    expect(passed).toBeGreaterThanOrEqual(40);
    expect(passed).toBeLessThanOrEqual(40 + Math.ceil((Date.now() - start) / 100));
    expect(calls.filter((outcome) => outcome === 'Throttling')).toHaveLength(100 - passed);
  });

  it.each([
    ['ServiceUnavailable', 503],
    ['AccessDenied', 403],
    ['InternalFailure', 500],
    ['TooManyRegistrationsForTargetId', 400],
    ['ThrottlingException', 400],
    ['RequestLimitExceeded', 400],
  ])('answer with %s and status %i', async (code, httpStatusCode) => {
    await using bench = await openBench();
    await put(bench, { errors: [{ operation: 'DescribeTargetGroups', code, message: 'because', times: 1 }] });
    const failing = bench.sdk.describeTargetGroups({});
    await expect(failing).rejects.toMatchObject({ message: 'because', $metadata: { httpStatusCode } });
    await expect(failing).rejects.toThrow(expect.objectContaining({ Code: code }));
    await bench.sdk.describeTargetGroups({});
  });

  it('delay a call before it is carried out', async () => {
    await using bench = await openBench();
    await put(bench, { latency: [{ operation: 'DescribeTargetGroups', ms: 150 }] });
    const groups = bench.sdk.describeTargetGroups({});
    await bench.group('made-meanwhile');
    expect((await groups).TargetGroups).toHaveLength(1);
    const delayed = bench.events
      .filter((event) => event.kind === 'elb-call')
      .find((call) => call.operation === 'DescribeTargetGroups');
    expect(delayed?.ms).toBeGreaterThanOrEqual(149);
  });

  it('are told, and are refused when malformed', async () => {
    await using bench = await openBench();
    const faults = { latency: [{ ms: 1 }] };
    await put(bench, faults);
    expect((await put(bench, { latncy: [] })).status).toBe(400);
    expect((await put(bench, 'nonsense')).status).toBe(400);
    expect(await (await fetch(`${bench.endpoint}/_sandbox/faults`)).json()).toEqual(faults);
  });
});
