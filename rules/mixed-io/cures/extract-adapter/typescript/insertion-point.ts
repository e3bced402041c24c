import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import type { Subject } from './subject';

/**
 * Where the classes of adapters go: above the statement at the top of the file that holds the class or function, with its comments. A
 * function can be called by code above it, which a class cannot be: then above that code.
 */
export function insertionPoint({ document, unit }: Subject): number {
  let statement = unit;
  while (statement.parent && statement.parent.id !== document.root.id) statement = statement.parent;
  const isHoisted = /function_declaration$/.test(inner(statement).type);
  const first = isHoisted ? (firstUse(statement, document) ?? statement) : statement;
  return withComments(first, document);
}

/** The first statement at the top of the file above a function that runs and says its name, or that of a function which calls it. */
function firstUse(definition: SyntaxNode, document: Document): SyntaxNode | undefined {
  const { root } = document;
  const functions = root.namedChildren.filter((one) => /function_declaration$/.test(inner(one).type));
  const names = new Set([nameOf(definition, document)]);
  for (let size = 0; size < names.size; ) {
    size = names.size;
    for (const one of functions) if (says(one, names, document)) names.add(nameOf(one, document));
  }
  return root.namedChildren.find(
    (one) =>
      one.startIndex < definition.startIndex &&
      !functions.includes(one) &&
      !/^(?:import_statement|comment)$/.test(one.type) &&
      says(one, names, document),
  );
}

function inner(statement: SyntaxNode): SyntaxNode {
  return statement.type === 'export_statement'
    ? (statement.childForFieldName('declaration') ?? statement.childForFieldName('value') ?? statement)
    : statement;
}

function nameOf(statement: SyntaxNode, document: Document): string {
  const name = inner(statement).childForFieldName('name');
  return name ? textOf(document, name) : '';
}

function says(statement: SyntaxNode, names: ReadonlySet<string>, document: Document): boolean {
  return statement
    .descendantsOfType(['identifier', 'shorthand_property_identifier'])
    .some((one) => names.has(textOf(document, one)));
}

/** The offset of a statement, or of the comments directly above it. */
function withComments(statement: SyntaxNode, { source: { text } }: Document): number {
  let at = statement.startIndex;
  for (let before = statement.previousSibling; before?.type === 'comment'; before = before.previousSibling) {
    if (!/^[ \t]*\r?\n[ \t]*$/.test(text.slice(before.endIndex, at))) break;
    // What stands behind code explains that code.
    if (!/^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', before.startIndex - 1) + 1, before.startIndex))) break;
    at = before.startIndex;
  }
  return at;
}
