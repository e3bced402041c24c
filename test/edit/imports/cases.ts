import { marked } from 'marked';
import { ChangeBuilder } from '../../../core/edit/change-builder';
import { PythonImports } from '../../../core/edit/python/imports/imports';
import { REFUSALS, Refusal } from '../../../core/edit/refusal';
import type { StyleSettings } from '../../../core/edit/style';
import { applyEdits } from '../../../core/edit/text-edit';
import type { SyntaxEngine } from '../../../core/syntax/engine';
import { renderMessage } from '../../../report/messages';
import { MemorySnapshot } from './memory-snapshot';

/**
 * Literate cases of the import manager. A `##` heading begins a case; its blocks are files before and after:
 *
 *     ```py file=app/a.py
 *     def f():
 *         return 1  #! need from logging import getLogger => getLogger
 *     ```
 *     ```py result=app/a.py
 *     ...
 *     ```
 *
 * `#! need IMPORT` asks for an import at the beginning of its line's code; behind `=>` stands the expression that must come back, else it
 * is the local name. `#! need! IMPORT => code: reason` expects a refusal. `#! unused NAME` takes an import out when this line goes,
 * `#! kept NAME` expects that it stays. A `text style` block holds the style as JSON. Files without a result must not change. `␍` at the end of a line stands for a
 * carriage return.
 */
export interface ImportCase {
  readonly title: string;
  readonly files: ReadonlyMap<string, string>;
  readonly wishes: readonly Wish[];
  readonly results: ReadonlyMap<string, string>;
  readonly style: StyleSettings;
}

interface Wish {
  readonly kind: 'need' | 'need!' | 'unused' | 'kept';
  readonly file: string;
  /** Of the line without its marker. */
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly expected: string | undefined;
}

const MARKER = /[ \t]*#! (need!|need|unused|kept) (.*?)(?: => (.*?))?(?=[ \t]*#! |␍?$)/g;

export function parseImportCases(markdown: string): ImportCase[] {
  const cases: {
    title: string;
    files: Map<string, string>;
    wishes: Wish[];
    results: Map<string, string>;
    style: StyleSettings;
  }[] = [];
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading' && token.depth === 2)
      cases.push({ title: token.text, files: new Map(), wishes: [], results: new Map(), style: {} });
    const current = cases.at(-1);
    if (token.type !== 'code' || !current) continue;
    const file = /\bfile=(\S+)/.exec(token.lang ?? '')?.[1];
    const result = /\bresult=(\S+)/.exec(token.lang ?? '')?.[1];
    if (file) current.files.set(file, readFile(file, token.text, current.wishes));
    else if (result) current.results.set(result, written(token.text));
    else if (/\bstyle\b/.test(token.lang ?? '')) current.style = JSON.parse(token.text);
  }
  return cases;
}

const written = (text: string): string => (text === '' ? '' : `${text}\n`.replaceAll('␍\n', '\r\n'));

function readFile(file: string, text: string, wishes: Wish[]): string {
  let whole = '';
  for (const line of text === '' ? [] : text.split('\n')) {
    const found: Pick<Wish, 'kind' | 'what' | 'expected'>[] = [];
    const bare = line.replace(MARKER, (_, kind: Wish['kind'], what: string, expected: string | undefined) => {
      found.push({ kind, what: what.trim(), expected });
      return '';
    });
    const start = whole.length + /^\s*/.exec(bare)![0].length;
    // A line of markers alone is none of the file's.
    if (bare !== '' || found.length === 0) whole += written(bare) || '\n';
    for (const one of found) wishes.push({ ...one, file, start, end: whole.length });
  }
  return whole;
}

/** Runs a case; returns what came out as a record of lines and files, and what was expected, to be compared with `toEqual`. */
export async function runImportCase(
  engine: SyntaxEngine,
  one: ImportCase,
): Promise<{ actual: Record<string, string>; expected: Record<string, string>; codes: string[] }> {
  const snapshot = new MemorySnapshot(one.files, engine, one.style);
  const changes = new ChangeBuilder(snapshot);
  const imports = new PythonImports(changes);
  const actual: Record<string, string> = {};
  const expected: Record<string, string> = {};
  const codes: string[] = [];
  for (const [index, wish] of one.wishes.entries()) {
    const name = `${index + 1}. ${wish.kind} ${wish.what}`;
    expected[name] = wish.expected ?? (wish.kind === 'need' ? localName(wish.what) : String(wish.kind === 'unused'));
    actual[name] = await answer(wish, snapshot, imports, codes);
  }
  for (const [file, text] of one.files) expected[file] = one.results.get(file) ?? text;
  const set = changes.build();
  for (const [file, text] of one.files)
    actual[file] = applyEdits(text, set.changes.find((change) => change.file === file)?.edits ?? []);
  return { actual, expected, codes };
}

async function answer(wish: Wish, snapshot: MemorySnapshot, imports: PythonImports, codes: string[]): Promise<string> {
  const document = await snapshot.open(wish.file);
  if (wish.kind === 'unused' || wish.kind === 'kept') {
    const imported = document.semantics.imports.find(({ local }) => local === wish.what)!;
    return String(await imports.removeUnusedImport(document, imported, [wish]));
  }
  const [, from, name, alias] = /^(?:from (\S+) )?import (\S+)(?: as (\S+))?$/.exec(wish.what)!;
  const target = from === undefined ? { module: name! } : { module: from, member: name! };
  try {
    return imports.ensureImport(document, { ...target, ...(alias ? { as: alias } : {}), at: wish.start });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    codes.push(error.code);
    return `${error.code}: ${renderMessage(REFUSALS[error.code]!, error.args)}`;
  }
}

const localName = (what: string): string => /(\S+)$/.exec(what)![1]!;
