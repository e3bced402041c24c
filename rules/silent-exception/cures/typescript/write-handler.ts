import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import { Fragment } from '../../../../core/edit/fragment';
import { TypeScriptEditor } from '../../../../core/edit/typescript/editor';
import { parameterFor, takeError } from './error-name';
import { hasBlock, leaves, type TypeScriptHandler, textOf } from './handler';
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
    const isNothing = /^(?:undefined|void 0)$/.test(textOf(document, body));
    const at = editor.layout.indentationAt(body.startIndex) + document.style.indent;
    editor.toBlockBody(node, code(at), !isPropagated && (handler.isValueUsed || !isNothing));
    return;
  }
  const { block, swallow } = handler;
  const written = code(editor.indentationIn(block));
  if (!swallow) editor.appendToBlock(block, written);
  else if (isPropagated || !leaves(swallow)) editor.replaceStatement(swallow, written);
  else editor.insertBefore(swallow, written);
}
