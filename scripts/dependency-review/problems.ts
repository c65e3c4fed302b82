import { isPackage, nameOf, type Lock, type LockedPackage } from './lock.ts';
import { productionTree } from './programs.ts';

/** Licences that ask for no more than their own text: nothing of the programs' source has to be given away. */
const allowedLicences = [
  'Apache-2.0',
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Unlicense',
  'PSF-2.0',
];

/** What must not be in the lock file or beside it, each in a line. */
export function problemsIn(lock: Lock, allowScripts: Readonly<Record<string, boolean>>): string[] {
  const packages = Object.entries(lock).filter(([place]) => isPackage(lock, place));
  const inPrograms = productionTree(lock);
  const withScripts = [
    ...new Set(
      packages.flatMap(([place, { hasInstallScript }]) => (hasInstallScript ? [nameOf(place)] : [])),
    ),
  ];
  const decided = Object.keys(allowScripts);
  return [
    ...inPrograms.flatMap((place) => licenceProblem(place, lock[place]?.license)),
    ...inPrograms
      .filter((place) => lock[place]?.hasInstallScript)
      .map((place) => `${place} runs a script when it is installed`),
    ...packages.filter(([, locked]) => !hasIntegrity(locked)).map(([place]) => `${place} has no integrity`),
    ...packages
      .filter(([, { resolved }]) => resolved !== undefined)
      .map(([place]) => `${place} has the address of a registry`),
    ...withScripts
      .filter((name) => !decided.includes(name))
      .map((name) => `allowScripts does not decide on ${name}`),
    ...decided
      .filter((name) => !withScripts.includes(name))
      .map((name) => `allowScripts names ${name}, which has no script`),
  ];
}

const licenceProblem = (place: string, licence = 'no licence'): string[] =>
  allowedLicences.includes(licence) ? [] : [`${place} has a licence that nobody has agreed to: ${licence}`];

/**
 * Whether npm can check what it fetches. Of the workshop, what Linux on x64 and arm64 never installs may do without: not
 * every mirror has the packages of other platforms, and npm then writes them down without their hash.
 */
function hasIntegrity({ integrity, dev, optional, os, cpu }: LockedPackage): boolean {
  const elsewhere =
    !(os?.includes('linux') ?? true) || !(cpu?.some((each) => ['x64', 'arm64'].includes(each)) ?? true);
  return integrity !== undefined || (dev === true && optional === true && elsewhere);
}
