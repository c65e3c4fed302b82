import http, { type Agent, type IncomingHttpHeaders } from 'node:http';
import type { Status } from './events.ts';

/** How one request ended. */
export type Outcome = {
  readonly status: Status;
  readonly ok: boolean;
  readonly target?: string;
  readonly failure?: string;
};

/** Sends one GET and reads the answer to its end. Never rejects: what goes wrong is a status. */
export function sendRequest(url: URL, pool: Agent, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let timedOut = false;
    let headers: IncomingHttpHeaders | undefined;
    const request = http.get(url, { agent: pool });
    const timer = setTimeout(() => {
      timedOut = true;
      request.destroy(new Error('no whole answer in time'));
    }, timeoutMs);

    function finish(status: Status, ok: boolean): void {
      clearTimeout(timer);
      resolve({ status, ok, ...chosenBy(headers ?? {}) });
    }
    function fail(error: NodeJS.ErrnoException): void {
      if (timedOut) finish('timeout', false);
      else if (headers) finish('incomplete', false);
      else finish(error.code === 'ECONNREFUSED' ? 'refused' : 'reset', false);
    }

    request.on('error', fail);
    request.on('response', (response) => {
      const code = response.statusCode ?? 0;
      headers = response.headers;
      response.on('error', fail);
      response.on('end', () => finish(String(code), code < 500));
      response.resume();
    });
  });
}

function chosenBy(headers: IncomingHttpHeaders): Pick<Outcome, 'target' | 'failure'> {
  const { 'x-sandbox-target': target, 'x-sandbox-failure': failure } = headers;
  return { ...(typeof target === 'string' && { target }), ...(typeof failure === 'string' && { failure }) };
}
