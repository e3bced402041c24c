import { Refusal } from '../../../../core/edit/refusal';
import { TypeScriptEditor } from '../../../../core/edit/typescript/editor';
import { typeScriptString } from '../../../../core/edit/typescript/format';
import type { LanguageCure } from '../../../../core/rule/language-cure';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { errorName, takeError } from './error-name';
import { type BlockHandler, handlerOf, hasBlock, type TypeScriptHandler, textOf } from './handler';
import { type Raised, raisedIn, UnknownThrow } from './raised';

/** Throws on what the guarded code is not documented to throw: the head of a `catch` cannot name types. */
export const typeScriptNarrowException: LanguageCure = {
  prepare(request) {
    const handler = handlerOf(request);
    const raised = raisedFor(handler);
    errorName(handler);
    return { title: { messageId: 'catch-only', args: { types: namesOf(raised) } }, applicability: 'review' };
  },
  async build(request, changes) {
    const handler = handlerOf(request);
    const raised = raisedFor(handler);
    const error = errorName(handler);
    if (!hasBlock(handler)) throw new Refusal('nothing-raised');
    const editor = new TypeScriptEditor(handler.document, changes);
    takeError(handler, error, editor);
    editor.prependToBlock(handler.block, guardOf(raised, error, handler, editor));
    changes.doubt('others-pass', { types: namesOf(raised) }, request.finding);
  },
};

/** @throws Refusal `raised-types-unknown`, `nothing-raised`, `import-conflict` */
function raisedFor(handler: TypeScriptHandler): Raised {
  const { model, names, document, guarded } = handler;
  if (guarded?.type !== 'statement_block') throw unknown(handler, handler.statement);
  const raised = known(handler, guarded);
  if (raised.types.length === 0 && raised.codes.length === 0) throw new Refusal('nothing-raised');
  const taken = raised.types.find((type) => model.lookup(type, names));
  if (taken !== undefined) throw new Refusal('import-conflict', { name: taken, file: document.file });
  return raised;
}

function known(handler: TypeScriptHandler, guarded: SyntaxNode): Raised {
  try {
    return raisedIn(handler.document, guarded);
  } catch (error) {
    throw error instanceof UnknownThrow ? unknown(handler, error.node) : error;
  }
}

function unknown({ document }: TypeScriptHandler, node: SyntaxNode): Refusal {
  const range = document.source.rangeOf(node);
  const flat = textOf(document, node).replace(/\s+/g, ' ');
  const code = flat.length > 60 ? `${flat.slice(0, 59)}…` : flat;
  return new Refusal('raised-types-unknown', { code, line: range.start.line + 1 }, { file: document.file, range });
}

const namesOf = ({ types, codes }: Raised): string => [...types, ...codes].join(', ');

function guardOf(raised: Raised, error: string, handler: BlockHandler, editor: TypeScriptEditor): string {
  const { source, style } = handler.document;
  const thrown = editor.statement(`throw ${error}`);
  const alternatives = alternativesOf(raised, error, handler.document);
  const condition = conditionOf(alternatives);
  const head = `if (${condition}) {`;
  const room = style.lineLength - editor.indentationIn(handler.block).length;
  // Some projects have short branches without braces.
  const isShort = /^[ \t]*if \(.*\) (?:return|throw|continue)\b/m.test(source.text);
  if (isShort && `if (${condition}) ${thrown}`.length <= room) return `if (${condition}) ${thrown}`;
  const body = `${style.indent}${thrown}\n}`;
  if (head.length <= room) return `${head}\n${body}`;
  // Prettier's ways, in their order: the condition on a line of its own, then each of its parts.
  const alone = `${style.indent}${condition}`;
  if (alone.length <= room) return `if (\n${alone}\n) {\n${body}`;
  const [operands, operator] =
    alternatives.length > 1 ? [alternatives.map(grouped), '||'] : [alternatives[0]!.split(' && '), '&&'];
  const lines = operands.map(
    (one, at) => `${style.indent.repeat(2)}${one}${at < operands.length - 1 ? ` ${operator}` : ''}`,
  );
  return `if (\n${style.indent}!(\n${lines.join('\n')}\n${style.indent})\n) {\n${body}`;
}

/** What is asked of an error that is expected: one of these. */
function alternativesOf(
  { types, codes }: Raised,
  error: string,
  { language, style }: TypeScriptHandler['document'],
): string[] {
  const isType = types.map((type) => `${error} instanceof ${type}`);
  const isCode = codes.map((one) => {
    const code = typeScriptString(one, style);
    if (language === 'javascript') return `${error}?.code === ${code}`;
    return `${error} instanceof Error && ${typeScriptString('code', style)} in ${error} && ${error}.code === ${code}`;
  });
  return [...isType, ...isCode];
}

function conditionOf(alternatives: readonly string[]): string {
  const [first] = alternatives;
  if (alternatives.length > 1) return `!(${alternatives.map(grouped).join(' || ')})`;
  return / instanceof /.test(first!) ? `!(${first})` : first!.replace(' === ', ' !== ');
}

const grouped = (operand: string): string => (operand.includes(' && ') ? `(${operand})` : operand);
