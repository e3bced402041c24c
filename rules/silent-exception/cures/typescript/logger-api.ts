import type { Document } from '../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { CallShape } from './call-shape';

export type Level = 'warning' | 'debug';

/** What is known of a logger by the library that makes it, or by its own definition. */
export interface LoggerApi {
  readonly library: string;
  readonly warning: string;
  readonly debug: string;
  readonly shape: CallShape;
  /** The first argument is a format, in which `%` of a value would have a meaning. */
  readonly isFormat?: boolean;
}

const TRAILING: CallShape = { place: 'trailing', key: 'error' };
const TEXT: CallShape = { place: 'text', key: 'error' };
const META: CallShape = { place: 'meta', key: 'error' };
const LEADING: CallShape = { place: 'leading-object', key: 'err' };

const usual = (library: string, shape: CallShape, more: Partial<LoggerApi> = {}): LoggerApi => ({
  library,
  warning: 'warn',
  debug: 'debug',
  shape,
  ...more,
});

export const CONSOLE = usual('console', TRAILING, { isFormat: true });

/** By the path of the class, or of the function that makes the logger. */
const LIBRARIES: readonly (readonly [RegExp, LoggerApi])[] = [
  [/^globalThis\.console$/, CONSOLE],
  [/^winston(?:\.(?:createLogger|Logger|default))?$|^winston\.loggers\.get$/, usual('winston', META)],
  [/^(?:pino|pino\.(?:pino|Logger|BaseLogger|default))$/, usual('pino', LEADING)],
  [/^fastify\.FastifyBaseLogger$/, usual('pino', LEADING)],
  [/^bunyan\.(?:createLogger|Logger)$|^bunyan$/, usual('bunyan', LEADING)],
  [/^log4js\.(?:getLogger|Logger)$/, usual('log4js', TRAILING, { isFormat: true })],
  [/^loglevel(?:\.(?:getLogger|Logger))?$/, usual('loglevel', TRAILING, { isFormat: true })],
  [/^consola(?:\.(?:consola|create|createConsola|withTag|ConsolaInstance))?$/, usual('consola', TRAILING)],
  [/^electron-log(?:\/\w+)?(?:\.\w+)?$/, usual('electron-log', TRAILING)],
  [/^tslog\.Logger$/, usual('tslog', TRAILING)],
  [/^@nestjs\/common\.(?:Logger|ConsoleLogger|LoggerService)$/, usual('nest', TEXT)],
  [/^vscode\.LogOutputChannel$/, usual('vscode-log', TRAILING)],
  [/^vscode\.OutputChannel$/, usual('vscode-output', TEXT, { warning: 'appendLine', debug: 'appendLine' })],
];

/** Modules that are loggers themselves; the others are asked for one. */
const SINGLETONS = /^(?:globalThis\.console|winston|loglevel|consola(?:\.consola)?|electron-log(?:\/\w+)?)$/;

/** The library of a value, told by its type, or by the module that it is. */
export function apiOfExpression(node: SyntaxNode, document: Document): LoggerApi | undefined {
  const { semantics } = document;
  const type = semantics.typeOf(node)?.path;
  const byType = type === undefined ? undefined : apiOfPath(type);
  const path = byType ? undefined : semantics.qualifiedName(node)?.path;
  return byType ?? (path !== undefined && SINGLETONS.test(path) ? apiOfPath(path) : undefined);
}

/** The library of an annotation: `winston.Logger`. */
export function apiOfType(type: SyntaxNode, { semantics }: Document): LoggerApi | undefined {
  return apiOfPath(semantics.qualifiedName(type)?.path);
}

/** The library of what an initialiser makes: `pino({...})`, `new Logger(X.name)`, `winston.createLogger(...)`, `log.child(...)`. */
export function apiOfValue(value: SyntaxNode, document: Document): LoggerApi | undefined {
  const { semantics, source } = document;
  let at: SyntaxNode | null = value;
  while (at && /^(?:await_expression|as_expression|parenthesized_expression|non_null_expression)$/.test(at.type))
    at = at.firstNamedChild;
  if (at?.type === 'new_expression') {
    const made = at.childForFieldName('constructor');
    return made ? apiOfPath(semantics.qualifiedName(made)?.path) : undefined;
  }
  if (at?.type !== 'call_expression') return at ? apiOfExpression(at, document) : undefined;
  const callee = at.childForFieldName('function');
  const path = callee ? semantics.qualifiedName(callee)?.path : undefined;
  if (path === 'vscode.window.createOutputChannel') {
    const isLog = /\blog\s*:\s*true/.test(source.slice(at.startIndex, at.endIndex));
    return apiOfPath(isLog ? 'vscode.LogOutputChannel' : 'vscode.OutputChannel');
  }
  const own = apiOfPath(path);
  if (own) return own;
  const object = callee?.type === 'member_expression' ? callee.childForFieldName('object') : null;
  const method = callee?.childForFieldName('property');
  const isChild =
    method && /^(?:child|extend|withTag|getSubLogger)$/.test(source.slice(method.startIndex, method.endIndex));
  return object && isChild ? apiOfExpression(object, document) : undefined;
}

function apiOfPath(path: string | undefined): LoggerApi | undefined {
  return path === undefined ? undefined : LIBRARIES.find(([pattern]) => pattern.test(path))?.[1];
}
