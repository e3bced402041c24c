import type { ParsedFile } from '../../core/facts/parsed-file';
import type { ImportedName } from '../../core/semantics/model';
import type { SyntaxNode } from '../../core/syntax/node';
import { isMixture } from './evidence';
import type { IoPlace, IoUnit } from './facts';
import { IO_KINDS, type IoKind } from './kinds';
import { type Origin, OriginReader } from './origin';
import { withoutSideLines } from './side-lines';
import { withoutOwnSqliteFiles } from './sqlite';
import type { IoTable } from './table';
import { headOf, methodsOf, symbolOf, type Unit, unitsOf } from './units';

/** One call that does I/O. */
export interface IoCall {
  readonly kind: IoKind;
  readonly path: string;
  /** Offsets of the callee and of the whole call. */
  readonly start: number;
  readonly calleeEnd: number;
  readonly end: number;
}

/** What the languages differ in. */
export interface IoLanguage {
  readonly table: IoTable;
  /** The kinds that the file may do, judged by its text alone; fewer than two end the search. Asked of every file, so it is cheap. */
  kindsIn(file: ParsedFile): ReadonlySet<IoKind>;
  /** What the text of a definition must show to do I/O of a kind, where names alone say too little. */
  evidenceOf(kind: IoKind, file: ParsedFile): RegExp | undefined;
  /** What must stand before a called name for it to do I/O of a kind, where most calls of such names are something else. */
  before(kind: IoKind, file: ParsedFile): RegExp | undefined;
  /** Marks of a test in its text: what tests do is not judged, so nothing is computed for them. */
  readonly tests: RegExp;
  /** A name that is called, or a tag of a template; its first group is the name. */
  readonly calls: RegExp;
  /** Functions that call the function which they are handed: `asyncio.to_thread(requests.get, url)`. */
  readonly runners: RegExp;
  /** The qualified name that an import gives. */
  importedPath(name: ImportedName): string;
  readonly rename?: (path: string) => string;
}

/** Whether calls of a unit may be worth an adapter; those of databases are among them. */
export type WorthAdapter = (calls: readonly IoCall[], unit: Unit, file: ParsedFile) => boolean;

/** Finds the large classes and functions of a file that do at least two kinds of I/O. */
export function collectIo(file: ParsedFile, language: IoLanguage, isWorth: WorthAdapter): IoUnit[] | undefined {
  const kinds = language.kindsIn(file);
  if (kinds.size < 2 || language.tests.test(file.source.text)) return undefined;
  const finder = new CallFinder(file, language, kinds);
  // What the whole text does not promise, none of its parts does.
  if (!finder.isPromising(file.source.text)) return undefined;
  const units = unitsOf(file);
  const calls = withoutOwnSqliteFiles(finder.callsIn(units), file);
  const found = factsOf(file, units, calls, isWorth);
  return found.length > 0 ? found : undefined;
}

/** The I/O calls of the definitions that {@link collectIo} judges, in document order: what a cure of a finding moves. */
export function ioCallsOf(file: ParsedFile, language: IoLanguage): IoCall[] {
  const finder = new CallFinder(file, language, language.kindsIn(file));
  return withoutOwnSqliteFiles(finder.callsIn(unitsOf(file)), file);
}

