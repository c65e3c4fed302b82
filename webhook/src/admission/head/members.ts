const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Calls back with the name and the place of the value of each member of an object, until that gives true; gives whether
 * it did. What is skipped is not checked. An object with spaces in it, or with escapes in a name, ends at the first of
 * them: Go writes none.
 *
 * @param from where the object begins in the text.
 */
export function someMember(text: string, from: number, see: (name: string, at: number) => boolean): boolean {
  let at = from + 1;
  while (text.charCodeAt(at) === quote) {
    const end = endOfString(text, at);
    if (text.charCodeAt(end) !== colon) return false;
    const name = text.slice(at + 1, end - 1);
    if (name.includes('\\')) return false;
    if (see(name, end + 1)) return true;
    at = endOfValue(text, end + 1);
    if (text.charCodeAt(at) !== comma) return false;
    at += 1;
  }
  return false;
}

/** The value that begins there. @throws SyntaxError */
export const valueAt = (text: string, from: number): unknown =>
  JSON.parse(text.slice(from, endOfValue(text, from)));

/** Behind the value that begins there. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at) - 1;
        break;
      case openBrace:
      case openBracket:
        depth += 1;
        break;
      case closeBrace:
      case closeBracket:
        if (depth === 0) return at;
        depth -= 1;
        break;
      case comma:
        if (depth === 0) return at;
    }
  }
  return text.length;
}

/** Behind the string that begins there. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1;
    // Backslashes come in pairs, but for one that escapes the quote.
    if (escapes % 2 === 0) return end + 1;
  }
  return text.length;
}
