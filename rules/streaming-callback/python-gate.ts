import type { ParsedFile } from '../../core/facts/parsed-file';

/** A nested definition that may be a callback with state, judged by the text alone. */
export interface Candidate {
  /** Offset of `def`, or of `async` before it. */
  readonly start: number;
  readonly name: string;
}

interface Open {
  readonly start: number;
  readonly indent: number;
  readonly isFunction: boolean;
}

const DEFINITION = /(?:async[ \t]+)?(def|class)[ \t]+([^\W\d]\w*)/uy;

/** What binds a name of another function, or changes a value: `nonlocal`, `x.append(`, `x[key] =`, `x.part =`, `x |=`. */
const CHANGES =
  /\bnonlocal\b|\.\s*(?:append|appendleft|extend|extendleft|insert|add|update|setdefault|pop|popleft|popitem|clear|remove|discard|write|writelines|put_nowait|subtract|sort|reverse)\s*\(|(?:\]|\.\w+)\s*(?:[-+*/|&^%]|\*\*|\/\/|<<|>>)?=(?!=)|\bdel\s+\w+\s*\[/;

/**
 * Nested definitions that change something and are named without being called, or make a generator: cheap, because only the lines at
 * which definitions begin are looked at, and the text of few of them.
 */
export function candidatesIn({ source: { text }, pythonImports: { keywords } }: ParsedFile): Candidate[] {
  const found: Candidate[] = [];
  const open: Open[] = [];
  const starts: (Open & { readonly name: string })[] = [];
  for (const at of keywords) {
    const code = text.charCodeAt(at);
    // `async`, `class` and `def` alone begin with these.
    if (code !== 97 && code !== 99 && code !== 100) continue;
    DEFINITION.lastIndex = at;
    const match = DEFINITION.exec(text);
    if (!match) continue;
    const indent = at - (text.lastIndexOf('\n', at - 1) + 1);
    starts.push({ start: at, indent, isFunction: match[1] === 'def', name: match[2]! });
  }
  for (const [index, one] of starts.entries()) {
    while (open.length > 0 && open.at(-1)!.indent >= one.indent) open.pop();
    const outer = open.at(-1);
    open.push(one);
    if (!one.isFunction || !outer?.isFunction) continue;
    const body = text.slice(one.start, endOf(one, index, starts, text));
    if (!CHANGES.test(body)) continue;
    if (
      isHandedOn(
        one,
        body,
        text.slice(
          outer.start,
          endOf(
            outer,
            starts.findIndex(({ start }) => start === outer.start),
            starts,
            text,
          ),
        ),
      )
    )
      found.push({ start: one.start, name: one.name });
  }
  return found;
}

/** Where the next definition that is not inside begins: at or behind the end of this one. */
function endOf(one: Open, index: number, starts: readonly Open[], text: string): number {
  for (let next = index + 1; next < starts.length; next++)
    if (starts[next]!.indent <= one.indent) return starts[next]!.start;
  return text.length;
}

/** Named somewhere without a call; a decorator or a `yield` may hand it on without that. */
function isHandedOn({ start, name }: Open & { readonly name: string }, body: string, outer: string): boolean {
  if (/\byield\b/.test(body)) return true;
  const uses = new RegExp(`(?<![\\w.]|\\bdef[ \\t])${name}(?!\\w|[ \\t]*\\()`, 'gu');
  if (uses.test(outer)) return true;
  // The decorator stands above: in front of the body, within the text around it.
  const at = outer.indexOf(body);
  return (
    /@[^\n]*\n[ \t]*$/.test(outer.slice(0, at)) ||
    /^[ \t]*[)\]][^\n]*\n[ \t]*$/m.test(outer.slice(Math.max(0, at - 200), at)) ||
    start < 0
  );
}
