import { type CureOffer, type FindingDraft, fingerprint, type RelatedPlace } from '../../core/rule/finding';
import { type AnyRule, defineRule, type FileView, type RuleMeta } from '../../core/rule/rule';
import { collect } from './collector';
import { extractAdapter } from './cures/extract-adapter/index';
import type { IoPlace, IoUnit } from './facts';
import { IO_KINDS, type IoKind } from './kinds';
import { type MixedIoOptions, options } from './options';
import { pl } from './pl';

const KIND = 'http {HTTP} process {process} file {file} database {database} other {cloud or model SDK}';
const CALLS = 'plural, one {# call} other {# calls}';
const HEAD = `{name, select, none {This function} other {{name}}} mixes {kind1, select, ${KIND}} ({count1, ${CALLS}})`;
const TAIL = 'with its own logic in {lines, plural, other {# lines}}';
const next = (n: number) => `{kind${n}, select, ${KIND}} ({count${n}})`;
const last = (n: number) => `{kind${n}, select, ${KIND}} I/O ({count${n}})`;

const meta: RuleMeta = {
  id: 'mixed-io',
  title: 'A class or function that does several kinds of I/O beside its own logic',
  languages: ['python', 'typescript'],
  severity: 'warning',
  profile: 'default',
  messages: {
    kinds2: `${HEAD} and ${last(2)} ${TAIL}`,
    kinds3: `${HEAD}, ${next(2)} and ${last(3)} ${TAIL}`,
    kinds4: `${HEAD}, ${next(2)}, ${next(3)} and ${last(4)} ${TAIL}`,
    kinds5: `${HEAD}, ${next(2)}, ${next(3)}, ${next(4)} and ${last(5)} ${TAIL}`,
    first: `first {kind, select, ${KIND}} call`,
  },
  advice: {
    reason:
      'Rules that stand between requests, processes, files and queries can only be tried out with all of them at hand, and a change of one touches the rest.',
    recommendation: 'Give each kind of I/O an adapter of its own and leave the decisions where they are.',
  },
  cures: [extractAdapter],
  translations: { pl },
};

/** Reports classes and functions whose logic is interwoven with I/O of several kinds, so that none can be tested or exchanged alone. */
export const mixedIo: AnyRule = defineRule<readonly IoUnit[], MixedIoOptions>({
  meta,
  options,
  collect,
  check(view, limits) {
    // Tests read files, start processes and call services by nature.
    if (view.isTest) return [];
    const reported = new Set<number>();
    return view.facts.flatMap((unit, index) => {
      const isInside = unit.outer !== undefined && reported.has(unit.outer);
      const isMixed = isInside || exceeds(unit, limits);
      if (isMixed) reported.add(index);
      return isMixed && !isInside ? [draft(view, unit)] : [];
    });
  },
  // One kind less outweighs any number of calls.
  weigh({ data }) {
    const lines = Object.values(data.kinds as Readonly<Record<string, readonly number[]>>);
    return [lines.length, lines.reduce((sum, one) => sum + one.length, 0)];
  },
});

/** Where no call may be worth an adapter, an offer would only be refused. */
function offersOf({ isThin }: IoUnit): CureOffer[] {
  return isThin ? [] : [{ id: extractAdapter.id, applicability: 'safe' }];
}

function exceeds(unit: IoUnit, limits: MixedIoOptions): boolean {
  if (Object.keys(unit.calls).length < limits.kinds) return false;
  if (limits.strictness === 'likely' && !isLikely(unit, limits)) return false;
  return unit.isClass
    ? unit.lines > limits.classLines && unit.methods >= limits.methods
    : unit.lines > limits.functionLines;
}

/** From so many times its limit on a class or function is about more than its calls. */
const MUCH = 2.5;

/** Fewer calls than these are no job of their own. */
const SEVERAL = 3;

/** As many files as a program is given and leaves behind. */
const FILES_OF_PROCESS = 4;

/**
 * Whether something speaks for it that an owner wants the kinds apart. Judged on unseen projects, a small class with few calls mostly was
 * the adapter, the driver of a command-line tool with its files, or the transfer that it was read as mixing.
 */
function isLikely({ calls, isClass, lines, isDoubtful }: IoUnit, limits: MixedIoOptions): boolean {
  if (isDoubtful) return false;
  const isLarge = lines >= MUCH * (isClass ? limits.classLines : limits.functionLines);
  const total = Object.values(calls).reduce((sum, own) => sum + own.length, 0);
  if (total < (isClass && !isLarge ? SEVERAL + 1 : SEVERAL)) return false;
  const { process, file, ...others } = calls;
  return isLarge || Object.keys(others).length > 0 || !process || !file || file.length > FILES_OF_PROCESS;
}

function draft(view: FileView<readonly IoUnit[]>, unit: IoUnit): FindingDraft {
  const kinds = IO_KINDS.flatMap((kind) => {
    const places = unit.calls[kind];
    return places ? [{ kind, places }] : [];
  });
  const [line, character, endLine, endCharacter] = unit.head;
  const args: Record<string, string | number> = { name: unit.symbol ?? 'none', lines: unit.lines };
  for (const [index, { kind, places }] of kinds.entries()) {
    args[`kind${index + 1}`] = kind;
    args[`count${index + 1}`] = places.length;
  }
  return {
    case: 'default',
    severity: 'warning',
    messageId: `kinds${kinds.length}`,
    args,
    file: view.file,
    range: { start: { line, character }, end: { line: endLine, character: endCharacter } },
    extentEndLine: unit.endLine,
    ...(unit.symbol === undefined ? {} : { symbol: unit.symbol }),
    related: kinds.map(({ kind, places }) => firstCall(view.file, kind, places[0]!)),
    fingerprint: fingerprint(unit.symbol ?? '', ...kinds.map(({ kind }) => kind)),
    cures: offersOf(unit),
    data: {
      kinds: Object.fromEntries(kinds.map(({ kind, places }) => [kind, linesOf(places)])),
      lines: unit.lines,
      methods: unit.methods,
    },
  };
}

function firstCall(file: string, kind: IoKind, [line, start, end]: IoPlace): RelatedPlace {
  const range = { start: { line, character: start }, end: { line, character: end } };
  return { file, range, messageId: 'first', args: { kind } };
}

/** 1-based, each line once. */
function linesOf(places: readonly IoPlace[]): number[] {
  return [...new Set(places.map(([line]) => line + 1))];
}
