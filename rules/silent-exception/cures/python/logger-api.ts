import type { Document } from '../../../../core/edit/snapshot';
import type { SemanticModel } from '../../../../core/semantics/model';
import type { PythonBinding, PythonModel } from '../../../../core/semantics/python/index';
import { assignedValue, importPath } from '../../../../core/semantics/python/names';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { textOf } from './handler';

/** Which library a logger belongs to: that decides how values, levels and exceptions are passed. `module` is `logging` itself. */
export type LoggerApi = 'logging' | 'module' | 'loguru' | 'structlog' | 'unknown';

/** The import in the project that a logger, or the function that makes it, comes from. */
export interface LoggerOrigin {
  readonly module: string;
  readonly member: string;
}

/** What makes a logger, by its qualified name. */
const MAKERS: Readonly<Record<string, LoggerApi>> = {
  'logging.getLogger': 'logging',
  'logging.Logger': 'logging',
  'logging.LoggerAdapter': 'logging',
  'logging.getLogger.getChild': 'logging',
  'multiprocessing.get_logger': 'logging',
  'multiprocessing.log_to_stderr': 'logging',
  'celery.utils.log.get_task_logger': 'logging',
  'celery.utils.log.get_logger': 'logging',
  'structlog.get_logger': 'structlog',
  'structlog.getLogger': 'structlog',
  'structlog.stdlib.get_logger': 'structlog',
  'structlog.wrap_logger': 'structlog',
};

const IMPORTED: Readonly<Record<string, LoggerApi>> = {
  logging: 'module',
  'absl.logging': 'module',
  'loguru.logger': 'loguru',
  'sanic.log.logger': 'logging',
  'flask.current_app': 'unknown',
};

const TYPES: readonly (readonly [RegExp, LoggerApi])[] = [
  [/^logging\.(?:Logger|LoggerAdapter)$/, 'logging'],
  [/^structlog\./, 'structlog'],
  [/^loguru\./, 'loguru'],
];

/** `log = log.bind(...)` asks for itself. */
const DEPTH = 4;

interface Described {
  readonly api: LoggerApi;
  readonly origin?: LoggerOrigin;
}

/** The library of the logger that a variable holds. */
export function apiOfBinding(binding: PythonBinding, document: Document, depth = DEPTH): Described {
  const { source, root, semantics: model } = document;
  for (const write of binding.writes) {
    if (write.imported) {
      const api = IMPORTED[importPath(write.imported, source)];
      if (api) return { api };
      const { module, member } = write.imported;
      return { api: 'unknown', ...(member === undefined ? {} : { origin: { module, member } }) };
    }
    const value = assignedValue(write, root);
    const described = value && depth > 0 ? apiOfValue(value, document, depth - 1) : undefined;
    if (described && (described.api !== 'unknown' || described.origin)) return described;
    const identifier = root.namedDescendantForIndex(write.start, write.end);
    const known = identifier ? apiOfType(identifier, model) : undefined;
    if (known) return { api: known };
  }
  return { api: 'unknown' };
}

/** The library of what an expression makes: `logging.getLogger(__name__)`, `structlog.get_logger().bind(x=1)`. */
export function apiOfValue(value: SyntaxNode, document: Document, depth = DEPTH): Described {
  const model = document.semantics as PythonModel;
  let call: SyntaxNode | null = value;
  while (call?.type === 'call') {
    const callee: SyntaxNode | null = call.childForFieldName('function');
    if (!callee) break;
    const path = model.qualifiedName(callee)?.path;
    const api = path === undefined ? undefined : MAKERS[path];
    if (api) return { api };
    const origin = originOf(callee, document);
    if (origin) return { api: 'unknown', origin };
    call = callee.type === 'attribute' ? callee.childForFieldName('object') : null;
  }
  // `logger.bind(name=name)`, or simply `logger`.
  const binding = call?.type === 'identifier' ? model.bindingAt(call.startIndex) : undefined;
  if (binding) return apiOfBinding(binding, document, depth);
  return { api: apiOfType(value, model) ?? 'unknown' };
}

function apiOfType(expression: SyntaxNode, model: SemanticModel): LoggerApi | undefined {
  const type = model.typeOf(expression)?.path;
  return type === undefined ? undefined : TYPES.find(([pattern]) => pattern.test(type))?.[1];
}

/** `get_logger` after `from app.log import get_logger`, `log.get_logger` after `from app import log`. */
function originOf(callee: SyntaxNode, document: Document): LoggerOrigin | undefined {
  const { source } = document;
  const model = document.semantics as PythonModel;
  const object = callee.type === 'attribute' ? callee.childForFieldName('object') : callee;
  if (object?.type !== 'identifier') return undefined;
  const imported = model.bindingAt(object.startIndex)?.imported;
  if (!imported) return undefined;
  if (object.id === callee.id)
    return imported.member === undefined ? undefined : { module: imported.module, member: imported.member };
  const attribute = callee.childForFieldName('attribute');
  return attribute ? { module: importPath(imported, source), member: textOf(document, attribute) } : undefined;
}

/** The library of `self.<member>`, and where the class sets it. */
export function apiOfMember(
  member: string,
  owner: SyntaxNode,
  document: Document,
): Described & { readonly assignedIn: readonly SyntaxNode[] } {
  const wanted = new RegExp(`^(?:self\\.|cls\\.)?${member}$`);
  const assigned = owner.descendantsOfType('assignment').filter((one) => {
    const left = one.childForFieldName('left');
    if (!left || !wanted.test(textOf(document, left))) return false;
    return left.type === 'attribute' || one.parent?.parent?.parent?.id === owner.id;
  });
  for (const one of assigned) {
    const right = one.childForFieldName('right');
    if (!right) continue;
    const described = apiOfValue(right, document);
    if (described.api !== 'unknown' || described.origin) return { ...described, assignedIn: assigned };
  }
  return { api: 'unknown', assignedIn: assigned };
}
