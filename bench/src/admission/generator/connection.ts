import { once } from 'node:events';
import { connect } from 'node:tls';
import { lengthOfAnswer } from './answer.ts';

/** Where to send, and what: one request over and over. */
export interface Target {
  readonly host: string;
  readonly port: number;
  /** What the server's certificate is checked by. */
  readonly ca: string;
  readonly servername: string;
  /** A whole HTTP/1.1 request, head and body. */
  readonly request: Buffer;
}

/** A TLS connection with one request under way at a time, as the API server uses each of its own. */
export interface Connection {
  /** Sends the request; gives the whole answer, head and body. @throws Error where it is not a 200. */
  ask(): Promise<string>;
  /**
   * Sends the request again as soon as it is answered, until it is over; tells how long each answer took, in
   * milliseconds. @throws Error where an answer is not as long as the first.
   */
  repeat(isOver: () => boolean, onAnswer: (ms: number) => void): Promise<void>;
  close(): void;
}

/**
 * Opens a connection. It reads no more of an answer than where it ends: what is measured is the server, not this. That
 * it is the right one is for the caller to see, by `ask`.
 */
export async function openConnection({ request, ...server }: Target): Promise<Connection> {
  const socket = connect(server);
  socket.setNoDelay(true);
  await once(socket, 'secureConnect');
  let expected: number | undefined;

  return {
    ask: async () => {
      let answer = '';
      socket.write(request);
      do {
        const [chunk] = (await once(socket, 'data')) as [Buffer];
        answer += chunk.toString('latin1');
        expected ??= lengthOfAnswer(answer);
      } while (answer.length < expected);
      return answer;
    },
    repeat: (isOver, onAnswer) =>
      new Promise((resolve, reject) => {
        let [received, sentAt] = [0, performance.now()];
        const onClose = (): void => reject(new Error('the server closed a connection'));
        const onData = (chunk: Buffer): void => {
          expected ??= lengthOfAnswer(chunk.toString('latin1'));
          received += chunk.length;
          if (received < expected) return;
          if (received > expected) {
            socket.destroy(new Error(`another answer than before: ${chunk.toString()}`));
            return;
          }
          const now = performance.now();
          onAnswer(now - sentAt);
          [received, sentAt] = [0, now];
          if (!isOver()) {
            socket.write(request);
            return;
          }
          socket.off('data', onData).off('error', reject).off('close', onClose);
          resolve();
        };
        socket.on('data', onData).on('error', reject).on('close', onClose);
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
