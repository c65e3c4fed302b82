import http from 'node:http';
import https from 'node:https';
import type { Probe } from '../pod/probe.ts';

/** Makes a probe: true for an answer from 200 to 399 within the timeout. Certificates are not verified, as in kubelet. */
export function httpProbe(probe: Probe, address: string, signal: AbortSignal): Promise<boolean> {
  const { scheme, path, port, timeoutMs } = probe;
  const get = scheme === 'https' ? https.get : http.get;
  return new Promise((resolve) => {
    const request = get({
      host: address,
      port,
      path,
      agent: false,
      rejectUnauthorized: false,
      headers: { 'user-agent': 'kube-probe/1.36' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    request.on('error', () => resolve(false));
    request.on('response', (response) => {
      const { statusCode = 0 } = response;
      resolve(statusCode >= 200 && statusCode < 400);
      response.destroy();
    });
  });
}
