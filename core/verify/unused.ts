import { isTypeInString, isUsedOutside, isWantedUnused } from '../edit/python/imports/still-named';
import { Refusal, VerificationFailure } from '../edit/refusal';
import type { Snapshot } from '../edit/snapshot';
import type { ParsedFile } from '../facts/parsed-file';
import type { Binding } from '../semantics/model';
import type { TypeScriptModel } from '../semantics/typescript/index';
import type { SyntaxNode } from '../syntax/node';
import type { Candidate, CandidateFile } from './candidate';
import type { OldPlace } from './successor';

/**
 * The last part of check 4: nothing that was used is left behind without a use, as linters and compilers would rightly complain of. Asked
 * of imports, of local variables, and of what is private to a module: in Python by its underscore, in TypeScript by not being exported.
 * What nothing used before may stay so, and so may what other files, tests or a comment (`# noqa: F401`) ask for.
 *
 * @throws VerificationFailure `left-unused` where the change itself wrote the name
 * @throws Refusal `left-unused` where the name was there before
 */
export async function checkUnused(candidate: Candidate, snapshot: Snapshot): Promise<void> {
  for (const one of candidate.files) {
    const judge = one.after.family === 'python' ? new PythonNames(one, candidate, snapshot) : new TypeScriptNames(one);
    for (const scope of one.after.semantics.scopes) {
      for (const binding of scope.bindings.values()) {
        if (binding.reads.length > 0 || binding.writes.length === 0 || !judge.asksFor(binding)) continue;
        const origins = binding.writes.flatMap(({ start }) => one.originOf(start) ?? []);
        if (wasUnused(binding, origins, candidate) || (await judge.isKept(binding))) continue;
        throw leftUnused(binding, one, origins);
      }
    }
  }
}

/** Judges the names of one file that nothing reads after the change. */
interface Names {
  /** Whether a name without a use is a defect at all. */
  asksFor(binding: Binding): boolean;
  /** Whether something that is no code of the file wants the name. */
  isKept(binding: Binding): boolean | Promise<boolean>;
}

/** A name that is written anew counts as an old one that it is spelled like: imports are put together in one statement, say. */
function wasUnused({ name }: Binding, origins: readonly OldPlace[], candidate: Candidate): boolean {
  if (origins.length > 0) return origins.some((place) => bindingBefore(place, candidate)?.reads.length === 0);
  return candidate.files.some(({ before }) =>
    before?.semantics.scopes.some(({ bindings }) => {
      const old = bindings.get(name);
      return old !== undefined && old.writes.length > 0 && old.reads.length === 0;
    }),
  );
}

function bindingBefore({ file, offset }: OldPlace, candidate: Candidate): Binding | undefined {
  return candidate.get(file)?.before?.semantics.bindingAt(offset);
}

function leftUnused({ name, writes }: Binding, one: CandidateFile, origins: readonly OldPlace[]): Refusal {
  const { source } = one.after;
  const [first] = writes;
  const range = source.rangeOf({ startIndex: first!.start, endIndex: first!.end });
  const args = { name, line: range.start.line + 1, file: one.file };
  const Kind = origins.length > 0 ? Refusal : VerificationFailure;
  return new Kind('left-unused', args, { file: one.file, range });
}

const LOCALS: ReadonlySet<string> = new Set(['function', 'lambda', 'block']);

class PythonNames implements Names {
  private readonly file: ParsedFile;
  private readonly isPackage: boolean;

  constructor(
    private readonly one: CandidateFile,
    private readonly candidate: Candidate,
    private readonly snapshot: Snapshot,
  ) {
    this.file = one.after;
    this.isPackage = /(?:^|\/)__init__\.pyi?$/.test(one.file);
  }

