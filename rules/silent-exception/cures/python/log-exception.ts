import { PythonImports } from '../../../../core/edit/python/imports/imports';
import type { LanguageCure } from '../../../../core/rule/language-cure';
import { handlerOf } from './handler';
import { planLog, writeLog } from './log-plan';
import { freeName } from './new-logger';
import { writeHandler } from './write-handler';

/** Adds one log call to an `except` clause, or turns `with suppress(...)` into a `try` that logs. */
export const pythonLogException: LanguageCure = {
  prepare(request) {
    const handler = handlerOf(request);
    const { title, doubts, logger, logFunction } = planLog(handler, false);
    if (!logger && !logFunction && handler.scope) freeName('logger', handler);
    return { title, applicability: doubts.length > 0 ? 'review' : 'safe' };
  },
  async build(request, changes) {
    const handler = handlerOf(request);
    const imports = new PythonImports(changes);
    const plan = planLog(handler, false);
    for (const doubt of plan.doubts) changes.doubt(doubt, {}, request.finding);
    await writeHandler(handler, await writeLog(plan, handler, changes, imports), false, changes, imports);
  },
};
