import { describe, expect, it } from '@jest/globals';
import { testPod } from '../test-pod.ts';
import { podStatus, type PodStatus } from './pod-status.ts';
import { statusWriter } from './status-writer.ts';

const status = (address: string): PodStatus =>
  podStatus({
    pod: testPod(),
    containers: [],
    sidecars: [],
    hostAddress: '127.32.0.1',
    address,
    startedAt: 0,
    now: 0,
    previous: undefined,
  });

/** A writer whose patches take until `accept` is called, and what it has sent. */
function writer() {
  const sent: (string | undefined)[] = [];
  const waiting: ((accepted: boolean) => void)[] = [];
  const problems: unknown[] = [];
  const abandoned = new AbortController();
  const subject = statusWriter({
    api: {
      patchStatus: ({ podIP }) => {
        sent.push(podIP);
        const { promise, resolve, reject } = Promise.withResolvers<boolean>();
        waiting.push((accepted) => (accepted ? resolve(true) : reject(new Error('refused'))));
        return promise;
      },
      remove: () => Promise.resolve(),
    },
    signal: abandoned.signal,
    onWritten: () => undefined,
    onProblem: (problem) => problems.push(problem),
  });
  const settle = async (accepted = true): Promise<void> => {
    waiting.shift()?.(accepted);
    await new Promise(setImmediate);
  };
  const write = (status: PodStatus): void => subject.write(status);
  const idle = (): Promise<void> => subject.idle();
  return { write, idle, sent, settle, problems, abandon: () => abandoned.abort() };
}

describe('a status writer', () => {
  it('sends one patch at a time, and of several waiting ones the last', async () => {
    const { write, idle, sent, settle } = writer();
    for (const address of ['127.0.0.1', '127.0.0.2', '127.0.0.3']) write(status(address));
    expect(sent).toEqual(['127.0.0.1']);
    await settle();
    await settle();
    await idle();
    expect(sent).toEqual(['127.0.0.1', '127.0.0.3']);
  });

  it('does not send what the API server has', async () => {
    const { write, idle, sent, settle } = writer();
    write(status('127.0.0.1'));
    await settle();
    write(status('127.0.0.1'));
    await idle();
    expect(sent).toEqual(['127.0.0.1']);
  });

  it('reports a refusal, and goes on with the next status', async () => {
    const { write, sent, settle, problems } = writer();
    write(status('127.0.0.1'));
    await settle(false);
    expect(problems).toEqual([new Error('refused')]);
    write(status('127.0.0.2'));
    expect(sent).toEqual(['127.0.0.1', '127.0.0.2']);
  });

  it('sends nothing more once the pod is abandoned', async () => {
    const { write, idle, sent, settle, abandon } = writer();
    write(status('127.0.0.1'));
    write(status('127.0.0.2'));
    abandon();
    await settle();
    await idle();
    expect(sent).toEqual(['127.0.0.1']);
  });
});
