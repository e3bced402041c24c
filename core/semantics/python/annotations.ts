/** A type as an annotation names it: `base[args]`; `None` and unparsable parts are left out by the reader. */
export interface TypeTerm {
  /** Dotted name as written. */
  readonly name: string;
  /** Texts between its brackets, split at top-level commas. */
  readonly args: readonly string[];
}

/**
 * Splits an annotation into the terms of its top-level union: `httpx.Client | None` has two. Quoted annotations are read
 * as if the quotes were not there. Anything that is no dotted name with optional brackets yields no term.
 */
export function typeTerms(annotation: string): TypeTerm[] {
  const terms: TypeTerm[] = [];
  for (const part of splitTopLevel(unquote(annotation), '|')) {
    const match = /^([A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)\s*(?:\[(.*)\])?$/s.exec(unquote(part));
    if (!match) continue;
    const args = match[2] === undefined ? [] : splitTopLevel(match[2], ',');
    terms.push({ name: match[1]!.replace(/\s+/g, ''), args });
  }
  return terms;
}

/** The annotation inside the quotes of a forward reference. */
function unquote(text: string): string {
  const trimmed = text.trim();
  const match = /^(?:[rRuU]?)("""|'''|"|')(.*)\1$/s.exec(trimmed);
  return match && !match[2]!.includes(match[1]!) ? match[2]!.trim() : trimmed;
}

/** Splits at a separator that stands in no bracket and in no quotes. */
function splitTopLevel(text: string, separator: ',' | '|'): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '[' || character === '(') depth++;
    else if (character === ']' || character === ')') depth--;
    else if (character === separator && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
