import { setTimeout as sleep } from 'node:timers/promises';
import { ElbError, invalidAction, statusOf } from '../errors.ts';
import type { ElbCall } from '../events.ts';
import type { FaultBox } from '../faults.ts';
import type { World } from '../model/world.ts';
import { hexId } from '../random.ts';
import { operations } from './operations/index.ts';
import { parseQuery, textOf, type QueryFields } from './query.ts';
import { subjectOf } from './subject.ts';
import { renderError, renderResult } from './xml.ts';

/** What one call of the API is answered with. */
export type Answer = { readonly status: number; readonly requestId: string; readonly xml: string };

/** What calls work on. */
export type CallContext = {
  readonly world: World;
  readonly faults: FaultBox;
  record(call: ElbCall): void;
};

const version = '2015-12-01';

/** Carries out one call: faults first, then the operation. Each call is recorded, whatever became of it. */
export async function answerCall(body: string, context: CallContext, signal: AbortSignal): Promise<Answer> {
  const at = Date.now();
  const requestId = hexId(context.world.random);
  const call = parseQuery(body);
  const operation = textOf(call, 'Action');
  const finish = (result: string): void =>
    context.record({
      kind: 'elb-call',
      at,
      ms: Date.now() - at,
      operation,
      ...subjectOf(call, context.world),
      result,
    });
  try {
    const { delayMs, error } = context.faults.judge(operation, at);
    if (delayMs > 0) await sleep(delayMs, undefined, { signal });
    if (error) throw error;
    const result = await run(operation, call, context.world);
    finish('ok');
    return { status: 200, requestId, xml: renderResult(operation, result, requestId) };
  } catch (cause) {
    const error = cause instanceof ElbError ? cause : new ElbError('InternalFailure', String(cause));
    finish(error.code);
    const status = statusOf(error.code);
    const fault = status < 500 ? 'Sender' : 'Receiver';
    return {
      status,
      requestId,
      xml: renderError({ code: error.code, message: error.message, fault }, requestId),
    };
  }
}

async function run(name: string, call: QueryFields, world: World): Promise<object> {
  const operation = operations.get(name);
  if (!operation || textOf(call, 'Version') !== version) throw invalidAction(name, textOf(call, 'Version'));
  return operation(call, world);
}
