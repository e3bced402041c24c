import { isCommonJs } from '../../../../../core/edit/typescript/imports';
import type { TypeScriptModel } from '../../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptNameOf } from '../../../../../core/syntax/typescript';
import { runsWhenImported } from './effects';
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
  if (runsWhenImported(document)) return undefined;
  if (!name || symbol !== name || !parameter || textOf(document, check.subject) !== textOf(document, parameter))
    return undefined;
  if (/^async\b|^export\s+async\b/.test(textOf(document, owner))) return undefined;
  // One that narrows types, or that takes some alone, would do more at the other places.
  const returned = owner.childForFieldName('return_type');
  const taken = parameter.parent?.childForFieldName('type');
  if (returned && !/^:\s*boolean$/.test(textOf(document, returned))) return undefined;
  if (taken && !/^:\s*(?:string|unknown|any)$/.test(textOf(document, taken))) return undefined;
  const holder = owner.type === 'arrow_function' ? owner.parent?.parent : owner;
  if (!asksOnly(owner, check, use.node) || !holder) return undefined;
  if (holder.parent?.id === root.id) return isCommonJs(document) ? undefined : { name, hidden: holder };
  const statement = holder.parent?.type === 'export_statement' ? holder.parent : undefined;
  if (statement?.parent?.id !== root.id) return undefined;
  const { exports } = semantics as TypeScriptModel;
  return exports.some(({ exported, local }) => exported === name && local === name) ? { name } : undefined;
}

/** A function, no method, which belongs to what its class offers, whose one statement is its answer. */
export interface Answering {
  readonly name: string;
  /** It asks nothing but the check, and would be left to hand the question on where another one asks it; else the check is a part. */
  readonly isAll: boolean;
}

/** The function around a place, where all that it does is to answer. */
export function answeringFunction({ owner, document, check }: Site): Answering | undefined {
  if (!owner || !check?.subject) return undefined;
  if (
    owner.type !== 'function_declaration' &&
    !/^(?:variable_declarator|assignment_expression)$/.test(owner.parent?.type ?? '')
  )
    return undefined;
  const name = typeScriptNameOf(owner, document.source);
  const isAll = asksOnly(owner, check, truthOf(check.node));
  return name && (isAll || answersAtOnce(owner)) ? { name, isAll } : undefined;
}

function answersAtOnce(owner: SyntaxNode): boolean {
  const body = owner.childForFieldName('body');
  if (body?.type !== 'statement_block') return true;
  const [only, other] = body.namedChildren.filter(({ type }) => type !== 'comment');
  return only?.type === 'return_statement' && other === undefined;
}

/** `!!value.match(PATTERN)` and `PATTERN.exec(value) !== null` of the match. */
function truthOf(check: SyntaxNode): SyntaxNode {
  let at = outOfBrackets(check);
  while (/^(?:unary|binary)_expression$/.test(at.parent?.type ?? '')) {
    const other = at.parent!.namedChildren.find((one) => one.id !== at.id);
    if (other && !/^(?:null|undefined|true|false|number)$/.test(other.type)) break;
    at = outOfBrackets(at.parent!);
  }
  return at;
}

function asksOnly(owner: SyntaxNode, check: NonNullable<Site['check']>, node: SyntaxNode): boolean {
  const answer = outOfBrackets(node).parent;
  const body = owner.childForFieldName('body');
  const statements = (body?.namedChildren ?? []).filter(({ type }) => type !== 'comment');
  // The pattern may have a name of its own.
  const asking = statements[0]?.id === check.held?.declarator.parent?.id ? statements.slice(1) : statements;
  return (
    answer?.id === owner.id ||
    (answer?.type === 'return_statement' && answer.parent?.id === body?.id && asking.length === 1)
  );
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
