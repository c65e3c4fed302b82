import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** The bytes of a package's files as they are installed, without the packages in it. */
export function bytesOf(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue;
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) bytes += bytesOf(inside);
    else if (entry.isFile()) bytes += statSync(inside).size;
  }
  return bytes;
}
