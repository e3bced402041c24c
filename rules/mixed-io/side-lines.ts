import type { SourceFile } from '../../core/text/source-file';
import type { IoCall } from './collect';
import type { IoKind } from './kinds';
import { methodsOf, type Unit } from './units';

export type CallsByKind = Partial<Record<IoKind, readonly IoCall[]>>;

/** Calls that ask which files there are. */
const LISTS =
  /(?:^|\.)(?:listdir|scandir|walk|iterdir|i?glob|rglob|readdir|opendir|globby|tiny-glob|fast-glob|readDirectory|readDir)(?:Sync)?(?:\.sync)?$/;

/** Calls that take files away. */
const REMOVES =
  /(?:^|\.)(?:remove|unlink|rmdir|removedirs|rmtree|rm|emptyDir|rimraf|del|delete)(?:Sync|Async)?(?:\.sync)?$/;

/** More than a few removals are a job of their own. */
const FEW = 4;

/**
 * Leaves out the calls that go with others and say nothing about the job of a class or function: a folder that is listed once (as little
 * as to ask whether it exists), the removal of temporary files of its own, and what a process is given and leaves behind, where that is
 * only listed and removed. A class of many
 * methods whose only two calls stand in methods of their own mixes nothing.
 */
export function withoutSideLines(calls: CallsByKind, unit: Unit, source: SourceFile): CallsByKind {
  const { file, ...others } = calls;
  if (file && isSideLine(file, others, source)) return others;
  return isApart(calls, unit) ? {} : calls;
}

function isSideLine(files: readonly IoCall[], others: CallsByKind, source: SourceFile): boolean {
  const isListing = ({ path }: IoCall): boolean => LISTS.test(path);
  const isRemoval = ({ path }: IoCall): boolean => REMOVES.test(path);
  if (files.length === 1 && isListing(files[0]!)) return true;
  if (files.every((call) => isRemoval(call) && /te?mp/i.test(source.slice(call.start, call.end)))) return true;
  const isOfProcess = Object.keys(others).every((kind) => kind === 'process');
  return isOfProcess && files.length <= FEW && files.every((call) => isListing(call) || isRemoval(call));
}

/** A class with so many methods is about something else than its two calls. */
const MANY_METHODS = 20;

/** Whether a class of many methods makes one call of each of two kinds, in different methods: nothing stands between them. */
function isApart(calls: CallsByKind, unit: Unit): boolean {
  const kinds = Object.values(calls);
  if (kinds.length !== 2 || kinds.some((list) => list.length !== 1) || methodsOf(unit) < MANY_METHODS) return false;
  const members = unit.node.childForFieldName('body')?.namedChildren ?? [];
  const [first, second] = kinds.map(([call]) =>
    members.find((one) => one.startIndex <= call!.start && call!.end <= one.endIndex),
  );
  return first !== undefined && second !== undefined && first.id !== second.id;
}
