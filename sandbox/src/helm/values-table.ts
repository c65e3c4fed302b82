import { isMap, isNode, isScalar, parseDocument, stringify, type Pair, type YAMLMap } from 'yaml';

/** One value of a chart. */
export interface Value {
  /** With dots: webhook.image.tag. */
  readonly name: string;
  /** On one line, in marks of code; where it is too long for that, where it is. */
  readonly default: string;
  /** The comment above it; empty where there is none. */
  readonly meaning: string;
}

/**
 * The values of a values.yaml, in its order. A map is one value where it is empty or nothing in it has a comment, such as
 * the resources of a container; else its entries are values.
 */
export function valuesOf(yaml: string): Value[] {
  const { contents } = parseDocument(yaml);
  return isMap(contents) ? entriesOf(contents, '') : [];
}

function entriesOf(map: YAMLMap, path: string): Value[] {
  return map.items.flatMap((pair, index) => {
    const name = `${path}${String(pair.key)}`;
    // The comment above the first entry of a map belongs to the map, for the parser.
    const comment = commentAbove(pair) || (index === 0 ? (map.commentBefore ?? '') : '');
    // An empty line parts it from what is said of the whole file.
    const meaning = comment.split(/\n\s*\n/).at(-1) ?? '';
    const { value } = pair;
    if (isMap(value) && value.items.length > 0 && hasComments(value)) return entriesOf(value, `${name}.`);
    return [{ name, default: oneLine(value), meaning: meaning.replaceAll(/\s+/g, ' ').trim() }];
  });
}

const commentAbove = ({ key }: Pair): string => (isScalar(key) ? (key.commentBefore ?? '') : '');

const hasComments = (map: YAMLMap): boolean =>
  Boolean(map.commentBefore) ||
  map.items.some((pair) => commentAbove(pair) !== '' || (isMap(pair.value) && hasComments(pair.value)));

/** Longer ones would make a table that nobody can read. */
const longestDefault = 60;

function oneLine(node: unknown): string {
  const value: unknown = isNode(node) ? node.toJSON() : node;
  const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0, singleQuote: true }).trim();
  return text.length <= longestDefault ? `\`${text}\`` : 'see values.yaml';
}

/** The values as a table of Markdown, laid out as Prettier does. */
export function tableOf(values: readonly Value[]): string {
  const rows = values.map(({ name, default: value, meaning }) =>
    [`\`${name}\``, value, meaning].map((cell) => cell.replaceAll('|', '\\|')),
  );
  const all = [['value', 'default', 'meaning'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
