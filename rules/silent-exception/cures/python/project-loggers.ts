import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import type { PythonModules } from '../../../../core/modules/python/modules';
import { compareText } from '../../../../core/rule/finding';
import type { PythonBinding, PythonModel } from '../../../../core/semantics/python/index';
import { assignedValue } from '../../../../core/semantics/python/names';
import { habitsOf, type LogHabits } from './habits';
import { textOf } from './handler';
import { logCallsOf } from './log-calls';
import { apiOfBinding, apiOfValue, type LoggerApi, type LoggerOrigin } from './logger-api';
import { projectApi } from './project-api';

interface Common {
  readonly api: LoggerApi;
  readonly name: string;
  readonly module: string;
  readonly member: string;
  readonly habits?: LogHabits;
  /** Whether it comes from a module of the project. */
  readonly isOwn: boolean;
}

/** How the modules of a project get their logger: by making one, or by importing one. */
export type LoggerStyle =
  | (Common & { readonly kind: 'make'; readonly args: string })
  | (Common & { readonly kind: 'import' });

/** Files that are looked at, nearest first. */
const MOST_FILES = 40;
const NAME = /^_{0,2}(?:[A-Za-z]+_)?(?:log|logger|LOG|LOGGER)$/;

/** The ways in which the files around a document get their loggers, the commonest first. */
export async function projectLoggers(document: Document, snapshot: Snapshot): Promise<LoggerStyle[]> {
  const modules = snapshot.modules.python;
  const found = new Map<string, { style: LoggerStyle; count: number }>();
  for (const file of nearestFiles(document.file, snapshot.files)) {
    const near = await snapshot.open(file);
    if (!/\blog|LOG/.test(near.source.text)) continue;
    for (const style of stylesIn(near, document, modules)) {
      const { kind, name, module, member } = style;
      const key = [kind, name, module, member, style.kind === 'make' ? style.args : ''].join(' ');
      const known = found.get(key);
      if (known) found.set(key, { style: merged(known.style, style), count: known.count + 1 });
      else found.set(key, { style, count: 1 });
    }
  }
  const styles = [...found.values()].sort((a, b) => b.count - a.count).map(({ style }) => style);
  return Promise.all(
    styles.map(async (style) =>
      style.isOwn ? { ...style, api: await projectApi(style, document.file, snapshot) } : style,
    ),
  );
}

/** Files that get their logger in one way know together how it is called. */
function merged(a: LoggerStyle, b: LoggerStyle): LoggerStyle {
  if (!a.habits || !b.habits) return a;
  const methods = new Set([...a.habits.methods, ...b.habits.methods]);
  return { ...a, habits: { ...a.habits, methods, passesExcInfo: a.habits.passesExcInfo || b.habits.passesExcInfo } };
}

/** Other Python files, those with the longest common path first. */
function nearestFiles(file: string, files: readonly string[]): string[] {
  const own = file.split('/').slice(0, -1);
  const shared = (other: string): number => {
    const parts = other.split('/').slice(0, -1);
    let count = 0;
    while (count < own.length && own[count] === parts[count]) count++;
    // Of two files below one folder the less deep one is nearer.
    return count * 100 - parts.length;
  };
  return files
    .filter((other) => other.endsWith('.py') && other !== file)
    .map((other) => [shared(other), other] as const)
    .sort((a, b) => b[0] - a[0] || compareText(a[1], b[1]))
    .slice(0, MOST_FILES)
    .map(([, other]) => other);
}

function stylesIn(near: Document, document: Document, modules: PythonModules): LoggerStyle[] {
  const model = near.semantics as PythonModel;
  return [...model.root.bindings.values()].flatMap((binding) => {
    if (!NAME.test(binding.name) || binding.writes.length !== 1) return [];
    return styleOf(binding, near, document, modules) ?? [];
  });
}

function styleOf(
  binding: PythonBinding,
  near: Document,
  document: Document,
  modules: PythonModules,
): LoggerStyle | undefined {
  const [write] = binding.writes;
  if (!write) return undefined;
  const { name, imported } = binding;
  if (imported) {
    if (imported.member === undefined || imported.typeOnly || imported.lazy || imported.member !== name)
      return undefined;
    if (imported.module === 'loguru')
      return { kind: 'import', api: 'loguru', name, module: 'loguru', member: 'logger', isOwn: false };
    const module = moduleFor(near.file, imported as LoggerOrigin, document, modules);
    const calls = logCallsOf(near).filter(({ receiver }) => receiver === name);
    if (module === undefined || calls.length === 0) return undefined;
    const habits = habitsOf(near, calls);
    return { kind: 'import', api: 'unknown', name, module, member: imported.member, isOwn: true, habits };
  }
  const value = assignedValue(write, near.root);
  const callee = value?.type === 'call' ? value.childForFieldName('function') : undefined;
  const given = value?.childForFieldName('arguments');
  const path = callee && near.semantics.qualifiedName(callee)?.path;
  const args = given ? textOf(near, given).slice(1, -1).trim() : '';
  if (!value || !path) return undefined;
  const { api } = apiOfBinding(binding, near);
  const cut = path.lastIndexOf('.');
  if (api === 'logging' || api === 'structlog') {
    // A name of its own for each module is no habit that could be kept up: every one of them gets its module's.
    if (!/^(?:logging|structlog)\.\w+$/.test(path)) return undefined;
    return {
      kind: 'make',
      api,
      name,
      module: path.slice(0, cut),
      member: path.slice(cut + 1),
      args: api === 'logging' ? '__name__' : /^__name__$/.test(args) ? args : '',
      isOwn: false,
    };
  }
  const { origin } = apiOfValue(value, near);
  const module = origin && /^(?:__name__)?$/.test(args) ? moduleFor(near.file, origin, document, modules) : undefined;
  if (!origin || module === undefined) return undefined;
  const calls = logCallsOf(near).filter(({ receiver }) => receiver === name);
  return calls.length === 0
    ? undefined
    : {
        kind: 'make',
        api: 'unknown',
        name,
        module,
        member: origin.member,
        args,
        isOwn: true,
        habits: habitsOf(near, calls),
      };
}

/** How the document would name the module that another file imports from; undefined for the document itself and what is unclear. */
function moduleFor(
  importer: string,
  { module }: LoggerOrigin,
  document: Document,
  modules: PythonModules,
): string | undefined {
  const [target, other] = modules.resolve(importer, module);
  if (!target || other !== undefined || target === document.file) return undefined;
  return modules.nameOf(target);
}
