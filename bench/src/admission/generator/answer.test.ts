import { describe, expect, it } from '@jest/globals';
import { lengthOfAnswer } from './answer.ts';

describe('the length of an answer', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 12\r\nDate: now\r\n\r\n';

  it.each(['', 'some', 'all of body.'])('is known when its head has arrived, and %j of its body', (body) => {
    expect(lengthOfAnswer(head + body)).toBe(head.length + 12);
  });

  it.each([
    ['that is no success', head.replace('200 OK', '503 Service Unavailable')],
    ['without a length', head.replace('Content-Length: 12', 'Transfer-Encoding: chunked')],
    ['whose head has not arrived', head.slice(0, -4)],
  ])('is refused of one %s', (_, beginning) => {
    expect(() => lengthOfAnswer(beginning)).toThrow('cannot be measured');
  });
});
