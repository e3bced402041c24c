import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import type { PythonBinding, PythonModel } from '../../../../core/semantics/python/index';
import { enclosingPythonFunction } from '../../../../core/syntax/python';
import { textOf } from './handler';
import { apiOfBinding, apiOfValue, type LoggerApi, type LoggerOrigin } from './logger-api';

/** Modules that are opened on the way to where a logger is made. */
const DEPTH = 3;

/** The library of a logger that another module of the project makes; `unknown` where that cannot be told. */
export async function projectApi(
  origin: LoggerOrigin,
  importer: string,
  snapshot: Snapshot,
  depth = DEPTH,
): Promise<LoggerApi> {
  const modules = snapshot.modules.python;
  const [target, other] = modules.resolve(importer, origin.module);
  if (!target || other !== undefined || depth === 0) return 'unknown';
  const { file, name } = modules.definitionOf(target, origin.member);
  const document = await snapshot.open(file);
  const binding = (document.semantics as PythonModel).root.bindings.get(name);
  if (!binding) return 'unknown';
  const described = binding.kind === 'function' ? madeBy(binding, document) : apiOfBinding(binding, document);
  if (described.api !== 'unknown' || !described.origin) return described.api === 'module' ? 'unknown' : described.api;
  return projectApi(described.origin, file, snapshot, depth - 1);
}

type Described = ReturnType<typeof apiOfValue>;

/** What a function returns, by its annotation or its `return` statements. */
function madeBy(binding: PythonBinding, document: Document): Described {
  const [write] = binding.writes;
  const definition = write && document.root.descendantForIndex(write.start, write.end)?.parent;
  if (definition?.type !== 'function_definition') return { api: 'unknown' };
  const annotation = definition.childForFieldName('return_type');
  const promised = annotation ? textOf(document, annotation) : '';
  if (/\bBoundLogger|\bstructlog\b|FilteringBoundLogger/.test(promised)) return { api: 'structlog' };
  if (/\bloguru\b/.test(promised)) return { api: 'loguru' };
  if (/^["']?logging\.Logger(?:Adapter)?\b/.test(promised)) return { api: 'logging' };
  const returned = definition
    .descendantsOfType('return_statement')
    .filter((one) => enclosingPythonFunction(one)?.id === definition.id)
    .flatMap((one) => one.firstNamedChild ?? []);
  const described = returned.map((value) => apiOfValue(value, document));
  return described.find(({ api }) => api !== 'unknown') ?? described.find(({ origin }) => origin) ?? { api: 'unknown' };
}
