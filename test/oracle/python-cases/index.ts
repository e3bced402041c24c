import type { ScopeCase } from '../python-tables';
import { classCases } from './classes';
import { comprehensionCases } from './comprehensions';
import { functionCases } from './functions';
import { stringCases } from './strings';
import { targetCases } from './targets';
import { typeParameterCases } from './type-parameters';

/** All texts with known scopes, by topic; `test/oracle/symtable.test.ts` asks CPython about each of them too. */
export const allScopeCases: readonly (readonly [topic: string, cases: readonly ScopeCase[]])[] = [
  ['functions', functionCases],
  ['targets', targetCases],
  ['classes', classCases],
  ['comprehensions', comprehensionCases],
  ['type parameters', typeParameterCases],
  ['strings', stringCases],
];
