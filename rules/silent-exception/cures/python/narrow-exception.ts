import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import { PythonImports } from '../../../../core/edit/python/imports/imports';
import { Refusal } from '../../../../core/edit/refusal';
import type { Document } from '../../../../core/edit/snapshot';
import type { LanguageCure } from '../../../../core/rule/language-cure';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { type ExceptHandler, handlerOf, type PythonHandler, placeOf, refuseComment, textOf } from './handler';
import { LOCAL, raisedIn } from './raised';
import { UnknownRaise } from './unknown-raise';

/** Names in the head the types that the guarded code is documented to raise; a bare `except:` can always become `except Exception:`. */
export const pythonNarrowException: LanguageCure = {
  prepare(request) {
    const types = typesFor(handlerOf(request)).map(shortName);
    return { title: { messageId: 'catch-only', args: { types: types.join(', ') } }, applicability: 'review' };
  },
  async build(request, changes) {
    const handler = handlerOf(request);
    const types = typesFor(handler);
    const imports = new PythonImports(changes);
    const names = types.map((type) => nameIn(type, handler, imports));
    const isOnlyException = types.length === 1 && types[0] === 'builtins.Exception';
    if (isOnlyException) changes.doubt('now-passes', { types: passing(handler) }, request.finding);
    else changes.doubt('others-pass', { types: types.map(shortName).join(', ') }, request.finding);
    writeTypes(handler, names, changes);
  },
};

/** @throws Refusal `raised-types-unknown`, `nothing-raised` */
function typesFor(handler: PythonHandler): string[] {
  try {
    const earlier = earlierTypes(handler);
    const types = raisedTypes(handler).filter((type) => !earlier.has(shortName(type)));
    if (types.length === 0) throw new Refusal('nothing-raised');
    return types;
  } catch (error) {
    if (error instanceof Refusal && handler.kind === 'bare') return ['builtins.Exception'];
    throw error;
  }
}

function raisedTypes({ document, guarded }: PythonHandler): string[] {
  try {
    return raisedIn(document, guarded);
  } catch (error) {
    throw error instanceof UnknownRaise ? unknown(document, error.node) : error;
  }
}

function unknown(document: Document, node: SyntaxNode): Refusal {
  const text = textOf(document, node).replace(/\s+/g, ' ');
  const callee = node.type === 'call' ? node.childForFieldName('function') : null;
  const short = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  const code = callee ? `${textOf(document, callee).replace(/\s+/g, ' ')}()` : short;
  const range = document.source.rangeOf(node);
  return new Refusal('raised-types-unknown', { code, line: range.start.line + 1 }, { file: document.file, range });
}

/** What the handlers in front of this one catch already. */
function earlierTypes({ clause, document }: PythonHandler): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = clause?.previousNamedSibling; at?.type === 'except_clause'; at = at.previousNamedSibling) {
    const head = at.namedChildren.find(({ type }) => type !== 'comment' && type !== 'block');
    for (const name of head ? (textOf(document, head).match(/[\w.]+/g) ?? []) : []) found.add(shortName(name));
  }
  return found;
}

const shortName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** `json.JSONDecodeError` as the document can write it. */
function nameIn(path: string, handler: PythonHandler, imports: PythonImports): string {
  const { document, model } = handler;
  const cut = path.lastIndexOf('.');
  const [module, member] = [path.slice(0, cut), path.slice(cut + 1)];
  if (module === 'builtins') {
    if (model.lookup(member, model.scopeAt(placeOf(handler))))
      throw new Refusal('import-conflict', { name: member, file: document.file });
    return member;
  }
  if (module === LOCAL) {
    if (model.lookup(member, model.scopeAt(placeOf(handler)))?.scope.kind !== 'module')
      throw new Refusal('import-conflict', { name: member, file: document.file });
    return member;
  }
  const known = document.semantics.imports;
  const hasModule = known.some((one) => one.module === module && one.member === undefined && !one.typeOnly);
  const at = placeOf(handler);
  if (known.some((one) => one.module === module && one.member === member))
    return imports.ensureImport(document, { module, member, at });
  return hasModule
    ? `${imports.ensureImport(document, { module, at })}.${member}`
    : imports.ensureImport(document, { module, member, at });
}

/** What a bare `except:` caught and `except Exception:` lets pass. */
function passing({ document, scope }: PythonHandler): string {
  const isAsync = scope !== undefined && /^async\b/.test(textOf(document, scope));
  return ['KeyboardInterrupt', 'SystemExit', 'GeneratorExit', ...(isAsync ? ['asyncio.CancelledError'] : [])].join(
    ', ',
  );
}

function writeTypes(handler: PythonHandler, names: readonly string[], changes: ChangeBuilder): void {
  const { document, typeNodes } = handler;
  const first = typeNodes[0];
  const last = typeNodes.at(-1);
  if (first && last) refuseComment(handler, first.startIndex, last.endIndex);
  if (!handler.clause) {
    changes.replace(document, first!.startIndex, last!.endIndex, names.join(', '));
    return;
  }
  const written = names.length > 1 ? `(${names.join(', ')})` : names[0]!;
  if (first && last) changes.replace(document, first.startIndex, last.endIndex, written);
  else changes.insert(document, keywordEnd(handler), ` ${written}`);
}

function keywordEnd({ clause }: ExceptHandler): number {
  return clause.firstChild!.endIndex;
}
