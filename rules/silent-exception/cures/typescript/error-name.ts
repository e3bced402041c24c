import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { TypeScriptEditor } from '../../../../core/edit/typescript/editor';
import { type TypeScriptHandler, textOf } from './handler';

const USUAL = ['error', 'err', 'e', 'cause'];

/**
 * The name that the handler has for the error, or is to get: its own, unless it says that it is unused (`_`, `_err`); else the one that
 * the module's handlers use most, if it means nothing else there.
 * @throws Refusal `exception-name-taken`, `parameter-pattern`
 */
export function errorName(handler: TypeScriptHandler): string {
  const { document, parameter } = handler;
  if (parameter && parameter.type !== 'identifier')
    throw new Refusal('parameter-pattern', { pattern: textOf(document, parameter) });
  const own = parameter && textOf(document, parameter);
  if (own !== undefined && !own.startsWith('_')) return own;
  const free = [...usualNames(document), ...USUAL].find((name) => isFree(name, handler));
  if (free === undefined) throw new Refusal('exception-name-taken');
  return free;
}

/** Makes the handler take the error under a name: a parameter is added, or one that nothing reads is renamed. */
export function takeError(handler: TypeScriptHandler, name: string, editor: TypeScriptEditor): void {
  const { document, parameter, node, shape } = handler;
  if (parameter) {
    if (textOf(document, parameter) !== name) editor.renameUnused(parameter, name);
  } else if (shape === 'clause') editor.addCatchParameter(node, name);
  else if (shape !== 'name') editor.addFirstParameter(node, parameterFor(name, document));
}

/** Where the type of the promise is not known, a parameter without a type would be `any` unsaid, which strict settings forbid. */
export function parameterFor(name: string, { language }: Document): string {
  return language === 'javascript' ? name : `${name}: unknown`;
}

const known = new WeakMap<Document, readonly string[]>();

/** What the module calls its errors, the commonest first. */
function usualNames(document: Document): readonly string[] {
  const list = known.get(document);
  if (list) return list;
  const counts = new Map<string, number>();
  const names = [
    ...document.source.text.matchAll(/\bcatch\s*\(\s*([A-Za-z$][\w$]*)\s*[:)]/g),
    ...document.source.text.matchAll(/\.catch\(\s*(?:async\s*)?\(?([A-Za-z$][\w$]*)(?:\s*:[^()=]*)?\)?\s*=>/g),
  ];
  for (const [, name] of names) counts.set(name!, (counts.get(name!) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  known.set(document, sorted);
  return sorted;
}

/** A name that means nothing where the handler stands and that no function within reads from further out. */
function isFree(name: string, { model, names, node, document }: TypeScriptHandler): boolean {
  if (!/^(?:e|ex|err|error|cause|exc|exception|reason)$|(?:Err|Error)$/.test(name)) return false;
  if (model.lookup(name, names)) return false;
  const inside = document.source.slice(node.startIndex, node.endIndex);
  return !new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(inside.replace(/^catch\b/, ''));
}
