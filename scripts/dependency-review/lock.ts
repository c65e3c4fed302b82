import { readFileSync } from 'node:fs';

/** What package-lock.json says of a package, by its place: `node_modules/yaml`, or `webhook` for a workspace. */
export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export type Lock = Readonly<Record<string, LockedPackage>>;

/** Reads the packages of a lock file. */
export const readLock = (file: string): Lock =>
  (JSON.parse(readFileSync(file, 'utf8')) as { packages: Lock }).packages;

/** The places of all that a package needs at run time, itself included; workspaces stand for their dependencies only. */
export function treeOf(lock: Lock, place: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(place)) return seen;
  seen.add(place);
  const { dependencies = {}, optionalDependencies = {} } = lock[place] ?? {};
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const found = placeOf(lock, name, place);
    if (found !== undefined) treeOf(lock, found, seen);
  }
  return seen;
}

/** Where a package finds another, as Node looks for it: in its own node_modules, then in those around it. */
export function placeOf(lock: Lock, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    const found = lock[place];
    if (found) return found.link ? found.resolved : place;
    if (folder === '') return undefined;
  }
}

/** The name of the package at a place. */
export const nameOf = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 13);

/** False for workspaces, and for links to them. */
export const isPackage = (lock: Lock, place: string): boolean =>
  place.includes('node_modules/') && lock[place]?.link !== true;
