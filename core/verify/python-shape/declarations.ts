import type { SemanticModel } from '../../semantics/model';
import { buildPythonModel, type PythonModel, type PythonOccurrence, type PythonScope } from '../../semantics/python';
import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import { reject } from './rejection';

/**
 * Checks `global` and `nonlocal` statements against the scopes, by the rules of CPython's symbol table (Python/symtable.c).
 * @throws Rejection at the first one that breaks a rule.
 */
export function checkDeclarations(source: SourceFile, root: SyntaxNode, semantics: SemanticModel | undefined): void {
  const model = semantics && 'occurrences' in semantics ? (semantics as PythonModel) : buildPythonModel(root, source);
  const seen = new Map<PythonScope, Map<string, Seen>>();
  for (const occurrence of model.occurrences) {
    const scope = scopeOf(occurrence);
    const names = seen.get(scope) ?? new Map<string, Seen>();
    seen.set(scope, names);
    const { name } = occurrence.symbol;
    const before = names.get(name) ?? {};
    names.set(name, before);
    const { role } = occurrence;
    if (role === 'global' || role === 'nonlocal') {
      checkBefore(occurrence, role, before);
      if (role === 'nonlocal') checkBound(occurrence);
      before.declared ??= occurrence;
    } else {
      const isAnnotated = role === 'declare' || role === 'annotated-assign';
      if (isAnnotated && before.declared && scope.kind !== 'module') failAnnotated(occurrence, before.declared.role);
      // CPython lets an import precede its declaration.
      if (role !== 'import' && (!before.used || before.used.role === 'read')) before.used = occurrence;
    }
  }
}

type Place = Pick<PythonOccurrence, 'start' | 'end' | 'symbol'>;

/** What stood of a name in one scope so far. */
interface Seen {
  declared?: PythonOccurrence;
  /** The first use, or the first one that binds. */
  used?: PythonOccurrence;
}

/** A walrus binds in the scope around all comprehensions. */
function scopeOf({ role, scope }: PythonOccurrence): PythonScope {
  let owner = scope;
  if (role === 'walrus') while (owner.kind === 'comprehension' && owner.parent) owner = owner.parent;
  return owner;
}

function checkBefore({ start, end, symbol }: Place, role: string, { declared, used }: Seen): void {
  const { name } = symbol;
  if (declared && declared.role !== role)
    reject('nonlocal-and-global', `name '${name}' is nonlocal and global`, start, end);
  if (!used) return;
  if (used.role === 'parameter')
    reject('parameter-and-declared', `name '${name}' is parameter and ${role}`, start, end);
  if (used.role === 'declare' || used.role === 'annotated-assign') failAnnotated({ start, end, symbol }, role);
  const how = used.role === 'read' ? 'used prior to' : 'assigned to before';
  reject('declared-too-late', `name '${name}' is ${how} ${role} declaration`, start, end);
}

function failAnnotated({ start, end, symbol }: Place, role: string): never {
  reject('annotated-and-declared', `annotated name '${symbol.name}' can't be ${role}`, start, end);
}

function checkBound({ start, end, symbol }: Place): void {
  const { name, binding } = symbol;
  if (!binding || binding.scope.kind === 'module') {
    reject('nonlocal-unbound', `no binding for nonlocal '${name}' found`, start, end);
  }
  if (binding.kind === 'type-parameter') {
    reject('nonlocal-type-parameter', `nonlocal binding not allowed for type parameter '${name}'`, start, end);
  }
}
