import { VerificationFailure } from '../edit/refusal';
import type { ParsedFile } from '../facts/parsed-file';
import type { ModuleResolver } from '../modules/resolver';
import { TypeScriptModules } from '../modules/typescript';
import type { Binding, Occurrence } from '../semantics/model';
import type { Candidate, CandidateFile } from './candidate';

/**
 * Check 4 of `verify`: every name that survives the change, in its place or moved, means the same definition as before; nothing is newly
 * undefined, nothing newly captured.
 * @throws VerificationFailure `binding-changed`, `unresolved-name`
 */
export function checkNames(candidate: Candidate, modules: ModuleResolver): void {
  const after = new Map(candidate.files.map((one) => [one.file, new NameTable(one.after)]));
  const before = new Map(candidate.files.flatMap((one) => (one.before ? [[one.file, new NameTable(one.before)]] : [])));
  const definitions = new Definitions(candidate, before, after, modules);
  for (const one of candidate.files) {
    const old = before.get(one.file);
    if (old) checkSurvivors(one, old, candidate, after, definitions);
    checkBrought(one, after.get(one.file)!, before);
    checkNewWrites(one, after.get(one.file)!, old);
  }
}

/** Each name of the old text that still stands somewhere must resolve there as it did. */
function checkSurvivors(
  one: CandidateFile,
  old: NameTable,
  candidate: Candidate,
  after: ReadonlyMap<string, NameTable>,
  definitions: Definitions,
): void {
  for (const [start, binding] of old.bindings) {
    const name = binding?.name ?? old.unresolved.get(start)!;
    for (const place of candidate.destinationsOf({ file: one.file, offset: start })) {
      const table = after.get(place.file)!;
      const now = table.bindings.get(place.offset);
      if (binding === undefined) {
        if (now) throw changed(one.file, one.before!, start, name);
        continue;
      }
      if (!now) {
        const code = table.bindings.has(place.offset) ? 'unresolved-name' : 'binding-changed';
        throw new VerificationFailure(
          code,
          { name, line: lineOf(one.before!, start), file: one.file },
          placeOf(one, start),
        );
      }
      if (!definitions.areEqual(one.file, binding, place.file, now)) throw changed(one.file, one.before!, start, name);
    }
  }
}

/** Names in written code must be defined, and builtins of old code must not be captured. */
function checkBrought(one: CandidateFile, table: NameTable, before: ReadonlyMap<string, NameTable>): void {
  for (const [start, binding] of table.bindings) {
    const origin = one.originOf(start);
    const was = origin && before.get(origin.file);
    if (origin && was?.bindings.has(origin.offset)) continue;
    const line = one.after.source.lineAt(start) + 1;
    const name = binding?.name ?? table.unresolved.get(start)!;
    if (binding === undefined) {
      // What the compiler alone knows of: where it is not declared at all, the compiler says so once more.
      if (/\.[cm]?tsx?$/.test(one.file) && before.get(one.file)?.knows(name)) continue;
      throw new VerificationFailure('unresolved-name', { name, line, file: one.file });
    }
    if (was) throw new VerificationFailure('binding-changed', { name, line, file: one.file });
  }
}

/** A written assignment to a variable that old code still reads changes what that code sees. */
function checkNewWrites(one: CandidateFile, table: NameTable, old: NameTable | undefined): void {
  if (!old) return;
  for (const binding of new Set(table.bindings.values())) {
    if (!binding) continue;
    const written = binding.writes.filter(({ start }) => one.originOf(start) === undefined);
    if (written.length === 0 || written.length === binding.writes.length) continue;
    const reader = binding.reads.find(({ start }) => one.originOf(start) !== undefined);
    if (!reader || isSetByHandlers(one.after, binding)) continue;
    const wasReplaced = [...old.bindings].some(
      ([start, other]) => other?.name === binding.name && one.offsets.forward(start) === undefined,
    );
    if (wasReplaced) continue;
    throw new VerificationFailure('binding-changed', {
      name: binding.name,
      line: one.after.source.lineAt(reader.start) + 1,
      file: one.file,
    });
  }
}

/** Whether a variable is only ever the name of a caught exception, read inside the handler that set it: each handler has its own. */
function isSetByHandlers(file: ParsedFile, binding: Binding): boolean {
  const clauses = binding.writes.map((write) => handlerOf(file, write, binding.name));
  if (clauses.includes(undefined)) return false;
  return binding.reads.every((read) =>
    clauses.some((clause) => clause!.start <= read.start && read.end <= clause!.end),
  );
}