  asksFor({ name, kind, imported, scope, writes }: Binding): boolean {
    if (scope.kind === 'class') return false;
    // A package imports what its users are to find there.
    if (imported) return imported.local !== '' && imported.module !== '__future__' && !this.isPackage;
    if (scope.kind === 'module') return /^_(?!_)./.test(name) && kind !== 'exception' && !this.isPackage;
    if (!LOCALS.has(scope.kind) || name.startsWith('_')) return false;
    const { source, root } = this.file;
    if (/\blocals\(/.test(source.slice(scope.start, scope.end))) return false;
    return writes.every(({ start, end }) => isWholeTarget(root.descendantForIndex(start, end)));
  }

  async isKept({ name, imported, scope }: Binding): Promise<boolean> {
    if (scope.kind !== 'module' && !imported) return false;
    const { source, root } = this.file;
    if (imported && isWantedUnused(this.file, imported)) return true;
    // `from re import sub as sub` says that others are to find it here.
    if (imported?.member === name && source.slice(imported.start - name.length - 4, imported.start) === `${name} as `)
      return true;
    if (isTypeInString({ root, source }, name) || /\bglobals\(\)/.test(source.text)) return true;
    return scope.kind === 'module' && (await this.isTakenElsewhere(name));
  }

  /** What touched files import is known after the change only. */
  private async isTakenElsewhere(name: string): Promise<boolean> {
    const { file } = this.one;
    const isTouched = (other: string) => this.candidate.get(other) !== undefined;
    if (await isUsedOutside(file, name, this.snapshot, (other) => !isTouched(other))) return true;
    return this.candidate.files.some(
      (other) =>
        other.file !== file &&
        other.after.semantics.imports.some(
          ({ module, member }) =>
            (member === undefined || member === name || member === '*') &&
            this.snapshot.modules.resolve(other.file, module).includes(file) &&
            (member !== undefined || new RegExp(`\\.\\s*${name}(?!\\w)`, 'u').test(other.after.source.text)),
        ),
    );
  }
}

/** A variable that is assigned by itself: of `a, b = pair` and `for a in b` one may be there for the others' sake. */
function isWholeTarget(name: SyntaxNode | null): boolean {
  const parent = name?.parent;
  if (!name || !parent) return false;
  if (parent.type === 'as_pattern_target') return true;
  return (
    (parent.type === 'assignment' && parent.childForFieldName('left')?.id === name.id) ||
    (parent.type === 'named_expression' && parent.childForFieldName('name')?.id === name.id)
  );
}

const DEFINITIONS: ReadonlySet<string> = new Set(['variable', 'constant', 'function', 'class', 'type', 'enum']);

class TypeScriptNames implements Names {
  private readonly file: ParsedFile;
  private readonly exported: ReadonlySet<string>;
  /** Whether what stands at the top is the file's own: that of a script is everybody's. */
  private readonly isModule: boolean;

  constructor({ file, after }: CandidateFile) {
    this.file = after;
    const { exports, imports } = after.semantics as TypeScriptModel;
    this.exported = new Set(exports.flatMap(({ local, module }) => (module === undefined && local ? [local] : [])));
    this.isModule = !/\.d\.[cm]?ts$/.test(file) && (exports.length > 0 || imports.length > 0);
  }

  asksFor({ name, kind, imported, scope, writes }: Binding): boolean {
    if (imported) return imported.local !== '';
    if (name.startsWith('_') || !DEFINITIONS.has(kind)) return false;
    if (scope.kind === 'module') return this.isModule && !this.exported.has(name);
    return LOCALS.has(scope.kind) && !writes.some(({ start, end }) => this.isBesideRest(start, end));
  }

  isKept({ name, writes }: Binding): boolean {
    const { text } = this.file.source;
    // The factory of JSX is used by every element.
    if (
      /^(?:React|h)$/.test(name) &&
      this.file.root.descendantsOfType(['jsx_opening_element', 'jsx_self_closing_element', 'jsx_fragment']).length > 0
    )
      return true;
    const word = name.replace(/\$/g, '\\$');
    if (new RegExp(`/\\*\\*(?:(?!\\*/)[\\s\\S])*[{\\s.]${word}(?![\\w$])`).test(text)) return true;
    if (/\/\*\s*eslint-disable\s+[^*]*no-unused/.test(text)) return true;
    return writes.some(({ start }) => this.isExcused(start));
  }

  /** `const { a, ...rest } = all`: `a` is named to be left out. */
  private isBesideRest(start: number, end: number): boolean {
    for (let at = this.file.root.descendantForIndex(start, end); at; at = at.parent) {
      if (at.type === 'object_pattern') return at.namedChildren.some(({ type }) => type === 'rest_pattern');
      if (/_(?:declarator|statement)$/.test(at.type)) return false;
    }
    return false;
  }

  private isExcused(offset: number): boolean {
    const { source } = this.file;
    const line = source.lineAt(offset);
    const above = line > 0 ? source.lineText(line - 1) : '';
    return /eslint-disable-(?:next-)?line[^*]*no-unused/.test(`${above} ${source.lineText(line)}`);
  }
}
