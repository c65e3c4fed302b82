// The licences of what is in a bundle: most ask for their text to go with each copy.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The packages that files come from, as their folders; what is in no package is ours. */
export function packagesOf(files: Iterable<string>): string[] {
  const folders = [...files].map(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0],
  );
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

/** The name, version and licence of each package, above the texts that they have of it; each text is there once. */
export async function licencesOf(folders: readonly string[], root: string): Promise<string> {
  const packages = await Promise.all(folders.map((folder) => licenceOf(join(root, folder))));
  const byText = Map.groupBy(packages, ({ text }) => text);
  const sections = [...byText].map(([text, those]) => `${those.map(({ of }) => of).join('\n')}\n\n${text}\n`);
  return sections.join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenceOf(folder: string): Promise<{ readonly of: string; readonly text: string }> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license: string;
  };
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /^(licen[cs]e|notice|copying)/i.test(entry.name))
    .map((file) => file.name)
    .sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const text = texts.map((one) => one.replaceAll('\r', '').trim()).join('\n\n');
  return { of: `${name} ${version}: ${license}`, text: text || 'The package has no text of it.' };
}
