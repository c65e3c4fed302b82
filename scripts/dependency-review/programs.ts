import { isPackage, placeOf, treeOf, type Lock } from './lock.ts';

/** What the programs are made of; the other workspaces are never in an image. */
const programWorkspaces = ['shared', 'certs', 'webhook', 'syncer'];

/** A package that the programs name themselves. */
export interface DirectDependency {
  readonly name: string;
  readonly place: string;
  readonly usedBy: readonly string[];
}

/** The packages that the programs name themselves, by name. */
export function directDependencies(lock: Lock): readonly DirectDependency[] {
  const found = new Map<string, DirectDependency>();
  for (const workspace of programWorkspaces) {
    for (const name of Object.keys(lock[workspace]?.dependencies ?? {})) {
      const place = placeOf(lock, name, workspace);
      if (place === undefined || !isPackage(lock, place)) continue;
      const usedBy = [...(found.get(name)?.usedBy ?? []), workspace];
      found.set(name, { name, place, usedBy });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The places of every package that the programs need at run time. */
export function productionTree(lock: Lock): readonly string[] {
  const places = new Set<string>();
  for (const workspace of programWorkspaces) treeOf(lock, workspace, places);
  return [...places].filter((place) => isPackage(lock, place)).sort();
}
