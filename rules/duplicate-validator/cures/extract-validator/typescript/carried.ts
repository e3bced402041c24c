import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { CarriedName } from './blueprint';
import { placeAt, textOf } from './site';

/**
 * The names that code takes from its module, which must be imported where it goes.
 * @param staysInFile it goes to the top level of the same file
 * @throws Refusal `pattern-not-constant` for what is not there, and not imported itself
 */
export function carriedBy(document: Document, code: SyntaxNode, staysInFile: boolean): CarriedName[] {
  const { semantics, file } = document;
  const found = new Map<string, CarriedName>();
  const identifiers =
    code.type === 'identifier' ? [code] : code.descendantsOfType(['identifier', 'shorthand_property_identifier']);
  for (const one of identifiers) {
    const binding = semantics.bindingAt(one.startIndex);
    if (
      !binding ||
      (binding.scope.start >= code.startIndex && binding.scope.end <= code.endIndex && binding.scope !== semantics.root)
    )
      continue;
    const { imported, name } = binding;
    if (staysInFile && binding.scope === semantics.root) continue;
    if (!imported || imported.member === undefined || imported.lazy) {
      const place = placeAt(document, one);
      throw new Refusal('pattern-not-constant', { line: place.range.start.line + 1, file }, place);
    }
    found.set(name, {
      file,
      local: name,
      module: imported.module,
      member: imported.member,
      typeOnly: imported.typeOnly,
    });
  }
  return [...found.values()].filter(({ local }) => textOf(document, code).includes(local));
}
