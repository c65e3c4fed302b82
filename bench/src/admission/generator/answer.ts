const endOfHead = '\r\n\r\n';
const contentLength = /\r\ncontent-length: *(\d+)\r\n/i;

/**
 * How long an answer is, head and body, by its beginning: all of its head, and any of its body.
 *
 * @throws Error where it is not a 200 that says its length.
 */
export function lengthOfAnswer(beginning: string): number {
  const headLength = beginning.indexOf(endOfHead) + endOfHead.length;
  const head = beginning.slice(0, headLength);
  const [, bodyLength] = contentLength.exec(head) ?? [];
  if (!head.startsWith('HTTP/1.1 200 ') || bodyLength === undefined)
    throw new Error(`an answer that cannot be measured: ${beginning}`);
  return headLength + Number(bodyLength);
}
