import type { TypeScriptModel } from '../../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptNameOf } from '../../../../../core/syntax/typescript';
import { type Site, textOf } from './site';
import { outOfBrackets, type Use } from './use';

/** A function that asks the question and nothing else, and that other files can import. */
export interface ExistingPredicate {
  readonly name: string;
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
  const isWhole =
    answer?.id === owner.id ||
    (answer?.type === 'return_statement' &&
      answer.parent?.id === body?.id &&
      body?.namedChildren.filter(({ type }) => type !== 'comment').length === 1);
  if (!isWhole) return undefined;
  const holder = owner.type === 'arrow_function' ? owner.parent?.parent : owner;
  const statement = holder?.parent?.type === 'export_statement' ? holder.parent : undefined;
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
