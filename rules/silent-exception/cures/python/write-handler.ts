import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import { PythonEditor } from '../../../../core/edit/python/editor';
import type { PythonImports } from '../../../../core/edit/python/imports/imports';
import { Refusal } from '../../../../core/edit/refusal';
import { type ExceptHandler, type PythonHandler, refuseComment, type SuppressHandler } from './handler';
import type { LogCode } from './log-plan';

/**
 * Puts a log call into a handler.
 * @param raises whether the handler raises the exception again, instead of what it did
 */
export async function writeHandler(
  handler: PythonHandler,
  code: LogCode,
  raises: boolean,
  changes: ChangeBuilder,
  imports: PythonImports,
): Promise<void> {
  if (handler.clause) writeClause(handler, code, raises, changes);
  else await writeTry(handler, code, raises, changes, imports);
}

function writeClause(handler: ExceptHandler, code: LogCode, raises: boolean, changes: ChangeBuilder): void {
  const { document, clause, swallow, leaves } = handler;
  const editor = new PythonEditor(document, changes);
  nameException(handler, code.alias, changes);
  const isOpen = document.source.lineAt(swallow.startIndex) > document.source.lineAt(clause.startIndex);
  const indentation = isOpen ? editor.indentationOf(swallow) : editor.indentationOf(clause) + document.style.indent;
  const call = code.at(indentation);
  const isPlaceholder = swallow.type === 'pass_statement' || swallow.firstNamedChild?.type === 'ellipsis';
  if (raises && (leaves || isPlaceholder)) editor.replaceStatement(swallow, `${call}\nraise`);
  else if (raises) editor.insertAfter(swallow, `${call}\nraise`);
  else if (leaves) editor.insertBefore(swallow, call);
  else if (!isPlaceholder) editor.insertAfter(swallow, call);
  else if (isOpen || handler.block.namedChildCount > 1) editor.replaceStatement(swallow, call);
  else replaceInLine(handler, call, indentation, changes);
}

/** `except OSError: pass`: the call gets a line of its own, except where a remark for a tool must stay on the line of the head. */
function replaceInLine(
  { document, swallow, block }: ExceptHandler,
  call: string,
  indentation: string,
  changes: ChangeBuilder,
): void {
  const { source, style } = document;
  const line = source.lineText(source.lineAt(swallow.startIndex));
  const hasRemark = /#\s*(?:noqa|type:|pylint|pragma|nosec|fmt|ruff)/.test(line);
  const column = source.positionAt(swallow.startIndex).character;
  const fits = !call.includes('\n') && column + call.length <= style.lineLength;
  const before = block.previousSibling?.endIndex ?? swallow.startIndex;
  if (hasRemark && fits) changes.replace(document, swallow.startIndex, swallow.endIndex, call);
  else
    changes.replace(document, before, swallow.endIndex, `\n${indentation}${call.replaceAll('\n', `\n${indentation}`)}`);
}

/**
 * Gives the caught exception a name; a bare `except:` says what it catches then.
 * @throws Refusal `head-unclear`
 */
function nameException(
  { document, clause, typeNodes, alias }: ExceptHandler,
  name: string | undefined,
  changes: ChangeBuilder,
): void {
  if (name === undefined || name === alias) return;
  const [first] = typeNodes;
  const last = typeNodes.at(-1);
  if (!first || !last) {
    changes.insert(document, clause.firstChild!.endIndex, ` BaseException as ${name}`);
    return;
  }
  if (typeNodes.length > 1) {
    // `except A, B:` of Python 3.14 takes no name without parentheses.
    changes.insert(document, first.startIndex, '(');
    changes.insert(document, last.endIndex, `) as ${name}`);
  } else changes.insert(document, last.endIndex, ` as ${name}`);
}

/** `with suppress(X):` becomes `try:` with a handler behind it; the body stays as it is. */
async function writeTry(
  handler: SuppressHandler,
  code: LogCode,
  raises: boolean,
  changes: ChangeBuilder,
  imports: PythonImports,
): Promise<void> {
  const { document, statement, call, types } = handler;
  const colon = statement.children.find(({ type }) => type === ':');
  if (!colon) throw new Refusal('file-changed', { file: document.file });
  const head = document.source.slice(statement.startIndex, colon.startIndex);
  refuseComment(handler, statement.startIndex, colon.startIndex);
  if (/^async\b/.test(head)) throw new Refusal('head-unclear', { head });
  const editor = new PythonEditor(document, changes);
  const indentation = editor.indentationOf(statement) + document.style.indent;
  const body = raises ? `${code.at(indentation)}\nraise` : code.at(indentation);
  const lines = body.split('\n').map((line) => `${document.style.indent}${line}`);
  changes.replace(document, statement.startIndex, colon.startIndex, 'try');
  editor.insertAfter(
    statement,
    [`except ${types}${code.alias === undefined ? '' : ` as ${code.alias}`}:`, ...lines].join('\n'),
  );
  await dropImport(handler, call.startIndex, colon.startIndex, imports);
}

async function dropImport(
  { document, call, model }: SuppressHandler,
  start: number,
  end: number,
  imports: PythonImports,
): Promise<void> {
  const binding = model.bindingAt(call.startIndex);
  if (binding?.imported) await imports.removeUnusedImport(document, binding.imported, [{ start, end }]);
}
