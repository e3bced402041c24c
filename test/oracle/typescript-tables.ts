import type { Occurrence, RangeFlow, Scope } from '../../core/semantics/model';
import { buildTypeScriptModel, type TypeScriptModel } from '../../core/semantics/typescript';
import type { LanguageId } from '../../core/syntax/language';
import type { SyntaxNode, SyntaxTree } from '../../core/syntax/node';
import { SourceFile } from '../../core/text/source-file';
import { wasmEngine } from '../support/engine';

/** Runs a look at the model of a text while its tree is alive. */
export async function withModel<T>(
  text: string,
  language: LanguageId,
  look: (model: TypeScriptModel, root: SyntaxNode, source: SourceFile) => T,
): Promise<T> {
  const tree: SyntaxTree = (await wasmEngine()).parse(text, language);
  try {
    const source = new SourceFile(text);
    return look(buildTypeScriptModel(tree.rootNode, source), tree.rootNode, source);
  } finally {
    tree.delete();
  }
}

/**
 * Every binding of a text as a row: `scope: name kind | places`, where a place is `line:column` behind `w` (write), `r` (read),
 * `rw` or `d` (delete). Names that resolve to nothing come last, as `unbound`. Fails on code that does not parse.
 */
export function bindingRows(text: string, language: LanguageId): Promise<readonly string[]> {
  return withModel(text, language, (model, root, source) => {
    if (root.hasError) return ['SYNTAX ERROR'];
    const place = (at: Occurrence) => {
      const { line, character } = source.positionAt(at.start);
      const mark = { read: 'r', write: 'w', 'read-write': 'rw', delete: 'd' }[at.kind];
      return `${mark}${line + 1}:${character + 1}`;
    };
    const rows: string[] = [];
    for (const scope of model.scopes) {
      for (const { name, kind, writes, reads } of scope.bindings.values()) {
        const places = [...new Set([...writes, ...reads])].sort((a, b) => a.start - b.start).map(place);
        rows.push(`${scopeName(scope)}: ${name} ${kind} | ${places.join(' ')}`);
      }
    }
    for (const at of model.unresolved) rows.push(`unbound: ${source.slice(at.start, at.end)} ${place(at)}`);
    return rows;
  });
}

/** The tree of scopes as `kind(name)`, children in braces. */
export function scopeTree(text: string, language: LanguageId): Promise<string> {
  return withModel(text, language, (model) => {
    const show = (scope: Scope): string => {
      const inner = scope.children.map(show).join(' ');
      return scopeName(scope) + (inner && ` { ${inner} }`);
    };
    return show(model.root);
  });
}

function scopeName({ kind, name }: Scope): string {
  return name ? `${kind}(${name})` : kind;
}

/** The flow over the border of the part of a text between `«` and `»`, the marks taken out. */
export function flowRows(marked: string, language: LanguageId): Promise<Readonly<Record<keyof RangeFlow, string>>> {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  return withModel(marked.replace(/[«»]/g, ''), language, (model, root) => {
    if (root.hasError) throw new Error('the fixture does not parse');
    const flow = model.flow(start, end);
    const names = (key: keyof RangeFlow) => flow[key].map((binding) => binding.name).join(' ');
    return {
      reads: names('reads'),
      writes: names('writes'),
      maybeWrites: names('maybeWrites'),
      readAfter: names('readAfter'),
    };
  });
}

/** The smallest expression between `«` and `»`, with the text around it. */
export function atMark<T>(
  marked: string,
  language: LanguageId,
  look: (model: TypeScriptModel, expression: SyntaxNode) => T,
): Promise<T> {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  return withModel(marked.replace(/[«»]/g, ''), language, (model, root) => {
    const node = root.namedDescendantForIndex(start, end - 1);
    if (!node || node.startIndex !== start || node.endIndex !== end) throw new Error('the marks hold no expression');
    return look(model, node);
  });
}
