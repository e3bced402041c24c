import { Refusal } from '../../../../core/edit/refusal';
import { TypeScriptEditor } from '../../../../core/edit/typescript/editor';
import { typeScriptString } from '../../../../core/edit/typescript/format';
import type { LanguageCure } from '../language-cure';
import { errorName, takeError } from './error-name';
import { type BlockHandler, handlerOf, hasBlock, type TypeScriptHandler } from './handler';
import { type Raised, raisedBy } from './raised';

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
  const raised = raisedBy(handler);
  const { model, names, document } = handler;
  const taken = raised.kind === 'types' ? raised.types.find((type) => model.lookup(type, names)) : undefined;
  if (taken !== undefined) throw new Refusal('import-conflict', { name: taken, file: document.file });
  return raised;
}

const namesOf = (raised: Raised): string => (raised.kind === 'types' ? raised.types.join(', ') : 'ENOENT');

function guardOf(raised: Raised, error: string, handler: BlockHandler, editor: TypeScriptEditor): string {
  const { source, style } = handler.document;
  const thrown = editor.statement(`throw ${error}`);
  const condition = conditionOf(raised, error, handler.document);
  const head = `if (${condition}) {`;
  const room = style.lineLength - editor.indentationIn(handler.block).length;
  // Some projects have short branches without braces.
  const isShort = /^[ \t]*if \(.*\) (?:return|throw|continue)\b/m.test(source.text);
  if (isShort && `if (${condition}) ${thrown}`.length <= room) return `if (${condition}) ${thrown}`;
  const body = `${style.indent}${thrown}\n}`;
  if (head.length <= room) return `${head}\n${body}`;
  const [, inner] = /^!\((.*)\)$/.exec(condition)!;
  const operands = inner!.split(/ (?:\|\||&&) /);
  const operator = inner!.includes('||') ? '||' : '&&';
  const lines = operands.map(
    (one, at) => `${style.indent.repeat(2)}${one}${at < operands.length - 1 ? ` ${operator}` : ''}`,
  );
  return `if (\n${style.indent}!(\n${lines.join('\n')}\n${style.indent})\n) {\n${body}`;
}

function conditionOf(raised: Raised, error: string, { language, style }: TypeScriptHandler['document']): string {
  if (raised.kind === 'types') return `!(${raised.types.map((type) => `${error} instanceof ${type}`).join(' || ')})`;
  const code = typeScriptString('ENOENT', style);
  if (language === 'javascript') return `${error}?.code !== ${code}`;
  return `!(${error} instanceof Error && ${typeScriptString('code', style)} in ${error} && ${error}.code === ${code})`;
}
