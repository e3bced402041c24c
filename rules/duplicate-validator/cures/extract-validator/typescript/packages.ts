import { Refusal } from '../../../../../core/edit/refusal';
import type { Snapshot } from '../../../../../core/edit/snapshot';
import { packageOf } from '../../../../../core/edit/typescript/new-module/target';
import type { Site } from './site';

/** What a package.json says that decides who may import what. */
interface Manifest {
  readonly name?: unknown;
  readonly exports?: unknown;
  readonly dependencies?: unknown;
  readonly peerDependencies?: unknown;
  readonly devDependencies?: unknown;
}

/** Places by the package that holds them, the largest group first. */
export async function byPackage(sites: readonly Site[], snapshot: Snapshot): Promise<[home: string, sites: Site[]][]> {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const home = await packageOf(site.document.file, snapshot);
    groups.set(home, [...(groups.get(home) ?? []), site]);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

/** The package that can hold what all others share, or why there is none: a package that does not name another one. */
export type CommonPackage = { readonly home: string } | { readonly refusal: Refusal | undefined };

/** The one of some packages that all others name as a dependency. */
export async function commonPackage(homes: readonly string[], snapshot: Snapshot): Promise<CommonPackage> {
  const manifests = new Map<string, Manifest>();
  for (const home of homes) manifests.set(home, await manifestOf(home, snapshot));
  for (const home of homes) {
    const { name } = manifests.get(home)!;
    if (typeof name !== 'string') continue;
    if (homes.every((other) => other === home || dependsOn(manifests.get(other)!, name))) return { home };
  }
  const names = homes.map((home) => manifests.get(home)!.name).filter((name) => typeof name === 'string');
  const [first, second] = names;
  if (names.length < homes.length || second === undefined) return { refusal: undefined };
  return { refusal: new Refusal('not-a-dependency', { package: first!, other: second }) };
}

function dependsOn({ dependencies, peerDependencies, devDependencies }: Manifest, name: string): boolean {
  return [dependencies, peerDependencies, devDependencies].some(
    (one) => typeof one === 'object' && one !== null && Object.hasOwn(one, name),
  );
}

/**
 * Others must be able to import a module of a package: without `exports` they can import any, else those that it lists.
 * @throws Refusal `not-exported`
 */
export async function refuseUnexported(file: string, home: string, snapshot: Snapshot): Promise<void> {
  const { name, exports } = await manifestOf(home, snapshot);
  if (exports === undefined || exports === null) return;
  const own = home === '' ? file : file.slice(home.length + 1);
  const stem = withoutEnding(own);
  const isListed = targetsOf(exports).some((target) => {
    const [before, behind] = withoutEnding(target.replace(/^\.\//, '')).split('*');
    return behind === undefined ? before === stem : stem.startsWith(before!) && stem.endsWith(behind);
  });
  if (!isListed) throw new Refusal('not-exported', { file, package: String(name) });
}

/** The files that an `exports` leads to, whatever the conditions. */
function targetsOf(exports: unknown): string[] {
  if (typeof exports === 'string') return [exports];
  if (typeof exports !== 'object' || exports === null) return [];
  return Object.values(exports).flatMap(targetsOf);
}

const withoutEnding = (path: string): string => path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');

async function manifestOf(home: string, snapshot: Snapshot): Promise<Manifest> {
  const text = await snapshot.text?.(`${home === '' ? '' : `${home}/`}package.json`);
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
