import type { Binding } from '../../../../core/semantics/model';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { bestOf, identifies, type NameAtHand, type Ranked, type ValueKind } from '../names-at-hand';
import { type TypeScriptHandler, textOf } from './handler';
import { ownerOfThis } from './logger';

/** The names that identify what the guarded code was about, at most two: what it reads itself comes first. */
export function namesAtHand(handler: TypeScriptHandler, error: string): NameAtHand[] {
  return bestOf([...variables(handler), ...fields(handler)].filter(({ expression }) => expression !== error));
}

function variables(handler: TypeScriptHandler): Ranked[] {
  const { model, names, guarded } = handler;
  const found: Ranked[] = [];
  for (let scope: typeof names | undefined = names; scope && scope !== model.root; scope = scope.parent) {
    for (const binding of scope.bindings.values()) {
      const { name } = binding;
      if (model.lookup(name, names) !== binding || name.startsWith('_') || isWrittenInside(binding, handler)) continue;
      const read = binding.reads.find(
        ({ start, end }) => guarded && guarded.startIndex <= start && end <= guarded.endIndex,
      );
      const isOwn = binding.kind === 'parameter' && isParameterOf(binding, handler.scope);
      if (!read && !isOwn) continue;
      const node = declarationOf(binding, handler);
      if (!node || !isBoundBefore(binding, node, handler) || !identifies(name, kindOf(binding, node, handler)))
        continue;
      const isItem = node.type === 'for_in_statement';
      found.push({
        label: name,
        expression: name,
        rank: read ? (isItem ? 0 : 1) : 3,
        start: read?.start ?? node.startIndex,
      });
    }
  }
  return found;
}

/** A name that the guarded code sets could say something else in the handler than what was worked on. */
function isWrittenInside({ writes }: Binding, { guarded }: TypeScriptHandler): boolean {
  return writes.some(({ start, end }) => guarded && guarded.startIndex <= start && end <= guarded.endIndex);
}

function isParameterOf({ writes }: Binding, scope: SyntaxNode | undefined): boolean {
  const list = scope?.childForFieldName('parameters') ?? scope?.childForFieldName('parameter');
  return list != null && writes.some(({ start, end }) => list.startIndex <= start && end <= list.endIndex);
}

/** What declares a name: a parameter, a declarator, a loop. */
function declarationOf({ writes: [write] }: Binding, { document }: TypeScriptHandler): SyntaxNode | undefined {
  for (let at = write ? document.root.namedDescendantForIndex(write.start, write.end) : null; at; at = at.parent) {
    if (
      /^(?:required_parameter|optional_parameter|variable_declarator|for_in_statement|formal_parameters)$/.test(at.type)
    )
      return at;
    if (at.type === 'arrow_function') return at;
    if (at.type === 'statement_block') return undefined;
  }
  return undefined;
}

function isBoundBefore(binding: Binding, node: SyntaxNode, { statement }: TypeScriptHandler): boolean {
  if (binding.kind === 'parameter') return true;
  if (node.type === 'for_in_statement') return node.startIndex < statement.startIndex;
  return (
    node.type === 'variable_declarator' &&
    node.childForFieldName('value') !== null &&
    node.endIndex <= statement.startIndex
  );
}

const ABSENT = /\s*\|\s*(?:null|undefined)\b|\b(?:null|undefined)\s*\|\s*/g;

/** What is known of a variable's values, from annotations and initial values. */
function kindOf({ writes: [write] }: Binding, node: SyntaxNode, { document }: TypeScriptHandler): ValueKind {
  const name = write ? document.root.namedDescendantForIndex(write.start, write.end) : null;
  if (name?.parent?.type === 'rest_pattern') return 'other';
  const isWhole = name?.parent?.id === node.id;
  const type = isWhole ? node.childForFieldName('type') : memberType(name, node, document);
  if (type) return kindOfType(textOf(document, type));
  const value = isWhole && node.type === 'variable_declarator' ? node.childForFieldName('value') : null;
  if (value && /^(?:string|template_string)$/.test(value.type)) return 'scalar';
  if (value?.type === 'number') return 'identity';
  if (value && /^(?:object|array|arrow_function|function_expression|new_expression|await_expression)$/.test(value.type))
    return value.type === 'await_expression' ? 'unknown' : 'other';
  return 'unknown';
}

export function kindOfType(annotation: string): ValueKind {
  const type = annotation.replace(/^:\s*/, '').replace(ABSENT, '').trim();
  if (/^(?:number|bigint)$/.test(type)) return 'identity';
  if (/^(?:string|boolean|number \| string|string \| number)$/.test(type)) return 'scalar';
  return /^(?:any|unknown)$/.test(type) ? 'unknown' : 'other';
}

/** The type of one property where a parameter is taken apart: `{ id }: { id: string }`. */
function memberType(
  name: SyntaxNode | null,
  node: SyntaxNode,
  document: TypeScriptHandler['document'],
): SyntaxNode | undefined {
  const members = node.childForFieldName('type')?.firstNamedChild;
  if (!name || members?.type !== 'object_type') return undefined;
  const wanted = textOf(document, name);
  const member = members.namedChildren.find((one) => {
    const key = one.childForFieldName('name');
    return key !== null && textOf(document, key) === wanted;
  });
  return member?.childForFieldName('type') ?? undefined;
}

/** `this.x`, read by the guarded code, where the class declares it as a plain value. */
function fields(handler: TypeScriptHandler): Ranked[] {
  const { guarded, document } = handler;
  const owner = ownerOfThis(handler.node);
  if (!guarded || !owner) return [];
  return guarded.descendantsOfType('member_expression').flatMap((node) => {
    const name = /^this\.([\w$]+)$/.exec(textOf(document, node))?.[1];
    if (name === undefined || ownerOfThis(node)?.id !== owner.id) return [];
    if (
      node.parent?.childForFieldName('function')?.id === node.id ||
      node.parent?.childForFieldName('left')?.id === node.id
    )
      return [];
    const declared = new RegExp(
      `(?:^|[\\n;{(,])\\s*(?:(?:public|private|protected|readonly|override)\\s+)+${name.replaceAll('$', '\\$')}\\s*[?!]?\\s*:\\s*([^=;,\\n)]+)`,
    ).exec(textOf(document, owner));
    if (!declared || !identifies(name, kindOfType(declared[1]!))) return [];
    return [{ label: name.replace(/^_+/, ''), expression: `this.${name}`, rank: 1, start: node.startIndex }];
  });
}
