import type { PythonBinding } from '../../../../core/semantics/python/index';
import { isField } from '../../../../core/syntax/fields';
import { isGenerator } from '../../python';
import { type CapturedVariable, capturedVariables, isState } from './captured';
import { checkSite, refusal } from './guards';
import { isInside, nodeAt, ownerClass, type Site, textOf, viewsOf } from './site';
import { codeLines, worthless } from './worth';

/** What becomes of each variable that the callbacks capture. @throws Refusal where an object could not do the same */
export function checkedVariables(site: Site): CapturedVariable[] {
  for (const view of viewsOf(site)) checkSite(view);
  return capturedVariables(site);
}

/** @throws Refusal with what {@link worthless} says where nobody would want the class */
export function checkWorth(site: Site, variables: readonly CapturedVariable[]): void {
  const { document } = site;
  const inside = ({ reads }: PythonBinding) => reads.filter((one) => isInside(one, site));
  const writtenInside = ({ writes }: PythonBinding) => writes.filter((one) => isInside(one, site));
  const state = variables.filter(isState);
  const object = variables.find(({ name }) => name === 'self' || name === 'cls')?.binding;
  const later = variables
    .filter(({ role }) => role.kind === 'getter')
    .map(({ binding, name }) => {
      const uses = inside(binding);
      const isCalled = uses
        .map((one) => nodeAt(document, one))
        .some((one) => one.parent && isField(one.parent, 'function', one));
      return { name, uses: uses.length, isFunction: isCalled || binding.kind === 'function' };
    });
  const found = worthless({
    language: 'python',
    values: variables.filter(({ role }) => !/^(?:import|initialised)$/.test(role.kind)).length,
    functions: later.length,
    later,
    callbacks: site.handlers.length,
    lines: codeLines(
      site.handlers.map(({ node }) => textOf(document, node.childForFieldName('body') ?? node)).join('\n'),
    ),
    kept: state.map(({ name, binding }) => ({
      name,
      isSeen: binding.reads.some((one) => !isInside(one, site) && one.start >= site.anchor.node.endIndex),
      writesInside: writtenInside(binding).length,
      writesOutside: binding.writes.filter((one) => !isInside(one, site) && one.start >= site.anchor.node.endIndex)
        .length,
    })),
    own: state.reduce((sum, { binding }) => sum + inside(binding).length + writtenInside(binding).length, 0),
    ...(object ? { object: { name: ownerClass(object.scope) ?? object.name, uses: inside(object).length } } : {}),
    ...ownFrameOf(state, site),
    keepsParameters:
      site.passedTo.every((one) => one === 'return') &&
      state.every(({ binding }) => binding.writes.some(({ role }) => role === 'parameter')),
  });
  if (found) throw refusal(found.code, site, site.node, found.args);
}

/** What a generator changes that runs once, where nobody else asks for it when the generator is there. */
function ownFrameOf(state: readonly CapturedVariable[], site: Site): { readonly ownFrame?: string } {
  const { handlers, node, binding, document } = site;
  const [run, other] = binding.reads;
  const name = run && nodeAt(document, run);
  const isOnce = name?.parent && isField(name.parent, 'function', name) && other === undefined;
  const isAlone = state.every(({ binding: one }) =>
    one.reads.every((read) => isInside(read, site) || read.start < node.startIndex),
  );
  return isOnce && isAlone && handlers.length === 1 && isGenerator(node) ? { ownFrame: state[0]!.name } : {};
}
