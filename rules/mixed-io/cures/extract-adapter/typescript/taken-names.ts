import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { constructorOf, nameOf, type Relatives } from './holding';
import type { Subject } from './subject';

/** Names that a new field must not have: members of the class, its bases and subclasses; for a constant all words of the file. */
export function takenNames(subject: Subject, { users, bases }: Relatives): string[] {
  const { document, unit, isClass } = subject;
  if (!isClass) {
    const names = unit.descendantsOfType([
      'identifier',
      'shorthand_property_identifier',
      'shorthand_property_identifier_pattern',
      'type_identifier',
    ]);
    return [...names.map((one) => textOf(document, one)), ...document.semantics.root.bindings.keys()];
  }
  const name = nameOf(subject);
  const others = [...bases, document, ...users].flatMap((one) => relatedClasses(one, name, bases.includes(one)));
  const own = name === undefined ? [] : [...document.source.text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))];
  // A parameter stands beside those that are there, and the names of the constructor's body.
  const initial = constructorOf(subject)?.descendantsOfType('identifier') ?? [];
  const inside = initial.map((one) => textOf(document, one));
  return [...membersOf(unit, document), ...inside, ...others, ...own.map((one) => one[1]!)];
}

/** Members of the classes in a file that extend a class, or of all where one of them is its base. */
function relatedClasses(document: Document, name: string | undefined, isBase: boolean): string[] {
  if (!isBase && !/\bextends\b/.test(document.source.text)) return [];
  return document.root.descendantsOfType(CLASSES).flatMap((one) => {
    const heritage = one.children.find(({ type }) => type === 'class_heritage');
    const isKin = isBase || (heritage && new RegExp(`\\b${name ?? ' '}\\b`).test(textOf(document, heritage)));
    return isKin ? membersOf(one, document) : [];
  });
}

const CLASSES = ['class_declaration', 'abstract_class_declaration', 'class'];

/** What a class declares, and what it asks of its object. */
function membersOf(unit: SyntaxNode, document: Document): string[] {
  const declared = (unit.childForFieldName('body')?.namedChildren ?? []).flatMap((one) => {
    const name = one.childForFieldName('name') ?? one.childForFieldName('property');
    return name ? [textOf(document, name)] : [];
  });
  const asked = textOf(document, unit).matchAll(
    /(?:\bthis\s*\.\s*|\b(?:private|public|protected|readonly)\s+)(#?[A-Za-z_$][\w$]*)/g,
  );
  return [...declared, ...[...asked].map((one) => one[1]!)];
}
