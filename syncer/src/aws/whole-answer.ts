import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { answerWithinMs } from './client-limits.ts';

/** The health of a thousand targets is half a megabyte. */
const longestAnswer = 16 * 1024 * 1024;

/** An HTTP answer whose body is still under way. */
interface Answer {
  readonly statusCode: number;
  body: (AsyncIterable<Uint8Array> & { destroy(error: Error): unknown }) | Uint8Array;
}

/** What the SDK's clients take to go through their calls. */
type Plugin = Parameters<ElasticLoadBalancingV2Client['middlewareStack']['use']>[0];

/**
 * Lets a client of the SDK see an answer only when all of it has come, in time, and is what AWS says to this operation:
 * its own document, or an error's. By itself the SDK waits for ever for the rest of a body, and takes a 200 with nothing
 * in it, or with somebody else's document, for an answer that says that there is nothing.
 */
export const wholeAnswers: Plugin = {
  applyToStack: (stack) =>
    stack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          const output = await next(args);
          const answer = output.response as Answer;
          const body = await wholeBody(answer.body);
          check(answer.statusCode, body, commandName.replace(/Command$/, ''));
          answer.body = body;
          return output;
        },
      { step: 'deserialize', priority: 'low', name: 'wholeAnswers', override: true },
    ),
};

async function wholeBody(body: Answer['body']): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const tooLate = new NoAnswer(`the answer has begun, but was not over within ${answerWithinMs / 1000} s`);
  const timer = setTimeout(() => body.destroy(tooLate), answerWithinMs);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      if (length > longestAnswer) throw new NoAnswer(`the answer is longer than ${longestAnswer} bytes`);
      chunks.push(chunk);
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks, length);
}

/** The name of a document: of its first element, behind what XML may begin with. */
const documentName = /^\s*(?:<\?xml[^>]*>\s*)?<([\w:.-]+)/;

function check(status: number, body: Uint8Array, operation: string): void {
  const beginning = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 300)).toString();
  const document = documentName.exec(beginning)?.[1];
  if (document === (status < 300 ? `${operation}Response` : 'ErrorResponse')) return;
  throw new NoAnswer(
    `HTTP ${status} with ${document ? `<${document}>` : 'no XML'}, which is no answer of AWS`,
    status,
  );
}

/** Whatever came is not an answer. The name is that of the SDK's errors for what its status says, if anything. */
class NoAnswer extends Error {
  constructor(message: string, status?: number) {
    super(message);
    this.name = status === 429 ? 'TooManyRequests' : 'NoAnswer';
  }
}