function handlerOf(file: ParsedFile, write: Occurrence, name: string): { start: number; end: number } | undefined {
  for (let at = file.root.descendantForIndex(write.start, write.end); at; at = at.parent) {
    if (at.type === 'function_definition' || at.type === 'block') return undefined;
    if (at.type !== 'except_clause' && at.type !== 'except_group_clause') continue;
    const colon = at.children.find((child) => child.type === ':');
    const head = file.source.slice(at.startIndex, colon?.startIndex ?? at.endIndex);
    return new RegExp(`\\bas\\s+${name}\\s*$`).test(head) ? { start: at.startIndex, end: at.endIndex } : undefined;
  }
  return undefined;
}

/** What each identifier of one file means. */
class NameTable {
  /** By the offset of the identifier; undefined for a name that nothing defines. Builtins are not in it. */
  readonly bindings = new Map<number, Binding | undefined>();
  readonly unresolved = new Map<number, string>();
  private names: ReadonlySet<string> | undefined;

  /** Whether the file names something that stands nowhere in it. */
  knows(name: string): boolean {
    this.names ??= new Set(this.unresolved.values());
    return this.names.has(name);
  }

  constructor(readonly file: ParsedFile) {
    const { semantics, source } = file;
    for (const { start, end } of semantics.unresolved) {
      this.bindings.set(start, undefined);
      this.unresolved.set(start, source.slice(start, end));
    }
    for (const scope of semantics.scopes) {
      for (const binding of scope.bindings.values()) {
        for (const { start } of binding.writes) this.bindings.set(start, binding);
        for (const { start } of binding.reads) this.bindings.set(start, binding);
      }
    }
  }
}

/** Compares definitions across the change: by where they stood, or by what they import. */
class Definitions {
  private readonly known = new Map<Binding, ReadonlySet<string>>();
  /** Files that the change makes, which the modules of the workspace do not know. */
  private readonly created: TypeScriptModules;

  constructor(
    private readonly candidate: Candidate,
    private readonly before: ReadonlyMap<string, NameTable>,
    private readonly after: ReadonlyMap<string, NameTable>,
    private readonly modules: ModuleResolver,
  ) {
    this.created = new TypeScriptModules(candidate.files.flatMap(({ file, before }) => (before ? [] : [file])));
  }

  areEqual(oldFile: string, old: Binding, newFile: string, now: Binding): boolean {
    const a = this.keysOf('before', oldFile, old);
    for (const key of this.keysOf('after', newFile, now)) if (a.has(key)) return true;
    return false;
  }

  private keysOf(side: 'before' | 'after', file: string, binding: Binding): ReadonlySet<string> {
    const known = this.known.get(binding);
    if (known) return known;
    const keys = new Set<string>();
    // Set before the recursion: imports can go round in circles.
    this.known.set(binding, keys);
    const one = this.candidate.get(file);
    for (const { start } of binding.writes) {
      const place = side === 'before' ? { file, offset: start } : one?.originOf(start);
      keys.add(place ? `${place.file}:${place.offset}` : `new ${file}:${start}`);
    }
    if (binding.imported) for (const key of this.importKeys(side, file, binding.imported)) keys.add(key);
    return keys;
  }

  private importKeys(
    side: 'before' | 'after',
    file: string,
    imported: NonNullable<Binding['imported']>,
  ): Iterable<string> {
    const { module, member } = imported;
    const known = this.modules.resolve(file, module);
    const isNew = side === 'after' && known.length === 0 && !/\.pyi?$/.test(file);
    const targets = isNew ? this.created.resolve(file, module) : known;
    const tables = side === 'before' ? this.before : this.after;
    const keys = [`import ${targets.length > 0 ? targets.join('|') : module} ${member ?? ''}`];
    for (const target of targets) {
      const definition =
        member === undefined ? undefined : tables.get(target)?.file.semantics.root.bindings.get(member);
      if (definition) keys.push(...this.keysOf(side, target, definition));
    }
    return keys;
  }
}

function changed(file: string, before: ParsedFile, start: number, name: string): VerificationFailure {
  return new VerificationFailure('binding-changed', { name, line: lineOf(before, start), file });
}

function lineOf(file: ParsedFile, offset: number): number {
  return file.source.lineAt(offset) + 1;
}

function placeOf(one: CandidateFile, offset: number) {
  const { source } = one.before!;
  return { file: one.file, range: source.rangeOf({ startIndex: offset, endIndex: offset }) };
}
