/** What a language adds to the normal form of a body. */
export interface BodyDialect {
  /** White space, comments, strings, patterns, names, numbers and operators; everything that one match can be is one token. */
  readonly token: RegExp;
  /** A rejection: what it says does not count, only that and how it rejects. */
  readonly rejection: RegExp;
  /** Names that the body binds, as the first group that matched. */
  readonly binders: RegExp;
  /** Indentation makes blocks. */
  readonly isIndented: boolean;
}

/**
 * Writes a body with its variables numbered in the order in which they are introduced: equal for bodies that are equal up to the names
 * of variables, messages, comments and white space. Works on the text: most functions are asked in vain, and a walk through
 * the tree would cost more than its parse.
 */
export function normaliseBody(text: string, parameters: readonly string[], dialect: BodyDialect): string {
  const numbers = numberVariables(text, parameters, dialect);
  const out: string[] = [];
  let depth = 0;
  let previous = '';
  let skipsUntilDepth: number | undefined;
  for (const hit of text.matchAll(dialect.token)) {
    const token = hit[0];
    if (/^[([{]/.test(token)) depth++;
    else if (/^[)\]}]/.test(token)) depth--;
    if (skipsUntilDepth !== undefined) {
      // The message ends with its statement, which is where its parentheses are closed.
      if (depth > skipsUntilDepth || !/^[\n;})\]]/.test(token)) continue;
      skipsUntilDepth = undefined;
      if (!/^[}\n]/.test(token)) continue;
    }
    if (/^(?:\s|#|\/\/|\/\*)/.test(token)) {
      if (dialect.isIndented && depth === 0 && token.startsWith('\n'))
        out.push(`\n${token.slice(token.lastIndexOf('\n') + 1).length}`);
      continue;
    }
    if (/^[;,]$/.test(token)) continue;
    const rejection = /^\w/.test(token) ? rejectionAt(text, hit.index, dialect) : undefined;
    if (rejection) {
      out.push(rejection);
      skipsUntilDepth = depth;
      continue;
    }
    const isVariable =
      previous !== '.' &&
      previous !== '?.' &&
      !(depth > 0 && dialect.isIndented && isKeyword(text, hit.index + token.length));
    out.push(isVariable ? (numbers.get(token) ?? quoted(token)) : token);
    previous = token;
  }
  return shiftIndents(out).join(' ').trim();
}

function numberVariables(text: string, parameters: readonly string[], dialect: BodyDialect): Map<string, string> {
  const names = [...parameters];
  for (const hit of text.matchAll(dialect.binders)) {
    names.push(
      ...(hit
        .slice(1)
        .find((group) => group !== undefined)
        ?.match(/[A-Za-z_$][\w$]*/g) ?? []),
    );
  }
  return new Map([...new Set(names)].map((name, index) => [name, `$${index}`]));
}

function rejectionAt(text: string, offset: number, dialect: BodyDialect): string | undefined {
  dialect.rejection.lastIndex = offset;
  return dialect.rejection.exec(text)?.[0].replace(/\s+/g, ' ');
}

/** In `f(name=1)` the name is the callee's. */
function isKeyword(text: string, end: number): boolean {
  return /^[ \t]*=(?!=)/.test(text.slice(end, end + 20));
}

/** One quote for all, so that `'a'` and `"a"` are the same text. */
function quoted(token: string): string {
  const inner = /^(['"])([^'"\\]*)\1$/.exec(token)?.[2];
  return inner === undefined ? token : JSON.stringify(inner);
}

/** Indentation counts from that of the body; lines that say nothing vanish. */
function shiftIndents(tokens: readonly string[]): string[] {
  const lines = tokens.filter(
    (token, index) => !(token.startsWith('\n') && (tokens[index + 1] ?? '\n').startsWith('\n')),
  );
  const indents = lines.filter((token) => token.startsWith('\n')).map((token) => Number(token.slice(1)));
  const widths = [...new Set(indents)].sort((a, b) => a - b);
  return lines.map((token) => (token.startsWith('\n') ? `;${widths.indexOf(Number(token.slice(1)))}` : token));
}
