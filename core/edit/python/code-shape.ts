import { type Code, tokensOf } from './reindent';

/** What some statements look like from outside. */
export interface CodeShape {
  /** Whether there is a statement at all, and not comments alone. */
  readonly hasCode: boolean;
  /** Whether the first or the last statement is a `def` or `class`, with or without decorators. */
  readonly startsWithDefinition: boolean;
  readonly endsWithDefinition: boolean;
  readonly isOneLogicalLine: boolean;
  readonly endsWithComment: boolean;
  /** One simple statement without any comment: it can stand between others on one line, or behind `if x:`. */
  readonly isSimpleLine: boolean;
}

const COMPOUND: ReadonlySet<string> = new Set(['if', 'for', 'while', 'try', 'with', 'def', 'class', 'async', '@']);
const LAYOUT: ReadonlySet<string> = new Set(['NEWLINE', 'INDENT', 'DEDENT', 'END']);

/** @throws Refusal `shape-error` for what is no Python */
export function codeShape(code: Code, file: string): CodeShape {
  const text = code.toString();
  const tokens = tokensOf(text, file);
  const heads: string[] = [];
  let depth = 0;
  let lines = 0;
  let isLineStart = true;
  let end = 0;
  let hasComment = false;
  tokens.types.forEach((type, at) => {
    if (type === 'INDENT') depth++;
    else if (type === 'DEDENT') depth--;
    else if (type === 'NEWLINE') {
      lines++;
      isLineStart = true;
    } else if (!LAYOUT.has(type)) {
      if (isLineStart && depth === 0) heads.push(type === 'async' ? tokens.types[at + 1]! : type);
      isLineStart = false;
      hasComment ||= text.slice(end, tokens.starts[at]).includes('#');
      end = tokens.ends[at]!;
    }
  });
  const endsWithComment = text.slice(end).includes('#');
  const first = heads[0];
  const isSimple = lines === 1 && first !== undefined && !COMPOUND.has(first) && !text.includes(';');
  return {
    hasCode: first !== undefined,
    startsWithDefinition: first === 'def' || first === 'class' || first === '@',
    endsWithDefinition: heads.at(-1) === 'def' || heads.at(-1) === 'class',
    isOneLogicalLine: lines === 1,
    endsWithComment,
    isSimpleLine: isSimple && !hasComment && !endsWithComment,
  };
}
