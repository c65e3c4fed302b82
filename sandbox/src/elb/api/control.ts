import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ElbCall } from '../events.ts';
import { faultsSchema, type FaultBox } from '../faults.ts';

/** What the simulator's own routes work on. */
export type Control = { readonly faults: FaultBox; calls(): readonly ElbCall[] };

/** The simulator's own routes, beside the API: `GET` and `PUT /_sandbox/faults`, `GET /_sandbox/calls`. */
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
