import { setTimeout as sleep } from 'node:timers/promises';
import { ElbError, invalidAction, statusOf } from '../errors.ts';
import type { ElbCall } from '../events.ts';
import type { FaultBox } from '../faults.ts';
import type { World } from '../model/world.ts';
import { hexId } from '../random.ts';
import { authorize } from './authorize.ts';
import { callerOf, readSignature, type Caller } from './caller.ts';
import { parseQuery, textOf } from './query.ts';
import { services } from './services.ts';
import { subjectOf } from './subject.ts';
import { renderError, renderResult } from './xml.ts';

/** A call as it came. */
export type RawCall = { readonly body: string; readonly authorization: string | undefined };

/** What one call of the API is answered with. */
export type Answer = { readonly status: number; readonly requestId: string; readonly xml: string };

/** What calls work on. */
export type CallContext = {
  readonly world: World;
  readonly faults: FaultBox;
  record(call: ElbCall): void;
};

/** Carries out one call: faults first, then the operation. Each call is recorded, whatever became of it. */
export async function answerCall(raw: RawCall, context: CallContext, signal: AbortSignal): Promise<Answer> {
  const { world, faults } = context;
  const at = Date.now();
  const requestId = hexId(world.random);
  const call = parseQuery(raw.body);
  const operation = textOf(call, 'Action');
  const version = textOf(call, 'Version');
  const service = services.get(version);
  const signature = readSignature(raw.authorization);
  let caller: Caller | undefined;
  const finish = (result: string): void =>
    context.record({
      kind: 'elb-call',
      at,
      ms: Date.now() - at,
      operation,
      identity: caller?.identity ?? signature.accessKeyId,
      region: signature.region,
      ...subjectOf(call, world),
      result,
    });
  try {
    caller = callerOf(signature, world.sessions, at);
    const { delayMs, error } = faults.judge({ operation, caller, now: at });
    if (delayMs > 0) await sleep(delayMs, undefined, { signal });
    if (error) throw error;
    const run = service?.operations.get(operation);
    if (!service || !run) throw invalidAction(operation, version);
    authorize(operation, call, caller);
    const result = await run(call, world, caller);
    finish('ok');
    return { status: 200, requestId, xml: renderResult(service, { operation, result, requestId }) };
  } catch (cause) {
    const error = cause instanceof ElbError ? cause : new ElbError('InternalFailure', String(cause));
    finish(error.code);
    const status = statusOf(error.code);
    const fault = status < 500 ? 'Sender' : 'Receiver';
    const { code, message } = error;
    return { status, requestId, xml: renderError(service, { code, message, fault, requestId }) };
  }
}
