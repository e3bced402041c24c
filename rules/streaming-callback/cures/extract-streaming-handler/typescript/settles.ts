import { ts } from 'ts-morph';
import { isIn } from './nodes';
import type { Site } from './site';
import { annotated } from './type-text';
import type { Types } from './types';
import type { Variable } from './variables';

/** What settles a promise may be given another one; where it is not, the type need not say so: undefined for any other function. */
export function settlesPlainly(
  { uses }: Variable,
  type: ts.Type,
  site: Site,
  types: Types,
  at: ts.Node,
): string | undefined {
  const { checker } = site.source;
  const [signature, other] = type.getCallSignatures();
  const [parameter] = signature?.parameters ?? [];
  if (!parameter || other || signature!.parameters.length > 1) return undefined;
  const value = checker.getTypeOfSymbolAtLocation(parameter, at);
  const settled = checker.getAwaitedType(value);
  const mayBePromise = value.isUnion() && value.types.some(({ symbol }) => symbol?.name === 'PromiseLike');
  if (parameter.name !== 'value' || !mayBePromise || !settled) return undefined;
  const isPlain = uses
    .filter((use) => site.handlers.some(({ callback }) => isIn(use, callback)))
    .every(
      ({ parent }) =>
        ts.isCallExpression(parent) &&
        parent.arguments.every((one) => !checker.getTypeAtLocation(one).getProperty('then')),
    );
  if (!isPlain) return undefined;
  return settled.flags & ts.TypeFlags.Void
    ? '() => void'
    : `(${annotated('value', types.ofType(settled, at))}) => void`;
}
