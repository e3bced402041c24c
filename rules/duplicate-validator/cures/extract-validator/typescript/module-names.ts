import { CODE } from '../../../../../core/edit/typescript/new-module/target';
import { words } from '../noun-words';

/**
 * Names for a module of validators in the manner of a folder's other files, the best first.
 * @param files those that will import it
 */
export function namesLike(neighbours: readonly string[], folder: string, files: readonly string[]): string[] {
  const stems = neighbours
    .map((file) => file.slice(folder === '' ? 0 : folder.length + 1).replace(CODE, ''))
    .filter((stem) => !/^(?:index|main|app|mod)$/i.test(stem));
  const half = stems.length / 2;
  const dotted = stems.filter((stem) => /^[\w-]+\.[a-z-]+$/.test(stem));
  if (dotted.length > half) {
    const heads = dotted.map((stem) => stem.slice(0, stem.indexOf('.')));
    const head = commonest(heads)!;
    // What one file is called says nothing of the others.
    const isCommon = heads.length === 1 || heads.filter((one) => one === head).length > 1;
    // Where code runs is no kind of it: the new file runs there too.
    const place = commonest(dotted.map((stem) => stem.slice(stem.indexOf('.') + 1)))!;
    const isPlace = /^(?:server|client|node|browser|edge|worker)$/.test(place);
    if (isPlace && files.every((file) => file.replace(CODE, '').endsWith(`.${place}`)))
      return [`validators.${place}`, `validation.${place}`];
    const kinds = new Set(dotted.map((stem) => stem.slice(stem.indexOf('.') + 1)));
    const own = words(folder).at(-1) ?? 'shared';
    const names = [...(isCommon ? [head] : []), ...(kinds.has(own) ? [] : [own]), 'shared'];
    return names.map((name) => `${name}.validators`);
  }
  // A component is called by the name of what it is.
  const plain = neighbours.filter((file) => !/x$/.test(file)).map((file) => file.slice(file.lastIndexOf('/') + 1));
  if (plain.length > 0 && plain.filter((name) => /^[A-Z]\w*\.\w+$/.test(name)).length > plain.length / 2)
    return ['Validators', 'Validation', 'SharedValidators'];
  const isCamel =
    stems.filter((stem) => /^[a-z]\w*[A-Z]/.test(stem)).length > stems.filter((stem) => /-/.test(stem)).length;
  const isSnake = stems.filter((stem) => /_/.test(stem)).length > half;
  return [
    'validators',
    'validation',
    isCamel ? 'sharedValidators' : isSnake ? 'shared_validators' : 'shared-validators',
  ];
}

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** `.ts` where any file is TypeScript, and the module format that all of them have. */
export function endingOf(files: readonly string[]): string {
  const endings = new Set(files.map((file) => CODE.exec(file)![0].replace('x', '')));
  if (endings.size === 1) return [...endings][0]!;
  return files.some((file) => /\.[cm]?tsx?$/.test(file)) ? '.ts' : '.js';
}
