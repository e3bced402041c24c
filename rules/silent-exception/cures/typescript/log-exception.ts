import type { LanguageCure } from '../../../../core/rule/language-cure';
import { handlerOf } from './handler';
import { planLog, writeLog } from './log-plan';
import { writeHandler } from './write-handler';

/** Adds one log call to a `catch` clause, or to a callback that takes a rejection. */
export const typeScriptLogException: LanguageCure = {
  prepare(request) {
    const { title } = planLog(handlerOf(request));
    return { title, applicability: title.messageId === 'log' ? 'safe' : 'review' };
  },
  async build(request, changes) {
    const handler = handlerOf(request);
    const plan = planLog(handler);
    const log = await writeLog(plan, handler, changes, false);
    writeHandler(handler, plan.error, log, false, changes);
  },
};
