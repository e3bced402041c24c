import { sharesNoKind } from '../../../../../core/edit/typescript/new-module/target';
import { lastPart } from '../../../place';
import { VAGUE, words } from '../noun-words';
import type { SaidPlace } from './clues';
import { stemOf } from './names';
import { EMPTY, isNamedAsCheck } from './names-of-place';
import { areHeldApart, nounOf } from './noun';
import { isProblem, predicateNames } from './predicate-names';
import { isNear } from './target';

/**
 * Whether a cure of a group may be built, as far as its places tell: an upper bound, decided by the words of the cure itself. Folders with a
 * `src` of their own are packages of their own: what is left out there, the cure leaves out, too.
 */
export function mayBeExtracted(places: readonly SaidPlace[], isBody: boolean): boolean {
  // What tells errors apart validates nothing, and has its place beside the errors.
  if (places.every(({ symbol }) => /(?:Error|Exception)$/.test(lastPart(symbol)))) return false;
  const roots = new Map<string, SaidPlace[]>();
  for (const one of places) {
    const root = rootOf(one.file);
    roots.set(root, [...(roots.get(root) ?? []), one]);
  }
  const groups = [...roots.values()].filter((one) => one.length > 1 && !areShared(one));
  const isWhole = roots.size === 1 || places.some((one) => places.every((other) => other === one || names(other, one)));
  const mayBeOne = isBody ? isBodyNamed : maybeNamed;
  return [...(isWhole ? [places] : []), ...groups].some(
    (group) => !group.some(({ clues }) => clues.isUnfit) && mayBeOne(group),
  );
}

/**
 * The folder that has the `src` in which a file lies, or a tool's settings, which stand at the root of a package; empty for the workspace, and
 * where nothing tells.
 */
