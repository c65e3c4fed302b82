import { describe, expect, it } from '@jest/globals';
import { splitLines } from './lines.ts';

async function linesOf(...chunks: Uint8Array[]): Promise<string[]> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  return Array.fromAsync(splitLines(stream()));
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the lines of a stream', () => {
  it.each([
    ['may share a chunk', ['a\nb\n'], ['a', 'b']],
    ['may be spread over chunks', ['a', 'b', 'c\nd\n'], ['abc', 'd']],
    ['are none when there are no chunks', [], []],
    ['leave out empty ones', ['a\n\n\nb\n'], ['a', 'b']],
    ['leave out a last one that was cut off', ['a\n{"type":'], ['a']],
  ])('%s', async (_, chunks, expected) => {
    expect(await linesOf(...chunks.map(bytes))).toEqual(expected);
  });

  it('may have a character that is cut in two by chunks', async () => {
    const whole = bytes('naïve\n');
    expect(await linesOf(whole.slice(0, 3), whole.slice(3))).toEqual(['naïve']);
  });
});
