import { callExpression, pythonString } from '../../../../core/edit/python/format';
import type { CodeStyle } from '../../../../core/edit/style';
import { snakeOf } from '../../../../core/text/words';
import type { NameAtHand } from '../names-at-hand';
import type { Interpolation, LogHabits } from './habits';
import type { LogFunction } from './log-function';
import type { LoggerApi } from './logger-api';

/** What a log call goes to, once all is known about it. */
export interface Target {
  readonly expression: string;
  readonly api: LoggerApi;
  readonly habits: LogHabits | undefined;
}

export type Level = 'warning' | 'debug';

/** What a log call is to say. */
export interface Report {
  readonly level: Level;
  readonly text: string;
  /** The same without the class, for where the line is short. */
  readonly briefText: string;
  readonly names: readonly NameAtHand[];
  /** Whether the call must name the exception, whatever the habit. */
  readonly mustName: boolean;
  /** Whether it may be an exception without any text, as `CancelledError()` is. */
  readonly mayLackText: boolean;
}

/** How a call speaks of the exception. */
export interface ErrorStyle {
  readonly isNamed: boolean;
  readonly isTraced: boolean;
}

/** By preference; of a logger of unknown make only those that the module calls. */
const METHODS: Readonly<Record<Level, readonly string[]>> = {
  warning: [
    'warning',
    'warn',
    'error',
    'exception',
    'critical',
    'info',
    'debug',
    'trace',
    'notice',
    'fatal',
    'success',
  ],
  debug: ['debug', 'trace', 'info', 'notice', 'warning', 'warn', 'error', 'exception', 'critical', 'fatal', 'success'],
};

export function methodFor({ api, habits }: Target, level: Level): string {
  if (api !== 'unknown' || !habits) return level;
  return METHODS[level].find((method) => habits.methods.has(method)) ?? level;
}

/** As the module's handlers do; else with the traceback, where the logger is known to take it. */
export function errorStyleOf({ api, habits }: Target, mustName: boolean): ErrorStyle {
  const takesTrace = api !== 'unknown' || habits?.passesExcInfo === true;
  const habit = habits?.error ?? 'traced';
  const isTraced = takesTrace && habit !== 'named';
  return { isNamed: mustName || !isTraced || habit === 'both', isTraced };
}

const USUAL: Readonly<Record<LoggerApi, Interpolation>> = {
  logging: 'percent',
  module: 'percent',
  loguru: 'brace',
  structlog: 'keywords',
  unknown: 'fstring',
};

/** Whether an API understands a way of passing values; what it does not is no habit but a mistake. */
const UNDERSTOOD: Readonly<Record<LoggerApi, readonly Interpolation[]>> = {
  logging: ['percent', 'fstring'],
  module: ['percent', 'fstring'],
  loguru: ['brace', 'fstring'],
  structlog: ['keywords', 'fstring', 'percent'],
  unknown: ['percent', 'fstring', 'brace', 'keywords'],
};

/** Names that a structured logger uses itself. */
const TAKEN: ReadonlySet<string> = new Set([
  'event',
  'level',
  'timestamp',
  'logger',
  'exc_info',
  'message',
  'msg',
  'name',
]);

/**
 * The call as code, broken as Black would.
 * @param error the name of the caught exception, where the call names it
 */
export function logCall(
  target: Target,
  report: Report,
  error: string | undefined,
  style: CodeStyle,
  indentation: string,
): string {
  const { api, habits, expression } = target;
  const { isTraced } = errorStyleOf(target, report.mustName);
  const habit = habits?.interpolation;
  const interpolation = habit && UNDERSTOOD[api].includes(habit) ? habit : USUAL[api];
  const method = methodFor(target, report.level);
  const args = messageArguments(report, error, interpolation, habits?.isSnakeCase === true, style);
  if (isTraced && api !== 'loguru') args.push('exc_info=True');
  const option = isTraced && api === 'loguru' ? '.opt(exception=True)' : '';
  return callExpression(`${expression}${option}.${method}`, args, style, { indentation });
}

/** A call of a log function, which takes one text. */
export function logFunctionCall(
  { name, level }: LogFunction,
  report: Report,
  error: string,
  style: CodeStyle,
  indentation: string,
): string {
  const [text] = messageArguments(report, error, 'fstring', false, style);
  return callExpression(name, [text!, ...(level === undefined ? [] : [level])], style, { indentation });
}

function messageArguments(
  { text, names, mayLackText }: Report,
  error: string | undefined,
  interpolation: Interpolation,
  isSnakeCase: boolean,
  style: CodeStyle,
): string[] {
  const list = (value: (name: NameAtHand) => string): string =>
    names.length === 0 ? '' : ` (${names.map((name) => `${name.label}=${value(name)}`).join(', ')})`;
  const values = [...names.map(({ expression }) => expression), ...(error === undefined ? [] : [error])];
  switch (interpolation) {
    case 'percent':
      return [
        pythonString(`${text}${list(() => '%r')}${error === undefined ? '' : mayLackText ? ': %r' : ': %s'}`, style),
        ...values,
      ];
    case 'brace':
      return [
        pythonString(
          `${text}${list(() => '{!r}')}${error === undefined ? '' : mayLackText ? ': {!r}' : ': {}'}`,
          style,
        ),
        ...values,
      ];
    case 'keywords': {
      const pairs = names
        .filter(({ label }) => !TAKEN.has(label))
        .map(({ label, expression }) => `${label}=${expression}`);
      const event = isSnakeCase ? snakeOf(text) : text;
      return [pythonString(event, style), ...pairs, ...(error === undefined ? [] : [`error=${error}`])];
    }
    case 'fstring': {
      const message = `${text}${list(({ expression }) => `{${expression}!r}`)}${error === undefined ? '' : `: {${error}${mayLackText ? '!r' : ''}}`}`;
      return [`${message.includes('{') ? 'f' : ''}${pythonString(message, style)}`];
    }
  }
}
