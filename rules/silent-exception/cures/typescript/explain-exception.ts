import { Fragment } from '../../../../core/edit/fragment';
import { Refusal } from '../../../../core/edit/refusal';
import { TypeScriptEditor } from '../../../../core/edit/typescript/editor';
import type { CureRequest } from '../../../../core/rule/cure';
import type { Message } from '../../../../core/rule/finding';
import type { LanguageCure } from '../../../../core/rule/language-cure';
import { explains } from '../../comments';
import { bestEffortText } from '../wording';
import { handlerOf, hasBlock, singleCallee, type TypeScriptHandler } from './handler';

/** Puts a comment with the reason into the handler, as its first line. */
export const typeScriptExplainException: LanguageCure = {
  prepare(request) {
    const reason = reasonFor(handlerOf(request), request);
    const isOwn = request.choices.reason !== undefined;
    const title: Message = isOwn ? { messageId: 'say-why', args: { reason } } : { messageId: 'best-effort', args: {} };
    return { title, applicability: 'safe' };
  },
  async build(request, changes) {
    const handler = handlerOf(request);
    const { document, node } = handler;
    const editor = new TypeScriptEditor(document, changes);
    const reason = reasonFor(handler, request);
    const comment = (indentation: string): string =>
      wrapped(reason, document.style.lineLength - indentation.length).join('\n');
    if (!hasBlock(handler)) {
      const inner = editor.layout.indentationAt(node.startIndex) + document.style.indent;
      if (handler.shape === 'arrow') editor.toBlockBody(node, comment(inner), true);
      else editor.replaceExpression(node, Fragment.of('() => ', editor.blockAt(node, comment(inner))));
    } else editor.prependToBlock(handler.block, comment(editor.indentationIn(handler.block)));
  },
};

/** @throws Refusal `reason-needed`, `reason-not-one-line`, `reason-says-nothing` */
function reasonFor(handler: TypeScriptHandler, { choices, finding }: CureRequest): string {
  if (choices.reason === undefined) {
    if (!handler.isCleanup) throw new Refusal('reason-needed');
    return bestEffortText(singleCallee(handler), finding.messageId === 'nested');
  }
  const reason = choices.reason.trim();
  // `https://` in a reason opens no comment.
  if (/[\r\n]|^\/\/|\s\/\/|\/\*|\*\//.test(reason)) throw new Refusal('reason-not-one-line');
  if (!explains([`// ${reason}`])) throw new Refusal('reason-says-nothing', { reason });
  return reason;
}

/** Lines of a comment; a word that is too long for a line has one for itself. */
function wrapped(reason: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of reason.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`// ${word}`);
  }
  return lines;
}
