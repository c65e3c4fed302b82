import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import type { ElbCall } from '../events.ts';
import { faultsSchema, type FaultBox } from '../faults.ts';
import { accountChangesSchema, type AccountBox } from '../model/account.ts';
import { routingLagsOf, routingLagsSchema, setRoutingLags } from '../model/routing-lags.ts';
import type { World } from '../model/world.ts';

/** What the simulator's own routes work on. */
export type Control = {
  readonly faults: FaultBox;
  readonly account: AccountBox;
  readonly world: Pick<World, 'groups'>;
  readonly calls: () => readonly ElbCall[];
};

/** One of the simulator's own resources. `put` returns what is wrong with the value. */
type Resource = {
  readonly get: () => unknown;
  readonly put?: (value: unknown) => string | undefined;
};

/** The simulator's own routes, beside the API: `GET /_sandbox/NAME`, and `PUT` of all but calls. */
export async function answerControl(
  request: IncomingMessage,
  response: ServerResponse,
  control: Control,
): Promise<void> {
  const resource = resourceAt(request.url ?? '', control);
  if (resource && request.method === 'GET') answer(response, 200, resource.get());
  else if (resource?.put && request.method === 'PUT') {
    const error = resource.put(parseJson(await text(request)));
    if (error === undefined) answer(response, 200, resource.get());
    else answer(response, 400, { error });
  } else answer(response, 404, { error: 'no such route' });
}

function resourceAt(url: string, { faults, account, world, calls }: Control): Resource | undefined {
  switch (url) {
    case '/_sandbox/calls':
      return { get: () => calls() };
    case '/_sandbox/faults':
      return { get: () => faults.get(), put: taking(faultsSchema, (value) => faults.set(value)) };
    case '/_sandbox/account':
      return {
        get: () => account.get(),
        put: taking(accountChangesSchema, (value) => account.change(value)),
      };
    case '/_sandbox/routing-lags':
      return {
        get: () => routingLagsOf(world.groups),
        put: taking(routingLagsSchema, (value) => {
          const unknown = setRoutingLags(world.groups, value);
          return unknown.length > 0 ? `no such target group: ${unknown.join(', ')}` : undefined;
        }),
      };
    default:
      return undefined;
  }
}

/** Checks a value before it is used; `use` may have something against it, too. */
const taking =
  <T>(schema: z.ZodType<T>, use: (value: T) => string | undefined | void) =>
  (value: unknown): string | undefined => {
    const { success, data, error } = schema.safeParse(value);
    return success ? (use(data) ?? undefined) : error.message;
  };

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
