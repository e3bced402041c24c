import type { PythonBinding } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { SourceFile } from '../../../../core/text/source-file';
import { bestOf, identifies, type NameAtHand, type Ranked, type ValueKind } from '../names-at-hand';
import { isBoundBefore, isLoopVariable } from './bound';
import { enclosingMethod, nameOf, type PythonHandler, placeOf, textOf } from './handler';

const SCALARS = /^(?:builtins\.(?:str|int|bool)|uuid\.UUID|pathlib\.(?:Pure)?(?:Posix|Windows)?Path|os\.PathLike)$/;
const IDENTITIES = /^(?:builtins\.int|uuid\.UUID|pathlib\.(?:Pure)?(?:Posix|Windows)?Path)$/;

/** The names that identify what the guarded code was about, at most two: what it reads itself comes first. */
export function namesAtHand(handler: PythonHandler): NameAtHand[] {
  return bestOf([...variables(handler), ...attributes(handler)]);
}

function variables(handler: PythonHandler): Ranked[] {
  const { model, guarded, statement, document } = handler;
  const scope = model.scopeAt(placeOf(handler));
  if (scope.kind !== 'function' && scope !== model.root) return [];
  return [...scope.bindings.values()].flatMap((binding) => {
    const { name } = binding;
    const read = binding.reads.find(({ start, end }) => guarded.startIndex <= start && end <= guarded.endIndex);
    const isParameter = binding.kind === 'parameter';
    if (/^(?:self|cls|_.*)$/.test(name)) return [];
    const isItem = isLoopVariable(binding, statement, document.root);
    if (!read && !isItem && !isParameter) return [];
    if (!identifies(name, kindOf(binding, handler)) || !isBoundBefore(binding, statement, document.root)) return [];
    const rank = read ? (isItem ? 0 : 1) : isItem ? 2 : 3;
    return [{ label: name, expression: name, rank, start: read?.start ?? binding.writes[0]!.start }];
  });
}

/** What is known of a variable's values, from annotations and assignments. */
function kindOf(binding: PythonBinding, { model, document: { root, source } }: PythonHandler): ValueKind {
  const [write] = binding.writes;
  const node = write && root.namedDescendantForIndex(write.start, write.end);
  if (node?.parent && /^(?:list|dictionary)_splat_pattern$/.test(node.parent.type)) return 'other';
  const known = node ? model.typeOf(node) : undefined;
  const type = known?.path;
  if (type === undefined)
    return isAnnotated(node ?? undefined) || isUsedAsObject(binding, root, source) ? 'other' : 'unknown';
  if (IDENTITIES.test(type)) return known?.certain ? 'identity' : 'scalar';
  return SCALARS.test(type) ? 'scalar' : 'other';
}

/** What texts and paths have as well. */
const PLAIN_MEMBERS =
  /^(?:strip|lstrip|rstrip|lower|upper|title|split|rsplit|splitlines|partition|rpartition|startswith|endswith|replace|format|encode|join|find|count|isdigit|hex|name|stem|suffix|suffixes|parent|parents|parts|exists|is_file|is_dir|read_text|read_bytes|write_text|write_bytes|open|unlink|mkdir|rmdir|iterdir|glob|rglob|stat|as_posix|resolve|absolute|relative_to|with_suffix|with_name|joinpath|touch|rename|expanduser)$/;

/** `folder.clear()`: a thing of its own kind, whatever its name is. */
function isUsedAsObject(binding: PythonBinding, root: SyntaxNode, source: SourceFile): boolean {
  return binding.reads.some(({ start, end }) => {
    const attribute = root.namedDescendantForIndex(start, end)?.parent;
    if (attribute?.type !== 'attribute' || attribute.startIndex !== start) return false;
    return !PLAIN_MEMBERS.test(source.slice(end, attribute.endIndex).replace(/^[\s.]+/, ''));
  });
}

/** An annotation that is not understood (`Any`, `T`, a union of much) is no licence to print the value. */
function isAnnotated(node: SyntaxNode | undefined): boolean {
  const holder = node?.parent;
  return holder?.childForFieldName('type') != null && /^typed_|^assignment$/.test(holder.type);
}

/** `self.x`, read by the guarded code, where `__init__` sets it to begin with: else reading it again could fail again. */
function attributes(handler: PythonHandler): Ranked[] {
  const { guarded, document, statement } = handler;
  const around = enclosingMethod(statement);
  if (!around || /^__(?:init|new|del)__$/.test(nameOf(document, around.method))) return [];
  const initialiser = around.owner
    .descendantsOfType('function_definition')
    .find(
      (one) => nameOf(document, one) === '__init__' && enclosingMethod(one.firstChild!)?.owner.id === around.owner.id,
    );
  if (!initialiser) return [];
  const computed = new Set(around.owner.descendantsOfType('function_definition').map((one) => nameOf(document, one)));
  return guarded.descendantsOfType('attribute').flatMap((node) => {
    const name = /^self\.(\w+)$/.exec(textOf(document, node))?.[1];
    if (name === undefined || node.parent?.childForFieldName('function')?.id === node.id) return [];
    const assigned = assignmentIn(initialiser, name, handler);
    if (!assigned || computed.has(name) || !isSelf(handler)) return [];
    const type = handler.model.typeOf(node)?.path;
    const kind =
      type === undefined ? 'unknown' : IDENTITIES.test(type) ? 'identity' : SCALARS.test(type) ? 'scalar' : 'other';
    if (name.startsWith('__') || !identifies(name, kind)) return [];
    return [{ label: name.replace(/^_+/, ''), expression: `self.${name}`, rank: 1, start: node.startIndex }];
  });
}

function isSelf({ model, ...handler }: PythonHandler): boolean {
  return model.lookup('self', model.scopeAt((handler.clause ?? handler.statement).startIndex))?.kind === 'parameter';
}

/** `self.name = ...` as a statement of the initialiser's own block. */
function assignmentIn(initialiser: SyntaxNode, name: string, { document }: PythonHandler): boolean {
  const block = initialiser.childForFieldName('body');
  return (block?.namedChildren ?? []).some((statement) => {
    const only = statement.type === 'expression_statement' ? statement.firstNamedChild : null;
    const left = only?.type === 'assignment' ? only.childForFieldName('left') : null;
    return left !== null && textOf(document, left) === `self.${name}`;
  });
}
