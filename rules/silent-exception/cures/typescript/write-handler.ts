import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import { Fragment } from '../../../../core/edit/fragment';
import { TypeScriptEditor } from '../../../../core/edit/typescript/editor';
import { unusedImportSpans } from '../../../../core/edit/typescript/unused-imports';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { parameterFor, takeError } from './error-name';
import { type ExpressionHandler, hasBlock, leaves, type TypeScriptHandler, textOf } from './handler';
import type { LogCode } from './log-plan';

/**
 * Writes a log call into a handler.
 * @param isPropagated whether `throw` takes the place of what swallows
 */
export function writeHandler(
  handler: TypeScriptHandler,
  error: string,
  log: LogCode,
  isPropagated: boolean,
  changes: ChangeBuilder,
): void {
  const { document } = handler;
  const editor = new TypeScriptEditor(document, changes);
  const code = (indentation: string): string => {
    const logged = editor.statement(log(indentation));
    return isPropagated ? `${logged}\n${editor.statement(`throw ${error}`)}` : logged;
  };
  takeError(handler, error, editor);
  dropImports(handler, isPropagated, log(''), changes);
  if (!hasBlock(handler)) {
    const { node } = handler;
    const inner = editor.layout.indentationAt(node.startIndex) + document.style.indent;
    if (handler.shape === 'name') {
      editor.replaceExpression(
        node,
        Fragment.of(`(${parameterFor(error, document)}) => `, editor.blockAt(node, code(inner))),
      );
      return;
    }
    const body = node.childForFieldName('body')!;
    const at = editor.layout.indentationAt(body.startIndex) + document.style.indent;
    editor.toBlockBody(node, code(at), keepsValue(handler, isPropagated));
    return;
  }
  const { block, swallow } = handler;
  const written = code(editor.indentationIn(block));
  if (!swallow) editor.appendToBlock(block, written);
  else if (goes(swallow, isPropagated)) editor.replaceStatement(swallow, written);
  else editor.insertBefore(swallow, written);
}

/** Takes out imports that only the code read which goes. */
function dropImports(handler: TypeScriptHandler, isPropagated: boolean, written: string, changes: ChangeBuilder): void {
  const { document } = handler;
  const gone = goneCode(handler, isPropagated);
  if (!gone) return;
  const isWritten = (name: string): boolean =>
    new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(written);
  const spans = unusedImportSpans(document, [{ start: gone.startIndex, end: gone.endIndex }], ({ local }) =>
    isWritten(local),
  );
  for (const { start, end } of spans) changes.remove(document, start, end);
}

/** What nothing is left of: the function that was handed on by its name, the value, or the statement that swallows. */
function goneCode(handler: TypeScriptHandler, isPropagated: boolean): SyntaxNode | undefined {
  if (hasBlock(handler)) return handler.swallow && goes(handler.swallow, isPropagated) ? handler.swallow : undefined;
  if (handler.shape === 'name') return handler.node;
  return keepsValue(handler, isPropagated) ? undefined : handler.node.childForFieldName('body')!;
}

const goes = (swallow: SyntaxNode, isPropagated: boolean): boolean => isPropagated || !leaves(swallow);

/** Whether the value that stands for the failure is answered still. */
function keepsValue({ node, document, isValueUsed }: ExpressionHandler, isPropagated: boolean): boolean {
  const body = node.childForFieldName('body')!;
  return !isPropagated && (isValueUsed || !/^(?:undefined|void 0)$/.test(textOf(document, body)));
}
