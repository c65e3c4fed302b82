import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ElbCall } from '../events.ts';
import { faultsSchema, type FaultBox } from '../faults.ts';
import { accountChangesSchema, type AccountBox } from '../model/account.ts';

/** What the simulator's own routes work on. */
export type Control = {
  readonly faults: FaultBox;
  readonly account: AccountBox;
  calls(): readonly ElbCall[];
};

/** The simulator's own routes, beside the API: `GET` and `PUT` of faults and account, `GET` of calls. */
export async function answerControl(
  request: IncomingMessage,
  response: ServerResponse,
  control: Control,
): Promise<void> {
  switch (`${request.method ?? ''} ${request.url ?? ''}`) {
    case 'GET /_sandbox/calls':
      answer(response, 200, control.calls());
      return;
    case 'GET /_sandbox/faults':
      answer(response, 200, control.faults.get());
      return;
    case 'PUT /_sandbox/faults': {
      const faults = faultsSchema.safeParse(parseJson(await text(request)));
      if (!faults.success) {
        answer(response, 400, { error: faults.error.message });
        return;
      }
      control.faults.set(faults.data);
      answer(response, 200, control.faults.get());
      return;
    }
    case 'GET /_sandbox/account':
      answer(response, 200, control.account.get());
      return;
    case 'PUT /_sandbox/account': {
      const changes = accountChangesSchema.safeParse(parseJson(await text(request)));
      if (!changes.success) {
        answer(response, 400, { error: changes.error.message });
        return;
      }
      control.account.change(changes.data);
      answer(response, 200, control.account.get());
      return;
    }
    default:
      answer(response, 404, { error: 'no such route' });
      return;
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Text that is no JSON becomes undefined, which no schema takes. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
