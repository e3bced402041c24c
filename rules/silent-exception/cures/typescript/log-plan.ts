import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import { Refusal } from '../../../../core/edit/refusal';
import { ensureTypeScriptImport } from '../../../../core/edit/typescript/imports';
import type { Message } from '../../../../core/rule/finding';
import { typeScriptNameOf } from '../../../../core/syntax/typescript';
import { isLogFunction } from '../../words';
import { failureText } from '../wording';
import { type CallShape, shapeOfCalls, tagOf } from './call-shape';
import { errorName } from './error-name';
import { ownerOf, singleCallee, type TypeScriptHandler } from './handler';
import { logCall } from './log-call';
import { enclosingClass, type LogCall } from './log-calls';
import { type FoundLogger, findLogger } from './logger';
import { CONSOLE, type Level } from './logger-api';
import { definitionOf, type LoggerDefinition, shapeOfMethod } from './logger-definition';
import { namesAtHand } from './names';
import { consoleRule } from './no-console';
import { projectLoggers } from './project-loggers';

/** What a handler will log, as far as its own file tells. */
export interface LogPlan {
  readonly logger: FoundLogger | undefined;
  readonly level: Level;
  /** The name of the error in the handler. */
  readonly error: string;
  readonly title: Message;
}

/**
 * Decides what is logged, reading the one file.
 * @throws Refusal `log-sink`, `exception-name-taken`, `parameter-pattern`
 */
export function planLog(handler: TypeScriptHandler): LogPlan {
  refuseLogSink(handler);
  const level: Level = handler.isCleanup || handler.kind === 'narrow' ? 'debug' : 'warning';
  const error = errorName(handler);
  const logger = findLogger(handler);
  const title: Message = logger
    ? { messageId: 'log', args: { call: logger.api ? `${logger.expression}.${logger.api[level]}` : logger.expression } }
    : { messageId: 'log-project-logger', args: {} };
  return { logger, level, error, title };
}

/** A log call, to be written at an indentation. */
export type LogCode = (indentation: string) => string;

/**
 * Makes the call; where the module has no logger, that of the files around is imported, or `console` used as they do.
 * @param isPropagated whether the error goes on to the callers
 */
export async function writeLog(
  plan: LogPlan,
  handler: TypeScriptHandler,
  changes: ChangeBuilder,
  isPropagated: boolean,
): Promise<LogCode> {
  const { error } = plan;
  const { callee, shape, isFormat } = await target(plan, handler, changes);
  const owner = ownerOf(handler);
  // A file is no operation that could fail.
  const isFile = handler.document.file.endsWith(owner);
  const form = handler.form === 'return-constant' && isFile ? 'empty' : handler.form;
  const text = failureText({ callee: singleCallee(handler), owner, form, isPropagated });
  const names = namesAtHand(handler, error);
  return (indentation) => logCall({ callee, shape, isFormat, text, names, error }, handler, indentation);
}

interface Target {
  readonly callee: string;
  readonly shape: CallShape;
  readonly isFormat: boolean;
}

async function target(plan: LogPlan, handler: TypeScriptHandler, changes: ChangeBuilder): Promise<Target> {
  const { document } = handler;
  const { snapshot } = changes;
  const { logger } = plan;
  if (logger && logger.api !== CONSOLE) {
    const { origin, api, calls } = logger;
    const definition = origin && !api ? await definitionOf(document, origin, snapshot) : undefined;
    // What is never called, and of which nothing is known, is no logger.
    if (api || definition || calls.length > 0) return targetOf(logger, definition, plan, handler);
  }
  const rule = await consoleRule(document, snapshot);
  const wanted = plan.level === 'debug' ? 'debug' : 'warn';
  const method = [wanted, 'warn', 'error', 'info'].find((one) => !rule.isForbidden || rule.allowed.includes(one));
  if (logger?.api === CONSOLE && method !== undefined) return ofConsole(logger.calls, method, handler);
  const styles = await projectLoggers(document, snapshot);
  const style = styles.find(({ kind }) => kind === 'import' || method !== undefined);
  if (style?.kind === 'import') {
    // How its calls look is told by where it is defined, and by the file in which it was seen.
    const definition = await definitionOf(style.seenIn, { module: style.seenAs, member: style.member }, snapshot);
    const { local, member, specifier, calls } = style;
    const expression = ensureTypeScriptImport(document, changes, { specifier, member, local });
    changes.doubt('project-logger', { module: specifier });
    const found = { expression, isOptional: false, api: undefined, calls };
    return targetOf(found, definition, plan, { ...handler, document }, style.seenIn);
  }
  if (method === undefined) changes.doubt('console-forbidden');
  return ofConsole([], method ?? wanted, handler);
}

function ofConsole(calls: readonly LogCall[], method: string, { document }: TypeScriptHandler): Target {
  const shape = shapeOfCalls(document, calls, method);
  // A bare `console.warn(text)` keeps no stack: the error is always handed over.
  const place = shape?.place === 'meta' ? shape : CONSOLE.shape;
  return { callee: `console.${method}`, shape: place, isFormat: true };
}

