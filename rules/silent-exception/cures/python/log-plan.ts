import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import type { PythonImports } from '../../../../core/edit/python/imports/imports';
import { Refusal } from '../../../../core/edit/refusal';
import type { Message } from '../../../../core/rule/finding';
import { failureText } from '../wording';
import { ownerOf, singleCallee } from './callee';
import { freeExceptionName } from './exception-name';
import { enclosingClass, enclosingMethod, nameOf, type PythonHandler } from './handler';
import { errorStyleOf, type Level, logCall, logFunctionCall, methodFor, type Report, type Target } from './log-call';
import { findLogFunction, type LogFunction } from './log-function';
import { type FoundLogger, findLogger } from './logger';
import { namesAtHand } from './names';
import { addLogger } from './new-logger';
import { projectApi } from './project-api';
import { projectLoggers } from './project-loggers';

/** Exceptions that are mostly raised without a word: their text is empty. */
const WORDLESS =
  /\b(?:BaseException|CancelledError|KeyboardInterrupt|SystemExit|GeneratorExit|Stop(?:Async)?Iteration|TimeoutError|QueueEmpty|QueueFull|IncompleteReadError|AssertionError|NotImplementedError)\b|\bqueue\.(?:Empty|Full)\b/;

/** What a handler will log, and to what. */
export interface LogPlan {
  readonly report: Report;
  /** Undefined where the module gets a new logger. */
  readonly logger: FoundLogger | undefined;
  readonly logFunction: LogFunction | undefined;
  readonly title: Message;
  readonly doubts: readonly string[];
}

/** A log call, ready to be written. */
export interface LogCode {
  /** The name that the handler must give to the exception; undefined where none is needed. */
  readonly alias: string | undefined;
  /** @param indentation of the line on which the call will stand */
  readonly at: (indentation: string) => string;
}

/**
 * Decides what is logged, reading the one file.
 * @throws Refusal `log-sink`
 */
export function planLog(handler: PythonHandler, isPropagated: boolean): LogPlan {
  refuseLogSink(handler);
  const level: Level = handler.isCleanup || handler.kind === 'narrow' ? 'debug' : 'warning';
  const logger = findLogger(handler);
  const logFunction = logger ? undefined : findLogFunction(handler, level);
  const callee = singleCallee(handler);
  const textWith = (owner: string) => failureText({ callee, owner, form: handler.form, isPropagated });
  const report: Report = {
    level,
    text: textWith(ownerOf(handler)),
    briefText: textWith(ownerOf(handler).replace(/^\w+\.(?=\w+$)(?!.*\.py$)/, '')),
    names: namesAtHand(handler),
    // `except BaseException as e` for nothing would be no better than the bare `except`.
    mustName: handler.kind === 'bare',
    mayLackText: handler.kind === 'bare' || WORDLESS.test(handler.types ?? ''),
  };
  const call = logger ? callName(logger, level) : logFunction?.name;
  return {
    report,
    logger,
    logFunction,
    title: call === undefined ? { messageId: 'log-new-logger', args: {} } : { messageId: 'log', args: { call } },
    doubts: doubtsOf(handler),
  };
}

/** `logger.warning`; the logger alone where only other files can tell what it is called with. */
function callName(logger: FoundLogger, level: Level): string {
  if (logger.api === 'unknown' && logger.habits.methods.size === 0) return logger.expression;
  return `${logger.expression}.${methodFor(logger, level)}`;
}

/** Makes the call; a logger that is not there yet is added to the module. */
export async function writeLog(
  plan: LogPlan,
  handler: PythonHandler,
  changes: ChangeBuilder,
  imports: PythonImports,
): Promise<LogCode> {
  const { style } = handler.document;
  const { report, logFunction } = plan;
  if (logFunction) {
    const alias = aliasOf(handler) ?? freeExceptionName(handler);
    const write = (one: Report, indentation: string) => logFunctionCall(logFunction, one, alias, style, indentation);
    return { alias, at: (indentation) => fitting(report, handler, indentation, write) };
  }
  const target = plan.logger ? await known(plan.logger, handler, changes) : await addLogger(handler, changes, imports);
  const { isNamed } = errorStyleOf(target, report.mustName);
  const alias = isNamed ? (aliasOf(handler) ?? freeExceptionName(handler)) : undefined;
  const write = (one: Report, indentation: string) => logCall(target, one, alias, style, indentation);
  return { alias, at: (indentation) => fitting(report, handler, indentation, write) };
}

/** The call that says most of those that fit the project's lines: the class goes first, then the second name, then the first. */
function fitting(
  report: Report,
  { document: { style } }: PythonHandler,
  indentation: string,
  write: (report: Report, indentation: string) => string,
): string {
  const brief = { ...report, text: report.briefText };
  const { names } = report;
  const reports = [report, brief, { ...brief, names: names.slice(0, 1) }, { ...brief, names: [] }];
  const calls = reports.map((one) => write(one, indentation));
  const fits = (call: string) => call.split('\n').every((line) => indentation.length + line.length <= style.lineLength);
  return calls.find(fits) ?? calls[1]!;
}

function aliasOf(handler: PythonHandler): string | undefined {
  return handler.clause ? handler.alias : undefined;
}

/** What kind of logger it is may be told by the module of the project that makes it. */
async function known(logger: FoundLogger, { document }: PythonHandler, changes: ChangeBuilder): Promise<Target> {
  if (logger.api !== 'unknown' || !logger.origin) return logger;
  const api = await projectApi(logger.origin, document.file, changes.snapshot);
  if (api !== 'unknown' || logger.habits.methods.size > 0) return { ...logger, api };
  // Its maker does not say what it makes: then as other files call what they got from it.
  const styles = await projectLoggers(document, changes.snapshot);
  const habits = styles.find(({ isOwn, member }) => isOwn && member === logger.origin?.member)?.habits;
  if (!habits) throw new Refusal('logger-unknown', { name: logger.expression });
  return { ...logger, api, habits };
}

/** A handler that writes the log itself: its own failure would be logged through it again. */
function refuseLogSink({ document, model, scope, statement }: PythonHandler): void {
  const owner = enclosingMethod(statement)?.owner;
  const bases = owner?.childForFieldName('superclasses')?.namedChildren ?? [];
  const isHandler = bases.some((base) =>
    /^logging\.(?:\w+\.)?\w*(?:Handler|Formatter|Filter|Logger|LogRecord|LoggerAdapter)$/.test(
      model.qualifiedName(base)?.path ?? '',
    ),
  );
  const name = scope ? nameOf(document, scope) : '';
  const isSink =
    name !== '' && new RegExp(`\\blogger\\.(?:add|configure)\\([^)]*\\b${name}\\b`).test(document.source.text);
  if (isHandler || isSink) {
    throw new Refusal('log-sink', {}, { file: document.file, range: document.source.rangeOf(statement) });
  }
}

function doubtsOf({ document, scope, statement }: PythonHandler): string[] {
  const name = scope ? nameOf(document, scope) : '';
  const doubts: string[] = [];
  if (enclosingMethod(statement) && name === '__del__') doubts.push('in-finalizer');
  const owner = scope && enclosingClass(scope) ? '(?:self|cls)\\.' : '';
  if (name !== '' && new RegExp(`\\bsignal\\.signal\\([^\\n]*,\\s*${owner}${name}\\s*\\)`).test(document.source.text)) {
    doubts.push('in-signal-handler');
  }
  return doubts;
}
