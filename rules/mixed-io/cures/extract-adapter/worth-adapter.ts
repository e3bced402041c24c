import { Pathless } from '../../../../core/edit/pathless';
import { Refusal } from '../../../../core/edit/refusal';
import { orRefusal } from '../../../../core/edit/refused';
import { unfitFor } from '../../../../core/edit/typescript/unfit-file';
import type { ParsedFile } from '../../../../core/facts/parsed-file';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { TypeScriptModel } from '../../../../core/semantics/typescript/index';
import { type IoCall, ioCallsOf, type WorthAdapter } from '../../collect';
import { TYPESCRIPT_WITH_PLACES } from '../../typescript';
import { symbolOf } from '../../units';
import { named, worthwhile } from './choice';
import { type Group, MAKES_ADAPTER } from './groups';
import type { Arranging } from './methods';
import type { Piece, Pieces } from './piece';
import { groupsOf as pythonGroups } from './python/adapters';
import { piecesToMove as pythonPieces } from './python/choice';
import { isClosedClass } from './python/holder';
import { isLargeModule } from './python/large-module';
import { ARRANGING as PYTHON } from './python/method-names';
import { goesBack } from './python/target';
import type { Subject } from './subject';
import { groupsOf } from './typescript/adapters';
import { piecesToMove } from './typescript/choice';
import { refuseUnfit } from './typescript/fitness';
import { ARRANGING } from './typescript/method-names';

/**
 * Whether calls of a class or function are worth an adapter: the plan of the cure, as far as one file tells it, so that what it refuses is
 * not offered. What is no finding of any limits is not asked.
 */
export const isWorthAdapter: WorthAdapter = (all, unit, file) => {
  const { node, start, end, isClass } = unit;
  if (unfitFor(file)) return false;
  // To a class that an earlier run has made goes what alone would not be worth one.
  if (makesAdapter(file, start, end)) return true;
  const known =
    file.family === 'python'
      ? [...all].sort((a, b) => a.start - b.start)
      : placedCalls(file).filter((call) => call.start >= start && call.end <= end);
  const calls = known.filter(({ kind }) => kind !== 'database');
  const document = new Pathless(file);
  const subject = { document, unit: node, isClass, symbol: symbolOf(unit, file) ?? '', calls, all: known };
  if (calls.length === 0) return false;
  if (file.family === 'python') {
    const typed = { ...subject, model: file.semantics as PythonModel };
    const planned = (isElsewhere: boolean) =>
      orRefusal(() => plan(pythonPieces(typed, isElsewhere, false), pythonGroups, typed, PYTHON));
    if (isClass && isClosedClass(typed)) return false;
    const isLarge = isLargeModule(document);
    const first = planned(isLarge);
    if (!(first instanceof Refusal)) return true;
    return isLarge && goesBack(first) && !(planned(false) instanceof Refusal);
  }
  const typed = { ...subject, model: file.semantics as TypeScriptModel };
  const planned = orRefusal(() => {
    refuseUnfit(typed);
    plan(piecesToMove(typed, false, [], false), groupsOf, typed, ARRANGING);
  });
  return !(planned instanceof Refusal);
};

const placed = new WeakMap<ParsedFile, readonly IoCall[]>();

/** The calls of a TypeScript file with their places, kept while its definitions are asked one after the other. */
function placedCalls(file: ParsedFile): readonly IoCall[] {
  const calls = placed.get(file) ?? ioCallsOf(file, TYPESCRIPT_WITH_PLACES);
  placed.set(file, calls);
  return calls;
}

/** Whether a definition makes an object of a class that an earlier run may have made: one of its module, or of the project. */
function makesAdapter({ source, semantics }: ParsedFile, start: number, end: number): boolean {
  const names = [...source.slice(start, end).matchAll(MAKES_ADAPTER)].map(([, name]) => name!);
  return names.some((name) => {
    const imported = semantics.imports.find(({ local }) => local === name);
    // A bare specifier is that of a package; those of Python do not tell, but the modules of adapters are called so.
    if (imported) return /^(?:\.|[@~#]\/)|(?:^|[._])(?:clients|adapters)$/.test(imported.module);
    return new RegExp(`^(?:export[ \\t]+)?class[ \\t]+${name}\\b`, 'm').test(source.text);
  });
}

/** @throws Refusal */
function plan<S extends Subject, P extends Piece>(
  found: Pieces<P>,
  groupsOf: (pieces: readonly P[], subject: S) => readonly Group<P>[],
  subject: S,
  language: Arranging<S, P>,
): void {
  const said = named(groupsOf(found.pieces, subject), subject, language);
  worthwhile(said.groups, [...found.obstacles, ...said.obstacles], subject, language, () => false);
}
