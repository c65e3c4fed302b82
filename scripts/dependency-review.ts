// npm run dependency-review: writes the figures of docs/dependencies.md anew, and says what must not be in the lock file.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readLock } from './dependency-review/lock.ts';
import { problemsIn } from './dependency-review/problems.ts';
import { withTable } from './dependency-review/table.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = `${root}docs/dependencies.md`;
const lock = readLock(`${root}package-lock.json`);
const { allowScripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  allowScripts: Record<string, boolean>;
};

writeFileSync(document, await withTable(readFileSync(document, 'utf8'), lock, root));
const problems = problemsIn(lock, allowScripts);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
