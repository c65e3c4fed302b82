import { STATUS_CODES, type ServerResponse } from 'node:http';

/** Why the load balancer itself answered: the value of the `x-sandbox-failure` header. */
export type Failure = 'connect-refused' | 'reset' | 'timeout' | 'no-targets' | 'drain-over';

/** AWS: "Troubleshoot your Application Load Balancers", HTTP 502, 503, 504. */
const statuses: Readonly<Record<Failure, number>> = {
  'connect-refused': 502,
  reset: 502,
  timeout: 504,
  'no-targets': 503,
  'drain-over': 502,
};

/** Thrown into a request to a target that took too long to connect or to answer. */
export class TargetTimeout extends Error {}

/** Thrown into a request that was still in flight when the deregistration delay of its target was over. */
export class DrainOver extends Error {}

const unreachable = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);

/** The failure that an error on the way to a target stands for. */
export function failureOf(error: NodeJS.ErrnoException): Failure {
  if (error instanceof TargetTimeout) return 'timeout';
  if (error instanceof DrainOver) return 'drain-over';
  return unreachable.has(error.code ?? '') ? 'connect-refused' : 'reset';
}

/** Answers in the load balancer's own name; `target` is the `id:port` that was chosen, if any. */
export function answerFailure(response: ServerResponse, failure: Failure, target?: string): void {
  const status = statuses[failure];
  const title = `${status} ${STATUS_CODES[status] ?? ''}`;
  response.writeHead(status, {
    server: 'awselb/2.0',
    'content-type': 'text/html',
    'x-sandbox-failure': failure,
    ...(target !== undefined && { 'x-sandbox-target': target }),
  });
  response.end(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  );
}