function rootOf(file: string): string {
  return (/^(.*?)\/src\//.exec(file) ?? /^(.+)\/[\w.-]+\.config\.[cm]?[jt]s$/.exec(file))?.[1] ?? '';
}

/** Whether a file lies in the package of another one, or imports one that is called as the folder of that package. */
function names(from: SaidPlace, to: SaidPlace): boolean {
  const root = rootOf(to.file);
  const name = root.slice(root.lastIndexOf('/') + 1);
  return (
    rootOf(from.file) === root || (from.clues.packages ?? []).some((one) => one === name || one.endsWith(`/${name}`))
  );
}

/** Places that go through one constant share it already. */
function areShared(places: readonly SaidPlace[]): boolean {
  const [{ file, clues }] = places as [SaidPlace];
  return clues.held !== undefined && places.every((one) => one.file === file && one.clues.held === clues.held);
}

/** Whole validators are called as they all are, or after what they check. */
function isBodyNamed(places: readonly SaidPlace[]): boolean {
  // Functions of one file that do the same want one of them gone, and not a third that both call.
  if (places.every(({ file, symbol }) => file === places[0]!.file && !symbol.includes('.'))) return false;
  const [first, other] = new Set(places.map(({ symbol }) => lastPart(symbol)));
  // What is called after something else that it is for would keep its name, which says less of it than nothing.
  if (other === undefined && !(isNamedAsCheck(first!) && !VAGUE.test(stemOf(first!)))) return false;
  return (
    places.length > 1 && places.every(({ clues }) => clues.isWhole) && nounOf(places, toldBy(places)) !== undefined
  );
}

/** What functions of several files are called that check, which may be one. */
function toldBy(places: readonly SaidPlace[]): string | undefined {
  const checking = places.filter(({ clues }) => clues.shown === undefined && clues.isWhole);
  const told = checking
    .map(({ symbol }) => lastPart(symbol))
    .find(
      (one) =>
        words(one).length > 1 &&
        new Set(checking.flatMap(({ file, symbol }) => (lastPart(symbol) === one ? [file] : []))).size > 1,
    );
  return told === undefined ? undefined : stemOf(told);
}

function maybeNamed(places: readonly SaidPlace[]): boolean {
  const sharing = withoutTexts(places);
  if (sharing.length < 2 || sharing.some(({ clues }) => clues.use === undefined)) return false;
  if (isSaidApart(sharing)) return false;
  if (sharing.some((one) => isNeededInside(one, sharing))) return false;
  if (areCommentedApart(sharing) || areApart(sharing)) return false;
  if (sharing.some(({ clues }) => clues.isKept) && mayKeep(sharing)) return true;
  if (areHeldApart(sharing)) return false;
  if (sharing.every(({ clues }) => clues.use === 'predicate') && isThere(sharing)) return true;
  if (sharing.some(({ clues }) => clues.answers === 'all') || !isWorthIt(sharing) || saysItself(sharing)) return false;
  if (sharing.every(({ clues }) => clues.answers)) return false;
  // A function that asks a little more has a name for it, beside which another one says nothing that the pattern itself does not say.
  const [first] = sharing;
  const isHeld = sharing.every(({ clues }) => clues.constant !== undefined && clues.constant === first!.clues.constant);
  if (!isHeld && sharing.some(({ clues }) => clues.answers)) return false;
  // What is copied is the whole condition, of which one half would stay.
  if (sharing.every(({ clues }) => clues.isPart)) return false;
  const told = toldBy(sharing);
  const noun = nounOf(sharing, told);
  if (noun === undefined) return false;
  const asking = sharing.filter(({ clues }) => clues.use === 'predicate');
  const isTold = told !== undefined && !EMPTY.test(noun);
  return isTold || asking.length === 0 || !isProblem(predicateNames(noun, asking));
}

/** Functions of one name may become one, and one that asks nothing else may be there already, where those who want it are near. */
function isThere(places: readonly SaidPlace[]): boolean {
  const [first, ...others] = places as [SaidPlace, ...SaidPlace[]];
  if (places.every(({ clues }) => clues.isThere) && others.every(({ clues }) => clues.asked === first.clues.asked))
    return true;
  return places.some(
    ({ file, clues }) =>
      clues.isThere &&
      (!clues.isHidden ||
        places.every((one) => one.file === file || (isNear(one.file, file) && !sharesNoKind(file, [one.file])))),
  );
}

/** So many characters are read again at each place before one knows that they are the same; a pattern is harder to read than a list. */
const LONG = { pattern: 16, set: 30 };

/**
 * Whether a function of three lines is a gain: it takes the place of three checks, of two constants, or of what is long.
 * A constant alone always is one.
 */
function isWorthIt(places: readonly SaidPlace[]): boolean {
  const isLong = places.some(({ clues: { kind, size = 0 } }) => kind && size > LONG[kind]);
  const areHeld = places.every(({ clues }) => clues.held !== undefined || clues.use === 'constant');
  return places.length > 2 || isLong || areHeld;
}

/** Comments of several constants speak each of its own place, and that of a function's or a class's constant of nothing else. */
function areCommentedApart(places: readonly SaidPlace[]): boolean {
  const own = places.find(({ clues: { note, reads } }) => note !== undefined && reads !== undefined);
  const said = places.map(({ clues: { note } }) => note).filter((note) => note !== undefined || own !== undefined);
  return new Set(said).size > 1;
}

/** Who is more folders below what two places have in common knows nothing of the other one. */
const NEAR = 3;

/** Scripts, each of which is run alone, and two places of one package that are far from each other. */
function areApart(places: readonly SaidPlace[]): boolean {
  const [first, second] = places as [SaidPlace, SaidPlace];
  const isOneFile = places.every(({ file }) => file === first.file);
  if (!isOneFile && places.every(({ clues }) => clues.isScript)) return true;
  if (places.length > 2 || rootOf(first.file) !== rootOf(second.file)) return false;
  const [one = [], other = []] = [first, second].map(({ file }) => file.split('/').slice(0, -1));
  let common = 0;
  while (one[common] !== undefined && one[common] === other[common]) common++;
  return Math.max(one.length, other.length) - common > NEAR;
}

/** Two short texts in place, of what is called a status and nothing more, say more of what is allowed than a name for them. */
function saysItself(places: readonly SaidPlace[]): boolean {
  const areFew = places.every(
    ({ clues: { kind, texts = [], paths, size = 0 } }) =>
      kind === 'set' && !paths && texts.length === 2 && size <= LONG.set,
  );
  const isNamed = places.every(({ clues }) => clues.constant !== undefined);
  const isBare = places.every(({ clues: { own } }) => own.length > 0 && own.every((one) => VAGUE.test(one)));
  return areFew && isBare && !isNamed && places.some(({ file }) => file !== places[0]!.file);
}

/** A constant of a function or a class that more than these places name: it would stay, beside a copy. */
function isNeededInside({ file, clues: { held, reads } }: SaidPlace, places: readonly SaidPlace[]): boolean {
  return reads !== undefined && reads > places.filter((one) => one.file === file && one.clues.held === held).length;
}

/** A constant that more than the checks name can only be shared under its own name. */
function mayKeep(places: readonly SaidPlace[]): boolean {
  const names = new Set(places.flatMap(({ clues: { held } }) => held ?? []));
  return names.size === 1 || new Set(places.map(({ file }) => file)).size === 1;
}

/** Patterns that are given as texts stay beside real ones. */
function withoutTexts(places: readonly SaidPlace[]): readonly SaidPlace[] {
  const real = places.filter(({ clues }) => !clues.isText);
  return real.length === 0 ? places : real;
}

/** A library that shows its pattern shows each as it is written: no two of them, or of them and guards, are the same. */
function isSaidApart(places: readonly SaidPlace[]): boolean {
  const declared = places.flatMap(({ clues }) => clues.shown ?? []);
  const [first] = declared;
  const others = declared.filter((one) => one !== first);
  return others.length > 0 && places.length - others.length < 2;
}
