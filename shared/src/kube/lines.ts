/**
 * The longest line that is taken, in UTF-16 units: ten times what etcd takes of an object. Whoever sends more sends no
 * events, and would fill the memory.
 */
const longestLine = 16 * 1024 * 1024;

/**
 * Splits a byte stream into lines, without their ends. A last line without an end is not a whole event: it is dropped.
 *
 * @throws Error at a line that is longer than `longest`.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  longest = longestLine,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let line = '';
  for await (const chunk of chunks) {
    // Only what is new is looked through: a long line comes in thousands of chunks.
    const [rest = '', ...next] = decoder.decode(chunk, { stream: true }).split('\n');
    line += rest;
    for (const begun of next) {
      if (line !== '') yield line;
      line = begun;
    }
    if (line.length > longest) throw new Error(`a line of more than ${longest} characters`);
  }
}
