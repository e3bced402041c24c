import { matchesAt, placesOfName } from '../../core/text/names';
import { TYPESCRIPT_CHANGING } from './changing-methods';

/** A statement that assigns, a counter, or a call that changes a collection: most functions have none of these. */
const CHANGES = new RegExp(
  String.raw`(?:^|[\n;{}(,>:?&|]|\belse\b)\s*[\w$][\w$.]*!?(?:\[[^\]\n]*\])*[\w$.]*\s*(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?![=>])|\+\+|--|\bdelete\b|\bfor\s*(?:await\s*)?\(\s*[\w$]+\s+(?:of|in)\b|[\]}]\s*=(?![=>])|\.(?:${TYPESCRIPT_CHANGING})\s*\(`,
);

/** A name, what hangs on it, and an assignment, a counter or a call behind it; or what changes it in front of it. */
const CHANGED =
  /(?<![\w$.])([A-Za-z_$][\w$]*)(!?(?:\s*\??\.\s*[\w$]+!?|(?:\?\.)?\[[^\]\n;]*\]!?)*)\s*(?:(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?![=>])|\+\+|--|\()/g;
const CHANGED_BEFORE =
  /(?:\+\+|--|\bdelete\s|\bfor\s*(?:await\s*)?\((?=\s*[\w$]+\s+(?:of|in)\b))\s*([A-Za-z_$][\w$]*)\s*([.[!?]?)/g;

/** Calls that change what they are called on. */
const CHANGING = new RegExp(`\\.\\s*(?:${TYPESCRIPT_CHANGING})$`);

/** `[a, b] = pair`, `({ a } = one)` and keys with keys in them: what they change is not found out from the text. */
const PATTERN =
  /(?:[;{}\n]|=>)\s*(?:\[[^\];=]*\]|\(\s*\{[^};=]*\})\s*=(?![=>])|\]\s*\][!\w$.\s]{0,20}(?:[^=!<>\s]{0,3}=(?![=>])|\+\+|--|\()/;

/** So much text is searched for the names of one outermost function, in UTF-16 units; from then on every change may matter. */
const MOST = 20_000_000;

/**
 * Tells from the text alone that a function changes nothing of the functions around it, so that names are resolved only in the few that may.
 * What it lets through is decided by the semantic model; a name that the function declares somewhere with `let` or `var` counts as its own.
 */
export class ChangeGate {
  private searched = 0;

  /**
   * @param start offset of the outermost function around those that are asked about
   * @param end its end
   */
  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly end: number,
  ) {}

  /** Whether the function at these offsets has a line break and may change anything at all. The cheaper question. */
  mayChange(start: number, end: number): boolean {
    const breakAt = this.text.indexOf('\n', start);
    return breakAt >= 0 && breakAt < end && CHANGES.test(this.text.slice(start, end));
  }

  /** Whether it may bind a name of a function around it anew, or change what such a name holds. */
  mayChangeOuter(start: number, end: number): boolean {
    const body = this.text.slice(start, end);
    if (PATTERN.test(body)) return true;
    const seen = new Set<string>(['this', 'super']);
    const isOuter = (name: string, isBound: boolean): boolean => {
      const key = isBound ? name : `${name}.`;
      if (seen.has(name) || seen.has(key)) return false;
      seen.add(key);
      if (!this.standsAround(name, isBound ? isMention : isCollection, start, end)) return false;
      return !(isBound && isDeclared(name, body));
    };
    for (const [all, name, parts] of body.matchAll(CHANGED)) {
      const isChange = all.endsWith('(') ? CHANGING.test(parts!) : true;
      if (isChange && isOuter(name!, parts === '')) return true;
    }
    for (const [, name, part] of body.matchAll(CHANGED_BEFORE)) if (isOuter(name!, part === '')) return true;
    return false;
  }

  /** Whether a name stands in the outermost function, before or behind these offsets, as is asked for. */
  private standsAround(
    name: string,
    test: (text: string, at: number, end: number) => boolean,
    start: number,
    end: number,
  ) {
    this.searched += this.end - this.start;
    if (this.searched > MOST) return true;
    for (const at of placesOfName(this.text, name, this.start, this.end))
      if ((at < start || at >= end) && test(this.text, at, at + name.length)) return true;
    return false;
  }
}

const ATTRIBUTE = /-|=[{"']/y;

/** A name, but no attribute of JSX. */
function isMention(text: string, at: number, end: number): boolean {
  return text[at - 1] !== '-' && !matchesAt(text, ATTRIBUTE, end);
}

/** Behind a name: what makes it a collection or a plain object, by its value or its type. */
const COLLECTION = /\s*(?:!?:[^;]*?=|=\s*(?:(?:\/\*[^*]*\*\/|\()\s*)*(?:[[{<]|new\b))/y;

function isCollection(text: string, _: number, end: number): boolean {
  return matchesAt(text, COLLECTION, end);
}

function isDeclared(name: string, body: string): boolean {
  for (const at of placesOfName(body, name))
    if (/(?<![\w$])(?:let|var)\s+$/.test(body.slice(Math.max(0, at - 40), at))) return true;
  return false;
}
