import { PythonImports } from '../../../../core/edit/python/imports/imports';
import { Refusal } from '../../../../core/edit/refusal';
import type { LanguageCure } from '../../../../core/rule/language-cure';
import { isCleanupFunction } from '../../words';
import { type Callers, noteCallers } from '../callers';
import { ownerOf } from './callee';
import { enclosingClass, handlerOf, nameOf, type PythonHandler, textOf } from './handler';
import { planLog, writeLog } from './log-plan';
import { freeName } from './new-logger';
import { writeHandler } from './write-handler';

/** Logs the exception and raises it again. */
export const pythonReRaise: LanguageCure = {
  prepare(request) {
    const handler = handlerOf(request);
    refuseInCleanup(handler);
    const { logger, logFunction } = planLog(handler, true);
    if (!logger && !logFunction && handler.scope) freeName('logger', handler);
    return { title: { messageId: 'log-and-raise', args: {} }, applicability: 'review' };
  },
  async build(request, changes) {
    const handler = handlerOf(request);
    const imports = new PythonImports(changes);
    const plan = planLog(handler, true);
    for (const doubt of plan.doubts) changes.doubt(doubt, {}, request.finding);
    noteCallers(callersOf(handler), request.finding, changes);
    await writeHandler(handler, await writeLog(plan, handler, changes, imports), true, changes, imports);
  },
};

function refuseInCleanup({ document, scope, isCleanup, statement }: PythonHandler): void {
  const name = scope ? nameOf(document, scope) : '';
  if (isCleanup || (name !== '' && isCleanupFunction(name)))
    throw new Refusal('in-clean-up', {}, { file: document.file, range: document.source.rangeOf(statement) });
}

function callersOf(handler: PythonHandler): Callers {
  const { scope, form } = handler;
  return { owner: scope && ownerOf(handler), lines: callerLines(handler), endsLoop: form === 'continue' };
}

/** 1-based lines of this file that call the function around, as far as names tell. */
function callerLines({ document, model, scope }: PythonHandler): number[] {
  const name = scope ? nameOf(document, scope) : '';
  if (!scope || name === '') return [];
  const calls = document.root.descendantsOfType('call').filter((call) => {
    const callee = call.childForFieldName('function');
    if (!callee || !textOf(document, callee).endsWith(name)) return false;
    const owner = enclosingClass(scope);
    if (!owner)
      return (
        callee.type === 'identifier' &&
        model.bindingAt(callee.startIndex) === model.bindingAt(scope.childForFieldName('name')!.startIndex)
      );
    const text = textOf(document, callee).replace(/\s+/g, '');
    return (text === `self.${name}` || text === `cls.${name}`) && ownerOfCall(call)?.id === owner.id;
  });
  return [...new Set(calls.map(({ startIndex }) => document.source.lineAt(startIndex) + 1))];
}

function ownerOfCall(call: {
  readonly parent: PythonHandler['statement'] | null;
}): PythonHandler['statement'] | undefined {
  for (let at = call.parent; at; at = at.parent) if (at.type === 'class_definition') return at;
  return undefined;
}
