import type { CureRequest } from '../../../../../core/rule/cure';
import type { PythonModel } from '../../../../../core/semantics/python/index';
import { PYTHON_LANGUAGE } from '../../../python';
import { type Subject as AnySubject, subjectIn } from '../subject';

export type Subject = AnySubject<PythonModel>;

/** @throws Refusal those of {@link subjectIn} */
export const subjectOf = (request: CureRequest): Subject => subjectIn<PythonModel>(request, PYTHON_LANGUAGE);
