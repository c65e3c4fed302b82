import { readFileSync } from 'node:fs';
import { get, type RequestOptions } from 'node:https';

/** A question to the API server that is answered with 200 when all is well. */
interface Probe {
  readonly url: string;
  /** The API server writes it when it starts first; until then the answer is no. */
  readonly caFile: string;
  readonly token: string;
}

/** Asks once, for a second at most: true for a 200, false for any other answer and for none. */
export async function probe({ url, caFile, token }: Probe): Promise<boolean> {
  try {
    const headers = { authorization: `Bearer ${token}` };
    return (await status(url, { ca: readFileSync(caFile), headers, agent: false, timeout: 1000 })) === 200;
  } catch {
    return false;
  }
}

/** The status code of a GET. */
function status(url: string, options: RequestOptions): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(url, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('timeout', () => request.destroy(new Error('timeout')));
    request.once('error', reject);
  });
}
