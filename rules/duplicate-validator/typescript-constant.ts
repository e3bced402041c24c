import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import type { Held } from './python-constant';

/**
 * Follows a name to the one declaration in this file that gives it its value: `const NAME = ...`, or a constant of a class
 * (`this.NAME`, `Class.NAME`). Imported names are not followed: what two modules import is shared already.
 */
export function heldBy(file: ParsedFile, expression: SyntaxNode): Held | undefined {
  const found = expression.type === 'identifier' ? byBinding(file, expression) : byClass(file, expression);
  const value = found && unwrap(found.value);
  if (!found || !value) return undefined;
  return { name: found.name, value, via: `${found.name}@${file.source.lineAt(found.at)}` };
}

/** `(["a"] as const)` is `["a"]`. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (
    /^(?:as_expression|satisfies_expression|parenthesized_expression|non_null_expression)$/.test(at.type) &&
    at.firstNamedChild
  ) {
    at = at.firstNamedChild;
  }
  return at;
}

interface Found {
  readonly name: string;
  readonly value: SyntaxNode;
  readonly at: number;
}

function byBinding(file: ParsedFile, expression: SyntaxNode): Found | undefined {
  const known = fileConstant(file, file.source.slice(expression.startIndex, expression.endIndex));
  if (known) return known;
  const binding = file.semantics.bindingAt(expression.startIndex);
  const write = binding?.writes.length === 1 ? binding.writes[0] : undefined;
  const declarator = write && file.root.descendantForIndex(write.start, write.start)?.parent;
  if (!write || declarator?.type !== 'variable_declarator' || declarator.startIndex !== write.start) return undefined;
  const value = declarator.childForFieldName('value');
  return value ? { name: binding!.name, value, at: write.start } : undefined;
}

/**
 * `const NAME = ...`, where nothing else in the file declares or assigns that name: the usual case, found without the semantic model.
 * Only for names in capitals, which nobody gives to a parameter.
 */
function fileConstant(file: ParsedFile, name: string): Found | undefined {
  if (!/^[A-Z][A-Z0-9_]+$/.test(name)) return undefined;
  const hits = [...file.source.text.matchAll(new RegExp(`\\b(const\\s+)?${name}\\b\\s*(?::[^=\\n]*)?=(?![=>])`, 'g'))];
  if (hits.length !== 1 || !hits[0]![1]) return undefined;
  const at = hits[0]!.index + hits[0]![1].length;
  const declarator = file.root.descendantForIndex(at, at)?.parent;
  const value = declarator?.type === 'variable_declarator' ? declarator.childForFieldName('value') : null;
  return value ? { name, value, at } : undefined;
}

function byClass(file: ParsedFile, expression: SyntaxNode): Found | undefined {
  const [, owner, name] = /^(\w+)\.(#?\w+)$/.exec(file.source.slice(expression.startIndex, expression.endIndex)) ?? [];
  if (!owner || !name) return undefined;
  const holder = owner === 'this' ? enclosingClass(expression) : classNamed(file, owner);
  const found: Found[] = [];
  for (const member of holder?.childForFieldName('body')?.namedChildren ?? []) {
    if (member.type !== 'public_field_definition' && member.type !== 'field_definition') continue;
    const key = member.childForFieldName('name') ?? member.childForFieldName('property');
    const value = member.childForFieldName('value');
    if (key && value && file.source.slice(key.startIndex, key.endIndex) === name)
      found.push({ name, value, at: key.startIndex });
  }
  return found.length === 1 ? found[0] : undefined;
}

function enclosingClass(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent)
    if (/^(?:abstract_class_declaration|class_declaration|class)$/.test(at.type)) return at;
  return undefined;
}

function classNamed(file: ParsedFile, name: string): SyntaxNode | undefined {
  const hit = new RegExp(`\\bclass[ \\t]+${name}\\b`).exec(file.source.text);
  if (!hit) return undefined;
  const at = hit.index + hit[0].length - 1;
  const holder = file.root.descendantForIndex(at, at)?.parent;
  return holder && /class/.test(holder.type) ? holder : undefined;
}
