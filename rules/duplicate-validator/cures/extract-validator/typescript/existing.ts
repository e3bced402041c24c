import { isCommonJs } from '../../../../../core/edit/typescript/imports';
import type { TypeScriptModel } from '../../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptNameOf } from '../../../../../core/syntax/typescript';
import { type Site, textOf } from './site';
import { outOfBrackets, type Use } from './use';

/** A function of a module that asks the question and nothing else. */
export interface ExistingPredicate {
  readonly name: string;
  /** What other files cannot import yet: the statement that is to be exported. */
  readonly hidden?: SyntaxNode;
}

/** The function around a place, where it is what would be made. */
export function existingPredicate({ owner, document, check, symbol }: Site, use: Use): ExistingPredicate | undefined {
  const { root, source, semantics } = document;
  if (use.kind !== 'predicate' || use.isNegated || !owner || !check?.subject) return undefined;
  const name = typeScriptNameOf(owner, source);
  const parameter = onlyParameter(owner);
  // A default or an option would have to be handed over.
  if (!name || symbol !== name || !parameter || textOf(document, check.subject) !== textOf(document, parameter))
    return undefined;
  if (/^async\b|^export\s+async\b/.test(textOf(document, owner))) return undefined;
  // One that narrows types, or that takes some alone, would do more at the other places.
  const returned = owner.childForFieldName('return_type');
  const taken = parameter.parent?.childForFieldName('type');
  if (returned && !/^:\s*boolean$/.test(textOf(document, returned))) return undefined;
  if (taken && !/^:\s*(?:string|unknown|any)$/.test(textOf(document, taken))) return undefined;
  const answer = outOfBrackets(use.node).parent;
  const body = owner.childForFieldName('body');
  const statements = (body?.namedChildren ?? []).filter(({ type }) => type !== 'comment');
  // The pattern may have a name of its own.
  const asking = statements[0]?.id === check.held?.declarator.parent?.id ? statements.slice(1) : statements;
  const isWhole =
    answer?.id === owner.id ||
    (answer?.type === 'return_statement' && answer.parent?.id === body?.id && asking.length === 1);
  const holder = owner.type === 'arrow_function' ? owner.parent?.parent : owner;
  if (!isWhole || !holder) return undefined;
  if (holder.parent?.id === root.id) return isCommonJs(document) ? undefined : { name, hidden: holder };
  const statement = holder.parent?.type === 'export_statement' ? holder.parent : undefined;
  if (statement?.parent?.id !== root.id) return undefined;
  const { exports } = semantics as TypeScriptModel;
  return exports.some(({ exported, local }) => exported === name && local === name) ? { name } : undefined;
}

function onlyParameter(owner: SyntaxNode): SyntaxNode | undefined {
  const single = owner.childForFieldName('parameter');
  if (single) return single;
  const [only, other] = (owner.childForFieldName('parameters')?.namedChildren ?? []).filter(
    ({ type }) => type !== 'comment',
  );
  if (!only || other) return undefined;
  const name = only.type === 'identifier' ? only : only.childForFieldName('pattern');
  return name?.type === 'identifier' && !only.childForFieldName('value') ? name : undefined;
}
