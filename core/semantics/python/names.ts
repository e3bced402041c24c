import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { ImportedName, QualifiedName } from '../model';
import { PYTHON_BUILTINS } from './builtins';
import { firstPart } from './parts';
import { lookupName } from './resolver';
import type { PythonBinding, PythonOccurrence, PythonScope } from './scope';

/** What the name and type questions need of the model. */
export interface Names {
  readonly tree: SyntaxNode;
  readonly source: SourceFile;
  readonly imports: readonly ImportedName[];
  scopeAt(offset: number): PythonScope;
  occurrenceAt(offset: number): PythonOccurrence | undefined;
}

/** Aliases of aliases that are followed; `a = b; b = a` must end. */
const ALIAS_DEPTH = 8;

/** The path of `base.part.part`, where `base` is an identifier in the text and the parts are its attributes. */
export function qualifiedNameOf(expression: SyntaxNode, names: Names): QualifiedName | undefined {
  return followExpression(expression, names, ALIAS_DEPTH);
}

/** The path of a dotted name as written, when it is evaluated in a scope. */
export function qualifiedText(dotted: string, scope: PythonScope, names: Names): QualifiedName | undefined {
  const [base, ...parts] = dotted.split('.');
  const path = base === undefined ? undefined : qualifiedBase(base, lookupName(base, scope), names, ALIAS_DEPTH);
  return path && { path: [path.path, ...parts].join('.'), certain: path.certain };
}

/** The name by which the file itself calls a class or a function: `Outer.Inner` for nested classes. */
export function localPath(binding: PythonBinding): string {
  const parts = [binding.name];
  for (let scope = binding.scope; scope.kind === 'class'; scope = scope.parent!) {
    parts.unshift(scope.name);
    if (scope.parent?.block === 'type-parameters') scope = scope.parent;
  }
  return parts.join('.');
}

/** What an import makes of its local name: `import a.b` binds `a`, `import a.b as c` binds the module `a.b`. */
export function importPath(name: ImportedName, source: SourceFile): string {
  if (name.member !== undefined) return `${name.module}${name.module.endsWith('.') ? '' : '.'}${name.member}`;
  const isFirstPart =
    name.module.startsWith(`${name.local}.`) && /^[\s\\]*\./.test(source.slice(name.end, name.end + 80));
  return isFirstPart ? name.local : name.module;
}

/** The assignment whose only target is this identifier, `a = a2 = value` included; else undefined. */
export function assignedValue(occurrence: PythonOccurrence, tree: SyntaxNode): SyntaxNode | undefined {
  const target = tree.namedDescendantForIndex(occurrence.start, occurrence.end);
  const statement = target?.parent;
  if (statement?.type === 'named_expression') return statement.childForFieldName('value') ?? undefined;
  if (statement?.type !== 'assignment' || statement.childForFieldName('left')?.id !== target?.id) return undefined;
  let value = statement.childForFieldName('right');
  while (value?.type === 'assignment') value = value.childForFieldName('right');
  return value ?? undefined;
}

function followExpression(expression: SyntaxNode, names: Names, depth: number): QualifiedName | undefined {
  const parts: string[] = [];
  let at: SyntaxNode | null = expression;
  while (at && at.type !== 'identifier') {
    if (at.type === 'parenthesized_expression') at = firstPart(at);
    else if (at.type === 'attribute') {
      const attribute = at.childForFieldName('attribute');
      if (!attribute) return undefined;
      parts.push(names.source.slice(attribute.startIndex, attribute.endIndex));
      at = at.childForFieldName('object');
    } else return undefined;
  }
  if (!at) return undefined;
  const text = names.source.slice(at.startIndex, at.endIndex);
  const occurrence = names.occurrenceAt(at.startIndex);
  const binding = occurrence ? occurrence.symbol.binding : lookupName(text, names.scopeAt(at.startIndex));
  const base = qualifiedBase(text, binding, names, depth);
  return base && { path: [base.path, ...parts.reverse()].join('.'), certain: base.certain };
}

function qualifiedBase(
  name: string,
  binding: PythonBinding | undefined,
  names: Names,
  depth: number,
): QualifiedName | undefined {
  if (!binding) return unboundPath(name, names);
  let found: QualifiedName | undefined;
  let certain = true;
  for (const write of binding.writes) {
    if (write.role === 'delete' || write.role === 'declare') continue;
    const path = pathOfDefinition(write, binding, names, depth);
    if (!path || (found && found.path !== path.path)) certain = false;
    if (path && !path.certain) certain = false;
    found ??= path;
  }
  return found && { path: found.path, certain };
}

/** Builtins; and names that only a star import can bring. */
function unboundPath(name: string, names: Names): QualifiedName | undefined {
  const stars = names.imports.filter((imported) => imported.member === '*');
  if (PYTHON_BUILTINS.has(name)) return { path: `builtins.${name}`, certain: stars.length === 0 };
  const only = stars.length === 1 ? stars[0] : undefined;
  return only && { path: `${only.module}${only.module.endsWith('.') ? '' : '.'}${name}`, certain: false };
}

function pathOfDefinition(
  write: PythonOccurrence,
  binding: PythonBinding,
  names: Names,
  depth: number,
): QualifiedName | undefined {
  if (write.imported) return { path: importPath(write.imported, names.source), certain: true };
  if (write.role === 'class' || write.role === 'function') return { path: localPath(binding), certain: true };
  if (depth === 0 || (write.role !== 'assign' && write.role !== 'annotated-assign')) return undefined;
  const value = assignedValue(write, names.tree);
  if (value?.type !== 'identifier' && value?.type !== 'attribute') return undefined;
  return followExpression(value, names, depth - 1);
}
