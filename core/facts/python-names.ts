import { pythonImportsIn } from './imports';
import type { ParsedFile } from './parsed-file';

/** What a dotted expression may mean. */
export interface ObjectPaths {
  /** Dotted, with the leading dots of a relative import. */
  readonly paths: readonly string[];
  /** False where the file binds the name more than once. */
  readonly certain: boolean;
}

/** Constants of constants that are followed. */
const DEPTH = 4;

const DOTTED = /^[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*$/;

/**
 * Reads module paths off the text of a Python file, by its import statements and the assignments at the beginnings of its lines. Scopes
 * are not told apart, which a semantic model would do for the price of a second parse: a name with several meanings has them all.
 */
export class PythonNames {
  private statements: readonly string[] | undefined;
  private readonly imported = new Map<string, readonly string[]>();
  private readonly assigned = new Map<string, readonly number[]>();

  constructor(private readonly file: Pick<ParsedFile, 'source' | 'pythonImports'>) {}

  /** What the text of a name or attribute expression means; undefined where it begins with no imported name. */
  object(expression: string): ObjectPaths | undefined {
    if (!DOTTED.test(expression)) return undefined;
    const [local, ...rest] = expression.replace(/\s+/g, '').split('.');
    const heads = this.importsOf(local!);
    if (heads.length === 0) return undefined;
    return {
      paths: heads.map((head) => joinPath(head, ...rest)),
      certain: heads.length === 1 && this.assignmentsTo(local!).length === 0,
    };
  }

  /**
   * The value of the text of a string, of strings side by side, of an f-string or of a sum of them, with the file's constants and
   * `module.__name__` put in; `*` stands for what only run time knows. Undefined for any other expression.
   */
  string(expression: string, depth = 0): string | undefined {
    let rest = expression;
    const skip = (): void => {
      rest = rest.replace(/^(?:[\s\\]|#.*)+/, '');
    };
    const operand = (): string | undefined => {
      skip();
      if (rest[0] === '(') {
        rest = rest.slice(1);
        const value = sum();
        skip();
        if (rest[0] !== ')') return undefined;
        rest = rest.slice(1);
        return value;
      }
      let value: string | undefined;
      for (let literal = LITERAL.exec(rest); literal; literal = LITERAL.exec(rest)) {
        const text = this.literal(literal, depth);
        if (text === undefined) return undefined;
        value = (value ?? '') + text;
        rest = rest.slice(literal[0].length);
        skip();
      }
      if (value !== undefined) return value;
      const name = /^[A-Za-z_][\w.]*/.exec(rest)?.[0];
      if (name === undefined) return undefined;
      rest = rest.slice(name.length);
      return this.named(name, depth);
    };
    const sum = (): string | undefined => {
      let value = operand();
      for (skip(); value !== undefined && rest[0] === '+'; skip()) {
        rest = rest.slice(1);
        const next = operand();
        if (next === undefined) rest = '';
        value += next ?? '*';
      }
      return value;
    };
    const value = sum();
    skip();
    return rest === '' ? value : undefined;
  }

  private literal([, prefix, , plain]: RegExpExecArray, depth: number): string | undefined {
    if (/[bt]/i.test(prefix!) || plain!.includes('\\')) return undefined;
    if (!/f/i.test(prefix!)) return plain!;
    const text = plain!.replace(/\{([^{}]*)\}/g, (_, name: string) => this.named(name.trim(), depth) ?? '*');
    // What is left of braces belongs to a format, or is escaped: no path goes on behind it.
    return text.replace(/[{}][\s\S]*/, '*');
  }

  /** The text that a name stands for: a constant of the file, or the name of a module. */
  private named(name: string, depth: number): string | undefined {
    if (name.endsWith('.__name__')) {
      const module = this.object(name.slice(0, -'.__name__'.length));
      return module?.certain ? module.paths[0] : undefined;
    }
    const [start, ...more] = /^\w+$/.test(name) && depth < DEPTH ? this.assignmentsTo(name) : [];
    if (start === undefined || more.length > 0) return undefined;
    const value = pythonParts(this.file.source.text, start, '\n')?.[0];
    return value === undefined ? undefined : this.string(value, depth + 1);
  }

  /** Where the values begin that are assigned to a name at the beginning of a line. */
  private assignmentsTo(name: string): readonly number[] {
    const known = this.assigned.get(name);
    if (known) return known;
    const { text } = this.file.source;
    const found: number[] = [];
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      let before = at;
      while (text[before - 1] === ' ' || text[before - 1] === '\t') before--;
      if (before > 0 && text[before - 1] !== '\n' && text[before - 1] !== '\r') continue;
      ASSIGNED.lastIndex = at + name.length;
      if (ASSIGNED.test(text)) found.push(ASSIGNED.lastIndex);
    }
    this.assigned.set(name, found);
    return found;
  }

  /** What import statements, wherever they stand, bind a name to. */
  private importsOf(local: string): readonly string[] {
    const known = this.imported.get(local);
    if (known) return known;
    const { text } = this.file.source;
    this.statements ??= this.file.pythonImports.keywords.map((offset) => importStatementAt(text, offset));
    const paths = new Set<string>();
    for (const statement of this.statements) {
      // Most statements are about other names, and reading one costs far more than this.
      if (!statement.includes(local)) continue;
      for (const { module, names, aliases } of pythonImportsIn(statement)) {
        const root = module.split('.', 1)[0]!;
        if (names.length === 0 && (aliases?.[module] ?? root) === local) paths.add(aliases?.[module] ? module : root);
        for (const name of names) if ((aliases?.[name] ?? name) === local) paths.add(joinPath(module, name));
      }
    }
    const found = [...paths];
    this.imported.set(local, found);
    return found;
  }
}

/** `a` and `b` -> `a.b`; what is relative to a package keeps its dots: `..` and `b` -> `..b`. */
export function joinPath(...names: readonly string[]): string {
  return names.reduce((path, name) => (path.endsWith('.') ? path + name : `${path}.${name}`));
}

const LITERAL = /^([A-Za-z]{0,2})("""|'''|"|')([\s\S]*?)\2/;

/** Behind the name that is assigned to, up to the value. */
const ASSIGNED = /[ \t]*(?::[^=\n]*)?=(?!=)/y;

const IMPORT_STATEMENT = /^(?:from|import)\b(?:[^\n\r#(;\\]|\\\r?\n)*(?:\((?:[^)#]|#.*)*)?/;

/** Code units that an import statement may take. */
const LONGEST_IMPORT = 20_000;

/** Empty where a definition begins. */
function importStatementAt(text: string, offset: number): string {
  if (text[offset] !== 'f' && text[offset] !== 'i') return '';
  return IMPORT_STATEMENT.exec(text.slice(offset, offset + LONGEST_IMPORT))?.[0] ?? '';
}

/** Code units that an expression of interest may take, so that calls in calls are not read again and again. */
const LONGEST = 4000;

const NOTABLE = /["'#()[\]{},\n]/g;

/**
 * Splits the text of expressions at a separator that stands in no bracket, string or comment, up to the bracket that closes them; where
 * the separator is a newline, what follows it is left out.
 * @returns undefined where the end is too far away
 */
export function pythonParts(text: string, start: number, separator: ',' | '\n'): string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let from = start;
  NOTABLE.lastIndex = start;
  for (let match = NOTABLE.exec(text); match && match.index - start < LONGEST; match = NOTABLE.exec(text)) {
    const { index: at, 0: char } = match;
    if (char === '"' || char === "'") NOTABLE.lastIndex = stringEnd(text, at);
    else if (char === '#') NOTABLE.lastIndex = lineEnd(text, at);
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    const isEnd = depth < 0 || (depth === 0 && char === separator);
    if (!isEnd) continue;
    const part = text.slice(from, at).trim();
    if (part !== '') parts.push(part);
    if (depth < 0 || separator === '\n') return parts;
    from = at + 1;
  }
  return separator === '\n' ? [text.slice(from, from + LONGEST).trim()] : undefined;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function stringEnd(text: string, start: number): number {
  const quote = text[start]!;
  const close = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let at = start + close.length; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (close.length === 1 && text[at] === '\n') return at;
    else if (text.startsWith(close, at)) return at + close.length;
  }
  return text.length;
}
