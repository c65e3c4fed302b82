import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { treeOf, type Lock } from './lock.ts';
import { directDependencies, productionTree } from './programs.ts';
import { bytesOf } from './size.ts';

const begin = '<!-- Made by npm run dependency-review: -->';
const end = '<!-- Until here. -->';

/** The document with its table as the lock file and node_modules say now. */
export async function withTable(document: string, lock: Lock, root: string): Promise<string> {
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`the document lacks ${begin} and ${end}`);
  const text = `${before}${begin}\n\n${tableOf(lock, root)}\n\n${end}${after}`;
  const options = await resolveConfig(path.join(root, 'docs/dependencies.md'));
  return format(text, { ...options, parser: 'markdown' });
}

function tableOf(lock: Lock, root: string): string {
  const size = (places: Iterable<string>): string => {
    const bytes = [...places].reduce((sum, place) => sum + bytesOf(path.join(root, place)), 0);
    return `${(bytes / 1e6).toFixed(1)} MB`;
  };
  const rows = directDependencies(lock).map(({ name, place, usedBy }) => {
    const { version = '', license = '' } = lock[place] ?? {};
    const tree = treeOf(lock, place);
    return [
      `\`${name}\``,
      version,
      usedBy.join(', '),
      license,
      size([place]),
      String(tree.size - 1),
      size(tree),
    ];
  });
  const all = productionTree(lock);
  return [
    ['package', 'version', 'used by', 'licence', 'size', 'brings', 'with those'],
    Array(7).fill('---'),
    ...rows,
    ['all, each once', '', '', '', '', String(all.length), size(all)],
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
