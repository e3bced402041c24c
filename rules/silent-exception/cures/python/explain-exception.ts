import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import { PythonEditor } from '../../../../core/edit/python/editor';
import { Refusal } from '../../../../core/edit/refusal';
import type { CureRequest } from '../../../../core/rule/cure';
import type { Message } from '../../../../core/rule/finding';
import type { LanguageCure } from '../../../../core/rule/language-cure';
import { explains, waives } from '../../comments';
import { bestEffortText } from '../wording';
import { singleCallee } from './callee';
import { type ExceptHandler, handlerOf, type PythonHandler, type SuppressHandler } from './handler';

/** Puts a comment with the reason into the handler. */
export const pythonExplainException: LanguageCure = {
  prepare(request) {
    const handler = handlerOf(request);
    const reason = reasonFor(handler, request);
    const isOwn = request.choices.reason !== undefined;
    const title: Message = isOwn ? { messageId: 'say-why', args: { reason } } : { messageId: 'best-effort', args: {} };
    return { title, applicability: 'safe' };
  },
  async build(request, changes) {
    const handler = handlerOf(request);
    const reason = reasonFor(handler, request);
    if (handler.clause) explainClause(handler, reason, changes);
    else explainSuppress(handler, reason, changes);
  },
};

/** @throws Refusal `reason-needed`, `reason-not-one-line`, `reason-says-nothing` */
function reasonFor(handler: PythonHandler, { choices, finding }: CureRequest): string {
  if (choices.reason === undefined) {
    if (!handler.isCleanup) throw new Refusal('reason-needed');
    return bestEffortText(singleCallee(handler), finding.messageId === 'nested');
  }
  const reason = choices.reason.trim();
  if (/[\r\n]|^#|\s#\s/.test(reason)) throw new Refusal('reason-not-one-line');
  if (!explains([`# ${reason}`])) throw new Refusal('reason-says-nothing', { reason });
  return reason;
}

function explainClause({ document, block }: ExceptHandler, reason: string, changes: ChangeBuilder): void {
  const editor = new PythonEditor(document, changes);
  const first = block.namedChildren.find(({ type }) => type !== 'comment')!;
  const { source, style } = document;
  const line = source.lineAt(first.startIndex);
  const text = source.lineText(line);
  const isInline = text.slice(0, source.positionAt(first.startIndex).character).trim() !== '';
  if (isInline && !text.includes('#') && text.length + 4 + reason.length <= style.lineLength) {
    changes.insert(document, source.offsetAt({ line, character: text.trimEnd().length }), `  # ${reason}`);
    return;
  }
  const indentation = isInline ? editor.indentationOf(block.parent!) + style.indent : editor.indentationOf(first);
  editor.insertBefore(first, wrapped(reason, style.lineLength - indentation.length).join('\n'));
}

/** Lines of a comment; a word that is too long for a line has one for itself. */
function wrapped(reason: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of reason.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}

/** Behind `with suppress(...):`, as there is no handler that it could stand in. */
function explainSuppress({ document, statement }: SuppressHandler, reason: string, changes: ChangeBuilder): void {
  const { source, style } = document;
  const colon = statement.children.find(({ type }) => type === ':')!;
  const line = source.lineAt(colon.startIndex);
  const text = source.lineText(line).trimEnd();
  const limit = style.lineLength - text.length - 4;
  const fits = reason.length <= limit && !text.includes('#');
  if (!fits && waives([`# ${reason}`])) {
    // Above a statement only a remark that plainly waives the failure is taken for its reason.
    const editor = new PythonEditor(document, changes);
    editor.insertBefore(
      statement,
      wrapped(reason, style.lineLength - editor.indentationOf(statement).length).join('\n'),
    );
    return;
  }
  if (!fits) throw new Refusal('reason-too-long', { limit: Math.max(0, text.includes('#') ? 0 : limit) });
  changes.insert(document, source.offsetAt({ line, character: text.length }), `  # ${reason}`);
}
