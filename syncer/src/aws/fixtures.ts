import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as the fake got it: who signed it (an access key id) for which region and service. */
export interface AwsCall {
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** What the fake answers: the XML inside the result, an error, or whatever a test does to the answer itself. */
export type AwsAnswer =
  | string
  | { readonly status: number; readonly code: string; readonly message?: string }
  | ((response: ServerResponse) => void);

/** What the fake answers a call by its action. An action without an answer is not authorized. */
export type AwsAnswers = Record<string, (call: AwsCall) => AwsAnswer | Promise<AwsAnswer>>;

/** ELB's and STS's Query API on a loopback address, as far as the adapter uses it, and all calls in their order. */
export interface FakeAws {
  readonly url: string;
  readonly calls: AwsCall[];
  answers: AwsAnswers;
  close(): Promise<void>;
}

/** Starts a fake that refuses every call until it has answers. */
export async function startFakeAws(): Promise<FakeAws> {
  const calls: AwsCall[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const call = await read(request);
      calls.push(call);
      const answer = (await fake.answers[call.action]?.(call)) ?? notAuthorized;
      if (typeof answer === 'function') {
        answer(response);
        return;
      }
      const { status, xml } = toXml(call.action, answer);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeAws = { url: `http://127.0.0.1:${port}`, calls, answers: {}, close: () => stop(server) };
  return fake;
}

/** STS's answer to AssumeRole: a session with the access key id given, for an hour unless told otherwise. */
export const session = (accessKeyId: string, expiration = new Date(Date.now() + 3_600_000)): string =>
  `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>` +
  `<SessionToken>token</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials>`;

const notAuthorized = { status: 403, code: 'AccessDenied', message: 'not authorized' };

async function read(request: IncomingMessage): Promise<AwsCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { Action: action = '', ...params } = Object.fromEntries(
    new URLSearchParams(Buffer.concat(chunks).toString()),
  );
  const scope = /Credential=([^,]*)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [accessKeyId = '', , region = '', service = ''] = scope.split('/');
  return { action, params, accessKeyId, region, service };
}

function toXml(
  action: string,
  answer: Exclude<AwsAnswer, (response: ServerResponse) => void>,
): { status: number; xml: string } {
  if (typeof answer === 'string') {
    const xml = `<${action}Response><${action}Result>${answer}</${action}Result></${action}Response>`;
    return { status: 200, xml };
  }
  const { status, code, message = 'no' } = answer;
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, xml: `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>` };
}

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** The access key id that the environment of the tests gives to the syncer. */
export const ownKeyId = 'AKIAOWN';

/** Makes the SDK's default chain find the fake and the syncer's own key, in eu-west-1, and no file of this machine. */
export const environmentOf = (fake: FakeAws): Record<string, string> => ({
  AWS_ENDPOINT_URL: fake.url,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: ownKeyId,
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
});
