import { ts } from 'ts-morph';
import { notationOf } from '../../../../../core/edit/typescript/type-comments';
import { refusal } from './nodes';
import { type Parameter, timerType, typeOf } from './parameters';
import { fieldsOf, type Plan } from './plan';
import type { Variable } from './variables';

/**
 * Refuses a field of which nothing says what it is, where the others have types: a variable is read where it is set, a field further away.
 * @throws Refusal `untyped-field`
 */
export function refuseUntyped(plan: Plan, parameters: readonly Parameter[]): void {
  const { source, handlers } = plan.site;
  const notation = notationOf(source);
  if (notation === 'none') return;
  const handed = parameters.find(({ type, documented }) => ANY.test(type || documented));
  const kept = fieldsOf(plan).find((one) =>
    notation === 'names' ? isAny(one, plan) && timerType(one) === undefined : isSaidAny(one),
  );
  const found = handed ?? kept;
  if (found) throw refusal('untyped-field', source, handlers[0]!.callback, { name: found.name });
}

const ANY = /^(?:\(?\) => )?(?:any|[Oo]bject|\*)(?:\[\])?(?: \| (?:null|undefined))*$/;

function isAny(one: Variable, plan: Plan): boolean {
  const type = typeOf(one, plan);
  const item = plan.site.source.checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  return ((type.flags | (item?.flags ?? 0)) & ts.TypeFlags.Any) !== 0;
}

const isSaidAny = ({ declaration }: Variable): boolean => ANY.test(ts.getJSDocType(declaration)?.getText() ?? '');
