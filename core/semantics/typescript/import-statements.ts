import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { ImportedName } from '../model';
import type { ScopeNode } from './scope-tree';

/**
 * Reads one `import` statement, or an `export ... from` (which binds nothing, but is a dependency all the same).
 * @param bind called for every name that comes into the scope.
 * @param imports receives all names, those for effect and re-exports (with an empty `local`) included.
 */
export function bindImportStatement(
  statement: SyntaxNode,
  source: SourceFile,
  scope: ScopeNode,
  bind: (name: ImportedName) => void,
  imports: ImportedName[],
): void {
  const reader = new StatementReader(statement, source, scope, imports);
  for (const name of reader.read()) if (name.local !== '') bind(name);
}

class StatementReader {
  private readonly found: ImportedName[] = [];
  private readonly typeOnly: boolean;
  private readonly lazy: boolean;
  private module = '';

  constructor(
    private readonly statement: SyntaxNode,
    private readonly source: SourceFile,
    scope: ScopeNode,
    private readonly imports: ImportedName[],
  ) {
    const head = source.text.slice(statement.startIndex, statement.startIndex + 120);
    this.typeOnly = /^(?:import|export)\s+type(?:of)?(?:\s*[{*]|\s+(?!from\b)[\w$]|\s+from\s+from\b)/.test(head);
    this.lazy = scope.hoistTarget().kind === 'function';
  }

  read(): readonly ImportedName[] {
    const { statement } = this;
    const isImport = statement.type === 'import_statement';
    const specifier = statement.childForFieldName('source');
    if (specifier) this.module = this.unquoted(specifier);
    for (const child of statement.namedChildren) {
      if (child.type === 'import_clause') this.clause(child);
      else if (child.type === 'import_require_clause') this.requireClause(child);
      else if (child.type === 'export_clause') this.specifiers(child, false);
      else if (child.type === 'namespace_export') this.add(undefined, '', child);
    }
    if (this.found.length === 0) this.add(isImport ? undefined : '*', '', statement);
    this.imports.push(...this.found);
    return this.found;
  }

  private clause(clause: SyntaxNode): void {
    for (const child of clause.namedChildren) {
      if (child.type === 'identifier') this.add('default', this.textOf(child), child);
      else if (child.type === 'namespace_import') {
        const local = child.lastNamedChild;
        if (local) this.add(undefined, this.textOf(local), local);
      } else if (child.type === 'named_imports') this.specifiers(child, true);
    }
  }

  private requireClause(clause: SyntaxNode): void {
    const specifier = clause.childForFieldName('source');
    if (specifier) this.module = this.unquoted(specifier);
    const local = clause.firstNamedChild;
    if (local) this.add(undefined, this.textOf(local), local);
  }

  private specifiers(list: SyntaxNode, binds: boolean): void {
    for (const specifier of list.namedChildren) {
      const name = specifier.childForFieldName('name');
      if (!name) continue;
      const local = specifier.childForFieldName('alias') ?? name;
      const member = name.type === 'string' ? this.unquoted(name) : this.textOf(name);
      // `type` in front of the name; in `{ type as t }` it is the name.
      const typeOnly = name.startIndex > specifier.startIndex;
      this.add(member, binds ? this.textOf(local) : '', local, typeOnly);
    }
  }

  private add(member: string | undefined, local: string, at: SyntaxNode, typeOnly = false): void {
    this.found.push({
      module: this.module,
      member,
      local,
      start: at.startIndex,
      end: at.endIndex,
      typeOnly: this.typeOnly || typeOnly,
      lazy: this.lazy,
    });
  }

  private textOf(node: SyntaxNode): string {
    return this.source.slice(node.startIndex, node.endIndex);
  }

  private unquoted(node: SyntaxNode): string {
    return this.source.slice(node.startIndex + 1, node.endIndex - 1);
  }
}
