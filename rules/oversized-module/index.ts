import { type FindingDraft, fingerprint, type RelatedPlace, type Severity } from '../../core/rule/finding';
import {
  type AnyRule,
  defineRule,
  type FileView,
  type GroupMember,
  type IndexEntry,
  type RuleMeta,
} from '../../core/rule/rule';
import { familyOf } from '../../core/syntax/language';
import { moduleCollector } from './collect';
import { isMigrationPath } from './exempt';
import type { ModuleFacts, Seam } from './facts';
import { countImporters, type ImporterValue, importEntries, moduleKey } from './importers';
import { type Options, options } from './options';
import { pl } from './pl';
import { findSeams } from './seams';

const severity = { oversized: 'warning', large: 'information' } as const satisfies Record<string, Severity>;

const meta: RuleMeta = {
  id: 'oversized-module',
  title: 'A module that has outgrown one file',
  languages: ['python', 'typescript'],
  severity,
  profile: 'default',
  measuresSize: true,
  messages: {
    seams:
      '{lines, number} lines, more than {limit, number}: {seams, plural, ' +
      '=0 {no seams between its top-level definitions} one {# seam; it} other {# seams; the largest}}' +
      '{seams, plural, =0 {} other { is {largest, number} lines{importers, plural, =0 {} one { and has # importer} other { and has # importers}}}}' +
      '{held, plural, =0 {} other {; {kind, select, function {function {name}} class {class {name}} module {the default export} other {{name}}} holds # of its lines}}',
    seam:
      'seam of {lines, number} lines{importers, plural, =0 {} one { with # importer} other { with # importers}}: ' +
      '{names}{more, plural, =0 {} other { and # more}}' +
      '{sharing, plural, =0 {} other {; share {shares}}}{calling, plural, =0 {} other {; use {calls}}}' +
      '{wording, plural, =0 {} other {; are named after {words}}}',
  },
  advice: {
    reason:
      'In a module of this length everything is near to everything else: nobody sees what depends on what, and every change and every test touches the same file.',
    recommendation:
      'Part it along its seams, the largest first, and keep the old names importable; where one class holds it all, part the class.',
  },
  cures: [],
  aliases: { noqa: ['C0302', 'PLC0302'], eslint: ['max-lines'] },
  translations: { pl },
};

/** What a module says of itself in the index. */
type ModuleValue = { readonly module: ModuleFacts; readonly lines: number };

type Value = ModuleValue | ImporterValue;

/** Reports modules with too many lines, and where they could be parted. */
export const oversizedModule: AnyRule = defineRule<ModuleFacts, Options, Value>({
  meta,
  options,
  collect: moduleCollector,
  contribute: (view) => [...moduleEntry(view), ...importEntries(view)],
  evaluate: (_, members) => {
    const importers = members.flatMap(({ file, value }) => (isModule(value) ? [] : [{ file, value }]));
    return members.flatMap((member) => (isModule(member.value) ? judge(member, member.value, importers) : []));
  },
});

function moduleEntry(view: FileView<ModuleFacts | undefined>): IndexEntry<Value>[] {
  const { facts, all, file } = view;
  if (!facts || isMigrationPath(file)) return [];
  return [{ key: moduleKey(file, familyOf(all.language)), value: { module: facts, lines: all.lines }, line: 0 }];
}

function isModule(value: Value): value is ModuleValue {
  return !Array.isArray(value);
}

function judge(
  { file, isTest, options, enabled }: GroupMember<Value, Options>,
  { module, lines }: ModuleValue,
  importers: readonly { readonly file: string; readonly value: ImporterValue }[],
): FindingDraft[] {
  const warning = isTest ? options.testWarningLines : options.warningLines;
  const information = isTest ? options.testInformationLines : options.informationLines;
  const isWarning = lines > warning;
  if (!enabled || !(isWarning || lines > information)) return [];
  const limit = isWarning ? warning : information;
  const seams = seamsOf(module).map((seam) => ({ seam, importers: countImporters(file, seam, importers) }));
  const name = isWarning ? 'oversized' : 'large';
  return [
    {
      case: name,
      severity: severity[name],
      ...verdict(module, lines, limit, seams),
      file,
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: module.head } },
      related: seams.map((one) => relatedPlace(file, one)),
      fingerprint: fingerprint('oversized-module', module.first ?? ''),
      cures: [],
      data: {
        lines,
        limit,
        seams: seams.map(({ seam, importers }) => ({
          names: seam.names,
          lines: seam.lines,
          importers,
          reasons: { shares: seam.shares, calls: seam.calls, words: seam.words },
        })),
      },
    },
  ];
}

interface CountedSeam {
  readonly seam: Seam;
  readonly importers: number;
}

function verdict(
  module: ModuleFacts,
  lines: number,
  limit: number,
  seams: readonly CountedSeam[],
): Pick<FindingDraft, 'messageId' | 'args'> {
  const [largest] = seams;
  const one = module.dominant;
  return {
    messageId: 'seams',
    args: {
      lines,
      limit,
      seams: seams.length,
      largest: largest?.seam.lines ?? 0,
      importers: largest?.importers ?? 0,
      held: one?.lines ?? 0,
      kind: one?.name === 'default' ? 'module' : (one?.kind ?? ''),
      name: one?.name ?? '',
    },
  };
}

const NAMES_SHOWN = 3;

function relatedPlace(file: string, { seam, importers }: CountedSeam): RelatedPlace {
  return {
    file,
    range: { start: { line: seam.line, character: 0 }, end: { line: seam.line, character: 1 } },
    messageId: 'seam',
    args: {
      lines: seam.lines,
      importers,
      names: seam.names.slice(0, NAMES_SHOWN).join(', '),
      more: Math.max(0, seam.names.length - NAMES_SHOWN),
      sharing: seam.shares.length,
      shares: seam.shares.join(', '),
      calling: seam.calls.length,
      calls: seam.calls.join(', '),
      wording: seam.words.length,
      words: seam.words.join(', '),
    },
  };
}

const known = new WeakMap<ModuleFacts, readonly Seam[]>();

/** Seams that are not remembered are computed once for one state of a module, however often its importers change. */
function seamsOf(module: ModuleFacts): readonly Seam[] {
  if (!module.parts) return module.seams ?? [];
  let seams = known.get(module);
  if (!seams) {
    seams = findSeams(module.parts);
    known.set(module, seams);
  }
  return seams;
}
