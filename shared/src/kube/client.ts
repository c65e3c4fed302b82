import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
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
  /**
   * Called right before the call is sent, in the same turn of the event loop; what it throws is thrown, and nothing is
   * sent. Once there is a connection it is called again; what it throws then is the cause of a KubeUnreachable.
   */
  readonly beforeSend?: () => void;
  /** Drops what a call that succeeds is answered, and gives undefined: to parse a whole pod costs more than to patch it. */
  readonly dropsAnswer?: boolean;
}

/** The API server, as the rest of the house sees it. */
export interface KubeClient {
  /**
   * One JSON call.
   *
   * @throws KubeError on an answer that is not 2xx, KubeUnreachable where there is none within 30 s, or one that is no JSON.
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

  /** `silenceMs`: for how long the answer's body may pause; 0: for ever. */
  async function call(request: KubeRequest, silenceMs: number): Promise<IncomingMessage> {
    const { server, headers, ...connection } = await transport.credentials().catch((cause: unknown) => {
      throw unreachable(request, cause);
    });
    const url = new URL(server + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const type = request.patch === undefined ? 'application/json' : contentTypes[request.patch];
    request.beforeSend?.();
    try {
      const answer = await send(
        url,
        { body, beforeSend: request.beforeSend },
        {
          ...connection,
          method: request.method,
          // Node itself sends no length with a DELETE, and the API server takes its body for missing.
          headers:
            body === undefined
              ? headers
              : { ...headers, 'content-type': type, 'content-length': String(Buffer.byteLength(body)) },
          ...(request.signal && { signal: request.signal }),
        },
      );
      answer.setTimeout(silenceMs);
      if (answer.statusCode === 401) transport.forget();
      return answer;
    } catch (cause) {
      throw unreachable(request, cause);
    }
  }

  return {
    async request<T>(request: KubeRequest): Promise<T> {
      const answer = await call(request, answerWithinMs);
      if (request.dropsAnswer === true && !isRefusal(answer)) {
        await finished(answer.resume()).catch((cause: unknown) => {
          throw unreachable(request, cause);
        });
        return undefined as T;
      }
      const body = await textOf(answer, request);
      if (isRefusal(answer)) throw refused(answer, body, request);
      return parseJson(body, request) as T;
    },

    async *lines(request) {
      const get = { ...request, method: 'GET' as const };
      const answer = await call(get, 0);
      if (isRefusal(answer)) throw refused(answer, await textOf(answer, get), get);
      try {
        yield* splitLines(answer as AsyncIterable<Uint8Array>);
      } catch (cause) {
        throw unreachable(get, cause);
      }
    },

    close: () => {
      transport.close();
      return Promise.resolve();
    },
  };
}

/** What is sent, and who looks whether it still may be. */
interface Sent {
  readonly body: string | undefined;
  readonly beforeSend: (() => void) | undefined;
}

/** Sends a call, and gives its answer when that begins. Rejects where none does within 30 s. */
function send(url: URL, { body, beforeSend }: Sent, options: RequestOptions): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  const request = isSecure ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const call = request(url, options, resolve);
    call.on('error', reject);
    call.setTimeout(answerWithinMs, () => call.destroy(new Error(`silent for ${answerWithinMs / 1000} s`)));
    if (beforeSend === undefined) {
      call.end(body);
      return;
    }
    // Node keeps what is written before there is a connection, and sends it whenever that comes.
    const sendNow = (): void => {
      try {
        beforeSend();
        call.end(body);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        call.destroy();
      }
    };
    call.once('socket', (socket) => {
      if (socket.connecting) socket.once(isSecure ? 'secureConnect' : 'connect', sendNow);
      else sendNow();
    });
  });
}

const textOf = (answer: IncomingMessage, request: KubeRequest): Promise<string> =>
  text(answer).catch((cause: unknown) => {
    throw unreachable(request, cause);
  });

/** A 2xx with anything but JSON is of a proxy, say: whether the API server has had the call, nobody knows. */
function parseJson(body: string, request: KubeRequest): unknown {
  try {
    return body === '' ? undefined : JSON.parse(body);
  } catch (cause) {
    throw unreachable(request, cause);
  }
}

const isRefusal = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 300;

function refused(
  { statusCode = 0 }: IncomingMessage,
  body: string,
  { method, path }: KubeRequest,
): KubeError {
  const { reason, message } = parseStatus(body);
  return new KubeError(
    statusCode,
    reason ?? `HTTP${statusCode}`,
    `${method} ${path}: ${message ?? `HTTP ${statusCode}`}`,
  );
}

/** The API server says what is wrong in a Status object; proxies in between answer with anything. */
function parseStatus(text: string): { reason?: string; message?: string } {
  try {
    return (JSON.parse(text) ?? {}) as { reason?: string; message?: string };
  } catch {
    return {};
  }
}

function unreachable({ method, path }: KubeRequest, cause: unknown): KubeUnreachable {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new KubeUnreachable(`${method} ${path}: no answer from the API server (${why})`, { cause });
}
