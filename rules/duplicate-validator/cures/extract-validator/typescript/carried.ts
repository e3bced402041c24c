import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { CarriedName } from './blueprint';
import { placeAt } from './site';

/**
 * The names that code takes from its module, which must be imported where it goes.
 * @param staysInFile it goes to the top level of the same file
 * @throws Refusal with the given code for what is not there, and not imported itself
 */
export function carriedBy(
  document: Document,
  code: readonly SyntaxNode[],
  staysInFile: boolean,
  refusal: 'pattern-not-constant' | 'other-io',
): CarriedName[] {
  const { semantics, file } = document;
  const found = new Map<string, CarriedName>();
  const names = code.flatMap((one) =>
    one.childCount === 0 ? [one] : one.descendantsOfType(['identifier', 'shorthand_property_identifier']),
  );
  for (const one of names) {
    const binding = semantics.bindingAt(one.startIndex);
    if (!binding) continue;
    const { imported, name } = binding;
    if (staysInFile && binding.scope === semantics.root) continue;
    if (!imported || imported.member === undefined || imported.lazy) {
      const place = placeAt(document, one);
      throw new Refusal(refusal, { line: place.range.start.line + 1, file, name }, place);
    }
    found.set(name, {
      file,
      local: name,
      module: imported.module,
      member: imported.member,
      typeOnly: imported.typeOnly,
    });
  }
  return [...found.values()];
}
