import type { CureRequest } from '../../../../../core/rule/cure';
import type { TypeScriptModel } from '../../../../../core/semantics/typescript/index';
import { TYPESCRIPT_WITH_PLACES } from '../../../typescript';
import { type Subject as AnySubject, subjectIn } from '../subject';

export type Subject = AnySubject<TypeScriptModel>;

/** @throws Refusal those of {@link subjectIn} */
export const subjectOf = (request: CureRequest): Subject => subjectIn<TypeScriptModel>(request, TYPESCRIPT_WITH_PLACES);
