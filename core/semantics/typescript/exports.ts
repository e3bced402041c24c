import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';

/** One name that a file exports. */
export interface ExportedName {
  /** The name that importers use: `default` for a default export, `*` for `export * from`, `=` for `export =`. */
  readonly exported: string;
  /** The name inside the file, or the member of `module`; undefined for an anonymous default and for whole modules. */
  readonly local: string | undefined;
  /** Present for re-exports: the module specifier as written. */
  readonly module: string | undefined;
  readonly typeOnly: boolean;
  readonly start: number;
  readonly end: number;
}

const TYPE_DECLARATIONS: ReadonlySet<string> = new Set(['interface_declaration', 'type_alias_declaration']);

/** The ES exports of a file's top level, in document order. CommonJS exports are plain assignments and not listed. */
export function exportsOf(root: SyntaxNode, source: SourceFile): readonly ExportedName[] {
  if (!/\bexport\b/.test(source.text)) return [];
  const found: ExportedName[] = [];
  for (const statement of root.descendantsOfType('export_statement')) {
    if (statement.parent?.type === 'program') readStatement(statement, source, found);
  }
  return found;
}

function readStatement(statement: SyntaxNode, source: SourceFile, found: ExportedName[]): void {
  const textOf = (node: SyntaxNode) => source.slice(node.startIndex, node.endIndex);
  const specifier = statement.childForFieldName('source');
  const module = specifier ? textOf(specifier).slice(1, -1) : undefined;
  const head = source.slice(statement.startIndex, statement.startIndex + 80);
  const typeOnly = /^export\s+type\s*[{*]/.test(head);
  const add = (exported: string, local: string | undefined, at: SyntaxNode, isType = typeOnly) =>
    found.push({ exported, local, module, typeOnly: isType, start: at.startIndex, end: at.endIndex });

  const declaration = statement.childForFieldName('declaration');
  const isDefault = statement.children.some((child) => child.type === 'default');
  if (declaration) {
    const isType = TYPE_DECLARATIONS.has(declaration.type);
    const names = declaredNames(declaration);
    if (isDefault) add('default', names[0] && textOf(names[0]), names[0] ?? declaration, isType);
    else for (const name of names) add(textOf(name), textOf(name), name, isType);
    return;
  }
  const clause = statement.namedChildren.find((child) => child.type === 'export_clause');
  for (const item of clause?.namedChildren ?? []) {
    const name = item.childForFieldName('name');
    const alias = item.childForFieldName('alias') ?? name;
    if (!name || !alias) continue;
    const unquoted = (node: SyntaxNode) => textOf(node).replace(/^['"]|['"]$/g, '');
    add(unquoted(alias), unquoted(name), alias, typeOnly || name.startIndex > item.startIndex);
  }
  if (clause) return;
  const namespace = statement.namedChildren.find((child) => child.type === 'namespace_export');
  if (namespace) add(textOf(namespace.lastNamedChild ?? namespace), undefined, namespace);
  else if (module !== undefined) add('*', undefined, statement);
  else {
    const value = statement.childForFieldName('value') ?? statement.lastNamedChild;
    const local = value?.type === 'identifier' ? textOf(value) : undefined;
    if (isDefault) add('default', local, value ?? statement);
    else if (/^export\s*=/.test(head)) add('=', local, value ?? statement);
  }
}

/** The identifiers that a declaration gives a name to. */
function declaredNames(declaration: SyntaxNode): readonly SyntaxNode[] {
  if (declaration.type === 'ambient_declaration') return declaration.namedChildren.flatMap(declaredNames);
  const name = declaration.childForFieldName('name');
  if (name) return [name];
  const names: SyntaxNode[] = [];
  for (const declarator of declaration.namedChildren) {
    if (declarator.type !== 'variable_declarator') continue;
    const target = declarator.childForFieldName('name');
    if (target?.type === 'identifier') names.push(target);
    else if (target) names.push(...namesOfPattern(target));
  }
  return names;
}

function namesOfPattern(pattern: SyntaxNode): readonly SyntaxNode[] {
  return pattern.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']).filter((name) => {
    if (name.type !== 'identifier') return true;
    const { parent } = name;
    if (parent?.type === 'assignment_pattern') return parent.firstNamedChild?.id === name.id;
    return parent?.type === 'pair_pattern' || parent?.type === 'array_pattern' || parent?.type === 'rest_pattern';
  });
}
