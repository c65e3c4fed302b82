import { request as send, type Dispatcher } from 'undici';
import { loadKubeConfig } from './config.ts';
import { KubeError, KubeUnreachable } from './errors.ts';
import { splitLines } from './lines.ts';
import { createTransport } from './transport.ts';

/** A call to the API server. `path` is absolute ; `patch` names the patch's kind for PATCH. */
export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly patch?: 'strategic' | 'merge' | 'json';
  readonly signal?: AbortSignal;
}

/** The API server, as the rest of the house sees it. */
export interface KubeClient {
  /**
   * One JSON call.
   *
   * @throws KubeError on an answer that is not 2xx, KubeUnreachable where there is none within 30 s.
   */
  request<T>(request: KubeRequest): Promise<T>;
  /** The lines of a streaming answer (a watch), until the server ends it. Throws as `request` does. */
  lines(request: Pick<KubeRequest, 'path' | 'query' | 'signal'>): AsyncIterable<string>;
  close(): Promise<void>;
}

const answerWithinMs = 30_000;

const contentTypes = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
};

/** Connects to the API server of a kubeconfig, or of the cluster that this program runs in. Opens no connection yet. */
export function connect(options: { kubeconfig?: string | undefined } = {}): KubeClient {
  const transport = createTransport(loadKubeConfig(options.kubeconfig, process.env));

  async function call(request: KubeRequest, bodyTimeout: number): Promise<Dispatcher.ResponseData> {
    const { server, headers, dispatcher } = await transport.credentials().catch((cause: unknown) => {
      throw unreachable(request, cause);
    });
    const url = new URL(server + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const type = request.patch === undefined ? 'application/json' : contentTypes[request.patch];
    try {
      const answer = await send(url, {
        method: request.method,
        headers: request.body === undefined ? headers : { ...headers, 'content-type': type },
        body: request.body === undefined ? null : JSON.stringify(request.body),
        dispatcher,
        headersTimeout: answerWithinMs,
        bodyTimeout,
        ...(request.signal && { signal: request.signal }),
      });
      if (answer.statusCode === 401) transport.forget();
      return answer;
    } catch (cause) {
      throw unreachable(request, cause);
    }
  }

  return {
    async request<T>(request: KubeRequest): Promise<T> {
      const answer = await call(request, answerWithinMs);
      const text = await answer.body.text().catch((cause: unknown) => {
        throw unreachable(request, cause);
      });
      if (answer.statusCode >= 300) throw refused(answer.statusCode, text, request);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },

    async *lines(request) {
      const get = { ...request, method: 'GET' as const };
      const answer = await call(get, 0);
      if (answer.statusCode >= 300) throw refused(answer.statusCode, await answer.body.text(), get);
      try {
        yield* splitLines(answer.body);
      } catch (cause) {
        throw unreachable(get, cause);
      }
    },

    close: () => transport.close(),
  };
}

function refused(status: number, text: string, { method, path }: KubeRequest): KubeError {
  const { reason, message } = parseStatus(text);
  return new KubeError(
    status,
    reason ?? `HTTP${status}`,
    `${method} ${path}: ${message ?? `HTTP ${status}`}`,
  );
}

/** The API server says what is wrong in a Status object; proxies in between answer with anything. */
function parseStatus(text: string): { reason?: string; message?: string } {
  try {
    return JSON.parse(text) as { reason?: string; message?: string };
  } catch {
    return {};
  }
}

function unreachable({ method, path }: KubeRequest, cause: unknown): KubeUnreachable {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new KubeUnreachable(`${method} ${path}: no answer from the API server (${why})`, { cause });
}