/** By preference. */
const METHODS: Readonly<Record<Level, readonly string[]>> = {
  warning: [
    'warn',
    'warning',
    'logWarning',
    'error',
    'logError',
    'info',
    'log',
    'notice',
    'debug',
    'appendLine',
    'trace',
  ],
  debug: ['debug', 'trace', 'verbose', 'silly', 'info', 'log', 'warn', 'warning', 'error', 'appendLine'],
};

/**
 * How a logger is called: as the module does it, as its definition asks for, as its library has it.
 * @throws Refusal `logger-unknown`
 */
function targetOf(
  { expression, isOptional, api, calls }: FoundLogger,
  definition: LoggerDefinition | undefined,
  { level }: LogPlan,
  handler: TypeScriptHandler,
  seenIn = handler.document,
): Target {
  const dot = isOptional ? '?.' : '.';
  const library = api ?? (definition && 'api' in definition ? definition.api : undefined);
  if (library) {
    const method = library[level];
    const habit = shapeOfCalls(seenIn, calls, method);
    const shape = habit && isUnderstood(habit, library.shape) ? habit : library.shape;
    return {
      callee: `${expression}${dot}${method}`,
      shape: local(shape, seenIn, handler),
      isFormat: library.isFormat === true,
    };
  }
  if (definition && 'methods' in definition) {
    for (const method of METHODS[level]) {
      const own = definition.methods.get(method);
      const shape = own && shapeOfMethod(own);
      if (!shape) continue;
      const habit = shapeOfCalls(seenIn, calls, method);
      // A tag that may be left out is given where the module gives it.
      const seen = tagOf(seenIn, shape.tag ? calls : calls.filter((call) => call.method === method));
      if (shape.isTagChosen && (!seen || seenIn !== handler.document)) continue;
      const tag = shape.tag || own.parameters.length > 1 ? (seen ?? shape.tag) : undefined;
      const wrapper = habit?.place === shape.place && habit.wrapper !== undefined ? { wrapper: habit.wrapper } : {};
      const whole = { ...shape, ...(tag ? { tag } : {}), ...wrapper };
      return { callee: `${expression}${dot}${method}`, shape: local(whole, seenIn, handler), isFormat: false };
    }
  }
  const method = METHODS[level].find((one) => calls.some((call) => call.method === one));
  if (method === undefined) throw new Refusal('logger-unknown', { name: expression });
  const same = calls.filter((call) => call.method === method);
  const shape = shapeOfCalls(seenIn, same, method) ?? shapeOfCalls(seenIn, calls, method) ?? unknownShape(same);
  const tag = shape.tag ?? tagOf(seenIn, calls);
  return {
    callee: `${expression}${dot}${method}`,
    shape: local({ ...shape, ...(tag ? { tag } : {}) }, seenIn, handler),
    isFormat: false,
  };
}

/** What a library takes: a string-only API gains no further arguments by somebody's mistake. */
function isUnderstood(habit: CallShape, usual: CallShape): boolean {
  if (usual.place === 'text') return habit.place === 'text';
  if (usual.place === 'leading-object') return habit.place === 'leading-object' || habit.place === 'object';
  return habit.place !== 'leading-object';
}

/** Of a logger of which no call tells of an error: a text is always taken, unless objects come first. */
function unknownShape(calls: readonly LogCall[]): CallShape {
  const leading = calls.filter(({ args: [first, second] }) => first?.type === 'object' && second !== undefined).length;
  return leading * 2 > calls.length ? { place: 'leading-object', key: 'err' } : { place: 'text', key: 'error' };
}

/** What is taken over from another file must be known in this one: names of that file are not. */
function local(
  shape: CallShape,
  seenIn: TypeScriptHandler['document'],
  { document, model, names }: TypeScriptHandler,
): CallShape {
  const { wrapper, tag, ...rest } = shape;
  const isKnown = wrapper !== undefined && model.lookup(wrapper.split('.')[0]!, names) !== undefined;
  return {
    ...rest,
    ...(isKnown && wrapper !== undefined ? { wrapper } : {}),
    ...(tag ? { tag: seenIn === document ? tag : { at: tag.at, code: 'self' } } : {}),
  };
}

/** A handler that writes the log itself: its own failure would be logged through it again. */
function refuseLogSink(handler: TypeScriptHandler): void {
  const { document, node, scope, statement } = handler;
  const owner = enclosingClass(node)?.childForFieldName('name');
  const ownerName = owner ? document.source.slice(owner.startIndex, owner.endIndex) : '';
  const name = scope ? (typeScriptNameOf(scope, document.source) ?? '') : '';
  if (
    /(?:^|[a-z])(?:Logger|Log|Logging|LogSink|LogTransport|LogWriter|Appender)(?:Service|Impl)?$/.test(ownerName) ||
    (name !== '' && isLogFunction(name)) ||
    /(?:^|\/)(?:logger|log|logging)\.[cm]?[jt]sx?$/i.test(document.file)
  )
    throw new Refusal('log-sink', {}, { file: document.file, range: document.source.rangeOf(statement) });
}
