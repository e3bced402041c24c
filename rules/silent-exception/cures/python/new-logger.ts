import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import { headerOf } from '../../../../core/edit/python/imports/header';
import type { PythonImports } from '../../../../core/edit/python/imports/imports';
import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { type PythonHandler, placeOf } from './handler';
import type { Target } from './log-call';
import { type LoggerStyle, projectLoggers } from './project-loggers';

/**
 * Gives a module that has no logger one, in the habit of the files around it.
 * @throws Refusal `logger-name-taken`, or what is in the way of the import
 */
export async function addLogger(
  handler: PythonHandler,
  changes: ChangeBuilder,
  imports: PythonImports,
): Promise<Target> {
  const { document } = handler;
  // What runs while the module is loaded may run before a logger of the module is there.
  if (!handler.scope) return onTheSpot(document, imports, placeOf(handler));
  for (const style of await projectLoggers(document, changes.snapshot)) {
    try {
      return addStyle(style, handler, changes, imports);
    } catch (error) {
      // The project's own logger cannot be imported here, or its name means something else: the next habit then.
      if (!(error instanceof Refusal) || !style.isOwn) throw error;
    }
  }
  return addStyle(PLAIN, handler, changes, imports);
}

const PLAIN: LoggerStyle = {
  kind: 'make',
  api: 'logging',
  name: 'logger',
  module: 'logging',
  member: 'getLogger',
  args: '__name__',
  isOwn: false,
};

function onTheSpot(document: Document, imports: PythonImports, at: number): Target {
  const maker = importMaker(document, imports, { module: 'logging', member: 'getLogger' }, at);
  return { expression: `${maker}(__name__)`, api: 'logging', habits: undefined };
}

function addStyle(style: LoggerStyle, handler: PythonHandler, changes: ChangeBuilder, imports: PythonImports): Target {
  const { document } = handler;
  if (style.kind === 'import') {
    const { module, member, api } = style;
    const expression = imports.ensureImport(document, { module, member, at: placeOf(handler) });
    doubtOwn(style, handler, changes);
    return { expression, api, habits: style.habits };
  }
  const name = freeName(style.name, handler);
  const place = loggerPlace(document);
  const maker = importMaker(document, imports, style, place.at);
  const line = `${name} = ${maker}(${style.args})`;
  doubtOwn(style, handler, changes);
  // Behind the imports, which are written when the change is built: at one place the order of the insertions counts.
  changes.beforeBuild(() => insertLogger(document, changes, line, place));
  return { expression: name, api: style.api, habits: style.habits };
}

function doubtOwn(
  { isOwn, module }: LoggerStyle,
  { document, statement }: PythonHandler,
  changes: ChangeBuilder,
): void {
  if (isOwn)
    changes.doubt('project-logger', { module }, { file: document.file, range: document.source.rangeOf(statement) });
}

interface Maker {
  readonly module: string;
  readonly member: string;
  /** A function of the project, which is imported by its name. */
  readonly isOwn?: boolean;
}

/** `logging.getLogger`, or `getLogger` where the module imports that. */
function importMaker(
  document: Document,
  imports: PythonImports,
  { module, member, isOwn = false }: Maker,
  at: number,
): string {
  const known = document.semantics.imports.filter((one) => one.module === module && !one.lazy && !one.typeOnly);
  const takesMember = isOwn
    ? !known.some((one) => one.member === undefined)
    : known.some((one) => one.member === member);
  if (takesMember) return imports.ensureImport(document, { module, member, at });
  return `${imports.ensureImport(document, { module, at })}.${member}`;
}

/** The logger's usual name, or with an underscore in front of it. */
export function freeName(usual: string, handler: PythonHandler): string {
  const name = [usual, `_${usual.replace(/^_+/, '')}`].find((one) => isFreeName(one, handler));
  if (name === undefined) throw new Refusal('logger-name-taken', { name: usual, file: handler.document.file });
  return name;
}

/** Nothing at module level has the name, nothing that the handler sees, and nothing that only a star import could bring. */
function isFreeName(name: string, handler: PythonHandler): boolean {
  const { model } = handler;
  if (model.root.bindings.has(name) || model.lookup(name, model.scopeAt(placeOf(handler)))) return false;
  return !model.occurrences.some(({ symbol }) => symbol.name === name && !symbol.binding);
}

interface LoggerPlace {
  /** Where the line of the logger starts. */
  readonly at: number;
  /** The last import statement above; undefined where there is none. */
  readonly below: SyntaxNode | undefined;
  readonly nextIsDefinition: boolean;
}

const DEFINITIONS = /^(?:function|class|decorated)_definition$/;

/** Behind the imports at the top of the module. */
function loggerPlace(document: Document): LoggerPlace {
  const { root, source } = document;
  const statements = root.namedChildren.filter(({ type }) => type !== 'comment');
  const first = statements.findIndex(({ type }) => DEFINITIONS.test(type));
  const head = first < 0 ? statements : statements.slice(0, first);
  const last = head.findLastIndex(isImport);
  const nextIsDefinition = DEFINITIONS.test(statements[last + 1]?.type ?? '');
  const below = head[last];
  if (!below) {
    const header = headerOf(document);
    return {
      at: header.end > 0 ? header.end : header.nextCode,
      below: undefined,
      nextIsDefinition: header.nextIsDefinition,
    };
  }
  const end = nextLine(source.text, below.endIndex);
  return { at: isBlank(source.text, end) ? nextLine(source.text, end) : end, below, nextIsDefinition };
}

/** An import, or the imports for type checkers or of what need not be installed. */
function isImport({ type, namedChildren }: SyntaxNode): boolean {
  if (/^(?:future_)?import(?:_from)?_statement$/.test(type)) return true;
  if (type !== 'if_statement' && type !== 'try_statement') return false;
  const block = namedChildren.find((child) => child.type === 'block');
  const statements = block?.namedChildren.filter((child) => child.type !== 'comment') ?? [];
  return statements.length > 0 && /^import(?:_from)?_statement$/.test(statements[0]!.type);
}

function insertLogger(
  document: Document,
  changes: ChangeBuilder,
  line: string,
  { at, below, nextIsDefinition }: LoggerPlace,
): void {
  const { text } = document.source;
  const wanted = nextIsDefinition ? 2 : 1;
  if (below) {
    const lead = isBlank(text, text.lastIndexOf('\n', at - 2) + 1) ? '' : '\n';
    changes.insert(document, at, `${lead}${line}\n${'\n'.repeat(Math.max(0, wanted - blankLines(text, at)))}`);
    return;
  }
  const header = headerOf(document);
  if (header.end === 0) changes.insert(document, at, `${line}\n${'\n'.repeat(wanted)}`);
  else {
    // The imports before it may have brought the blank lines that were missing below.
    const missing = Math.max(0, wanted - blankLines(text, Math.min(text.length, nextLine(text, at))));
    changes.insert(document, at, `${'\n'.repeat(Math.max(0, 2 - missing))}${line}${'\n'.repeat(missing)}`);
  }
}

function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

function isBlank(text: string, start: number): boolean {
  return start < text.length && /^[ \t]*\r?$/.test(text.slice(start, nextLine(text, start)).replace(/\n$/, ''));
}

function blankLines(text: string, start: number): number {
  let count = 0;
  for (let at = start; isBlank(text, at); at = nextLine(text, at)) count++;
  return count;
}
