import type { ParsedFile } from '../../core/facts/parsed-file';
import type { RawDefinition, TopLevel } from './facts';

/** The functions, classes and variables at the top level of a Python module, in document order. */
export function pythonTopLevel({ root, source: { text } }: ParsedFile): TopLevel {
  const definitions: RawDefinition[] = [];
  const comments: (readonly [number, number])[] = [];
  const imported: string[] = [];
  const rest: (readonly [number, number])[] = [];
  for (const node of root.namedChildren) {
    const { type, startIndex: start } = node;
    const end = node.endIndex;
    if (type === 'comment') comments.push([start, end]);
    else if (type === 'import_statement' || type === 'import_from_statement')
      imported.push(...boundNames(text.slice(start, end)));
    else if (type === 'expression_statement') {
      const found = assigned(text, start, end);
      if (found.length > 0) definitions.push(...found);
      else if (!/^(?:["'(]|[rRbB]["']|__all__)/.test(text.slice(start, start + 8))) rest.push([start, end]);
    } else if (type === 'type_alias_statement') {
      const name = /^type\s+(\w+)/.exec(text.slice(start, start + 120))?.[1];
      if (name) definitions.push({ name, kind: 'type', start, end });
    } else if (type === 'function_definition' || type === 'class_definition' || type === 'decorated_definition') {
      // Decorators stand in front; the definition itself starts a line of its own.
      const head = /^(?:async[ \t]+)?(def|class)[ \t]+(\w+)/m.exec(text.slice(start, end));
      if (head) definitions.push({ name: head[2]!, kind: head[1] === 'def' ? 'function' : 'class', start, end });
    } else rest.push([start, end]);
  }
  return { definitions, imported, rest, comments };
}

/** `x = ...`, `x: T = ...`, `a, b = ...`; `x += ...`, `x.y = ...` and `x[k] = ...` are pieces of what `x` is. */
function assigned(text: string, start: number, end: number): RawDefinition[] {
  const head = text.slice(start, Math.min(end, start + 200));
  const names = /^([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*(?::[^=\n]+)?=(?!=)/.exec(head)?.[1]?.split(/\s*,\s*/);
  if (names) {
    const [name, ...also] = names;
    return name === '__all__' ? [] : [{ name: name!, kind: 'value', start, end, ...(also.length > 0 ? { also } : {}) }];
  }
  const piece = /^([A-Za-z_]\w*)(?:\.\w+\s*=|\[[^\]\n]*\]\s*=|\s*[-+|&*]=)(?!=)/.exec(head)?.[1];
  return piece ? [{ name: piece, kind: 'value', start, end, isPiece: true }] : [];
}

/** The names that an import binds; names behind which an alias stands are among them, which does no harm. */
function boundNames(statement: string): string[] {
  const list = statement.replace(/#.*/g, '').replace(/^from\s+\S+\s+import\b|^import\b/, '');
  return (list.match(/[A-Za-z_]\w*(?=\s*(?:,|\)|$|\s+as\b|\.))|(?<=\bas\s+)\w+/g) ?? []).filter(
    (name) => name !== 'as',
  );
}