const PROMISED = /([A-Za-z_$][\w$]*)\s{0,4}=\s{0,4}(?:\w+\.)?promisify\(/g;
const RENAMED = /\b([A-Za-z_$][\w$]*)(?:[ \t]+as[ \t]+|[ \t]*:[ \t]*)([A-Za-z_$][\w$]*)/g;
const DEFAULT_IMPORTS =
  /(?:\bimport|\bconst|\blet|\bvar)[ \t]+([A-Za-z_$][\w$]*)[^\n'"]{0,80}?(?:\bfrom[ \t]*|\brequire\()['"](?:node:)?([^'"\n]+)['"]/g;
/** Functions that are handed to a runner stand without parentheses. */
const WRAPPED = /\b(?:to_thread|\w*run_in_\w+|run_sync)\(/;

class CallFinder {
  private readonly origins: OriginReader;
  private readonly any: boolean;
  private readonly locals = new Set<string>();
  private readonly before = new Map<IoKind, RegExp>();
  private readonly evidence = new Map<IoKind, RegExp>();
  /** Names that this file gives to functions and modules of the table. */
  private readonly renamed = new Map<string, ReadonlySet<IoKind>>();

  constructor(
    private readonly file: ParsedFile,
    private readonly language: IoLanguage,
    private readonly kinds: ReadonlySet<IoKind>,
  ) {
    this.origins = new OriginReader(file, language.table, language.rename);
    for (const kind of kinds) {
      const before = language.before(kind, file);
      if (before) this.before.set(kind, before);
      const evidence = language.evidenceOf(kind, file);
      if (evidence) this.evidence.set(kind, evidence);
    }
    this.any = [...kinds].some((kind) => language.table.hasAnyVerb(kind));
    this.learnNames(file.source.text);
  }

  callsIn(all: readonly Unit[]): IoCall[] {
    const { text } = this.file.source;
    const calls: IoCall[] = [];
    // A last look at the text before semantics are paid for: the outermost definitions that call names of two kinds.
    const units = all.filter((unit) => !unit.outer && this.isPromising(text.slice(unit.start, unit.end)));
    if (units.length === 0) return calls;
    for (const name of this.file.semantics.imports) {
      if (!name.typeOnly && this.language.table.kindOf(this.language.importedPath(name))) this.locals.add(name.local);
    }
    for (const unit of units) {
      for (const match of text.slice(unit.start, unit.end).matchAll(this.language.calls)) {
        const name = match[1]!;
        const at = unit.start + match.index;
        if (this.language.runners.test(name)) this.addReferences(at, name, calls);
        if (this.mayBeIo(name, at)) this.addCall(at, name, calls);
      }
    }
    return withoutChains(calls);
  }

  private learnNames(text: string): void {
    // `const execAsync = promisify(exec)`: called by a name of the file's own.
    if (text.includes('promisify(')) for (const [, name] of text.matchAll(PROMISED)) this.locals.add(name!);
    for (const name of this.locals) this.renamed.set(name, this.kinds);
    for (const [, name, alias] of text.matchAll(RENAMED)) {
      const kinds = this.language.table.kindsOfVerb(name!);
      if (kinds) this.renamed.set(alias!, kinds);
    }
    for (const [, name, module] of text.matchAll(DEFAULT_IMPORTS)) {
      const kinds = this.language.table.kindsOfModule(module!);
      if (kinds) this.renamed.set(name!, kinds);
    }
  }

  /** Whether a text calls names of two kinds, or hands functions to others to be called. */
  isPromising(text: string): boolean {
    const possible = new Set(this.kinds);
    for (const [kind, pattern] of this.evidence) if (!pattern.test(text)) possible.delete(kind);
    if (possible.size < 2) return false;
    const seen = new Set<IoKind>([...possible].filter((kind) => this.language.table.hasAnyVerb(kind)));
    for (const [, name] of text.matchAll(this.language.calls)) {
      for (const kind of this.renamed.get(name!) ?? this.language.table.kindsOfVerb(name!) ?? []) {
        if (possible.has(kind)) seen.add(kind);
      }
      if (seen.size >= 2) return true;
    }
    return WRAPPED.test(text);
  }

  private mayBeIo(name: string, at: number): boolean {
    if (this.any || this.locals.has(name)) return true;
    for (const kind of this.language.table.kindsOfVerb(name) ?? []) {
      if (!this.kinds.has(kind)) continue;
      const before = this.before.get(kind);
      if (!before || before.test(this.file.source.slice(Math.max(0, at - 60), at))) return true;
    }
    return false;
  }

  private addCall(at: number, name: string, calls: IoCall[]): void {
    const callee = calleeAt(this.file.root, at, name.length);
    const call = callee?.parent;
    if (!callee || !call) return;
    this.add(this.origins.ofCallee(callee), callee, call, calls);
  }

  /** Functions that are handed to a runner count as called there. */
  private addReferences(at: number, name: string, calls: IoCall[]): void {
    const call = calleeAt(this.file.root, at, name.length)?.parent;
    for (const argument of call?.childForFieldName('arguments')?.namedChildren.slice(0, 2) ?? []) {
      if (argument.type !== 'identifier' && argument.type !== 'attribute' && argument.type !== 'member_expression')
        continue;
      this.add(this.origins.ofCallee(argument), argument, argument, calls);
    }
  }

  /** `open('/proc/version')` asks the kernel, not a disk. */
  private isKernelFile(start: number, calleeEnd: number): boolean {
    return /["'`]\/(?:proc|sys|dev)\//.test(this.file.source.slice(start, calleeEnd + 20));
  }

  private add(origin: Origin | undefined, callee: SyntaxNode, call: SyntaxNode, calls: IoCall[]): void {
    const kind = origin && this.language.table.kindOf(origin.path, origin.chained);
    if (!kind || (kind === 'file' && this.isKernelFile(call.startIndex, callee.endIndex))) return;
    calls.push({ kind, path: origin.path, start: call.startIndex, calleeEnd: callee.endIndex, end: call.endIndex });
  }
}

/** The callee whose last name stands at the offset: the name itself, or the member expression that it ends. */
function calleeAt(root: SyntaxNode, at: number, length: number): SyntaxNode | undefined {
  const name = root.namedDescendantForIndex(at, at + length);
  if (!name || name.startIndex !== at || name.endIndex !== at + length) return undefined;
  const isMember = name.parent?.type === 'attribute' || name.parent?.type === 'member_expression';
  const callee = isMember && name.parent!.endIndex === name.endIndex ? name.parent! : name;
  const call = callee.parent;
  const called = call?.childForFieldName('function') ?? call?.childForFieldName('constructor');
  return called?.id === callee.id ? callee : undefined;
}

/** One request of a fluent client is one call: `db('users').where(...).first()`. */
function withoutChains(calls: IoCall[]): IoCall[] {
  calls.sort((a, b) => a.start - b.start || a.end - b.end);
  return calls.filter((call, index) => {
    const before = calls[index - 1];
    return !before || before.start !== call.start || before.kind !== call.kind;
  });
}

function factsOf(file: ParsedFile, units: readonly Unit[], calls: readonly IoCall[], isWorth: WorthAdapter): IoUnit[] {
  const found: IoUnit[] = [];
  const indexOf = new Map<Unit, number>();
  for (const unit of units) {
    const inside: Partial<Record<IoKind, readonly IoCall[]>> = {};
    for (const kind of IO_KINDS) {
      const own = calls.filter((call) => call.kind === kind && call.start >= unit.start && call.end <= unit.end);
      if (own.length > 0) inside[kind] = own;
    }
    if (Object.keys(inside).length < 2) continue;
    const withoutSide = withoutSideLines(inside, unit, file.source);
    const kept = Object.entries(withoutSide);
    if (kept.length < 2) continue;
    const places = Object.fromEntries(kept.map(([kind, own]) => [kind, own.map((call) => placeOf(file, call))]));
    const symbol = symbolOf(unit, file);
    const head = headOf(unit, file);
    const start = file.source.positionAt(head.start);
    const end = file.source.positionAt(head.end);
    const outer = unit.outer && indexOf.get(unit.outer);
    indexOf.set(unit, found.length);
    found.push({
      ...(symbol === undefined ? {} : { symbol }),
      isClass: unit.isClass,
      methods: methodsOf(unit),
      lines: unit.lines,
      head: [start.line, start.character, end.line, end.character],
      endLine: file.source.lineAt(unit.end),
      ...(outer === undefined ? {} : { outer }),
      ...(isMixture(withoutSide, unit, file.source) ? {} : { isDoubtful: true as const }),
      ...(isWorth(Object.values(inside).flat(), unit, file) ? {} : { isThin: true as const }),
      calls: places,
    });
  }
  return found;
}

/** Where a call's head stands, on one line. */
function placeOf(file: ParsedFile, call: IoCall): IoPlace {
  const { line, character } = file.source.positionAt(call.start);
  const length = file.source.slice(call.start, call.calleeEnd).split(/[\r\n]/, 1)[0]!.length;
  return [line, character, character + length];
}
