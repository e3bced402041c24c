import { Refusal } from '../../../../core/edit/refusal';
import type { LanguageCure } from '../../../../core/rule/language-cure';
import { typeScriptNameOf } from '../../../../core/syntax/typescript';
import { enclosingLoop } from '../../typescript-syntax';
import { isCleanupFunction } from '../../words';
import { type Callers, noteCallers } from '../callers';
import { handlerOf, ownerOf, type TypeScriptHandler, textOf } from './handler';
import { enclosingClass } from './log-calls';
import { planLog, writeLog } from './log-plan';
import { writeHandler } from './write-handler';

/** Logs the error and throws it again. */
export const typeScriptReRaise: LanguageCure = {
  prepare(request) {
    const handler = handlerOf(request);
    refuseInCleanup(handler);
    planLog(handler);
    return { title: { messageId: 'log-and-throw', args: {} }, applicability: 'review' };
  },
  async build(request, changes) {
    const handler = handlerOf(request);
    const plan = planLog(handler);
    noteCallers(callersOf(handler), request.finding, changes);
    const log = await writeLog(plan, handler, changes, true);
    writeHandler(handler, plan.error, log, true, changes);
  },
};

function refuseInCleanup({ document, scope, isCleanup, statement }: TypeScriptHandler): void {
  const name = scope ? typeScriptNameOf(scope, document.source) : undefined;
  if (isCleanup || (name !== undefined && isCleanupFunction(name)))
    throw new Refusal('in-clean-up', {}, { file: document.file, range: document.source.rangeOf(statement) });
}

function callersOf(handler: TypeScriptHandler): Callers {
  const { scope, kind, statement } = handler;
  return {
    owner: scope && ownerOf(handler),
    lines: callerLines(handler),
    endsLoop: kind !== 'promise' && enclosingLoop(statement) !== undefined,
  };
}

/** 1-based lines of this file that call the function around, as far as names tell. */
function callerLines({ document, model, scope }: TypeScriptHandler): number[] {
  const name = scope ? typeScriptNameOf(scope, document.source) : undefined;
  if (!scope || name === undefined) return [];
  const isMethod = scope.type === 'method_definition';
  const owner = isMethod ? enclosingClass(scope) : undefined;
  const calls = document.root.descendantsOfType('call_expression').filter((call) => {
    const callee = call.childForFieldName('function');
    if (!callee || !textOf(document, callee).endsWith(name)) return false;
    if (isMethod) return /^this\s*\??\./.test(textOf(document, callee)) && enclosingClass(call)?.id === owner?.id;
    if (callee.type !== 'identifier' || textOf(document, callee) !== name) return false;
    const binding = model.bindingAt(callee.startIndex);
    return binding?.writes.some(({ start }) => isNameOf(start, scope));
  });
  return [...new Set(calls.map(({ startIndex }) => document.source.lineAt(startIndex) + 1))];
}

/** Whether a name is that of a function: its own, or that of the variable that holds it. */
function isNameOf(offset: number, scope: TypeScriptHandler['statement']): boolean {
  const holder = scope.childForFieldName('name') ?? scope.parent?.childForFieldName('name');
  return holder?.startIndex === offset;
}
