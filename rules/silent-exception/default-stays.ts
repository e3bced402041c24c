import type { SourceFile } from '../../core/text/source-file';
import { type Occurrences, occurrencesIn, type Span } from './occurrences';

/** The surroundings of a try statement, as far as one function (or the module) reaches. */
export interface Surroundings {
  readonly names: Occurrences;
  /** From the start of the function to the try; where the handler goes on with, or leaves, a loop: to that loop. */
  readonly before: Span;
  /** What runs after the handler, to the end of the function. */
  readonly after: readonly Span[];
  /** From the start of the innermost loop around the try to the try; absent outside of loops. */
  readonly loop: Span | undefined;
  /** The parameters of the function. */
  readonly parameters: string;
  /** The whole file without the try. */
  readonly elsewhere: readonly Span[];
  /** Whether the handler goes on with, or leaves, the loop. */
  readonly skips: boolean;
  /** Whether a name that the function does not bind belongs to a scope outside, as in TypeScript. */
  readonly assignsOuterNames: boolean;
  /** Whether the try stands at the top of a module. */
  readonly isModule: boolean;
  /** Whether the try leaves the program: then an object that was just made is no default. */
  leavesProgram(): boolean;
}

/** Describes what surrounds a try. `handlerEnd` is where its handler ends, `skips` whether the handler says `continue` or `break`. */
export function surroundings(
  source: SourceFile,
  attempt: Span,
  handlerEnd: number,
  around: {
    scope: Span | undefined;
    loop: Span | undefined;
    /** Branches behind the handler that do not run when the handler ran: `elif`, `else`, the next handler; in order. */
    otherBranches: readonly Span[];
    skips: boolean;
    parameters: string;
    assignsOuterNames: boolean;
    leavesProgram: () => boolean;
  },
): Surroundings {
  const { scope, loop, skips, parameters, assignsOuterNames, leavesProgram } = around;
  const left = skips ? loop : undefined;
  const end = source.text.length;
  return {
    names: occurrencesIn(source),
    before: { startIndex: scope?.startIndex ?? 0, endIndex: left?.startIndex ?? attempt.startIndex },
    after: without(
      { startIndex: left?.endIndex ?? handlerEnd, endIndex: scope?.endIndex ?? end },
      around.otherBranches,
    ),
    loop: loop ? { startIndex: loop.startIndex, endIndex: attempt.startIndex } : undefined,
    parameters,
    elsewhere: [
      { startIndex: 0, endIndex: attempt.startIndex },
      { startIndex: handlerEnd, endIndex: end },
    ],
    skips,
    isModule: scope === undefined,
    assignsOuterNames,
    leavesProgram,
  };
}

/**
 * Whether the outcome of a try can be seen after it: a name that the try assigns was bound before and is read later, so that a
 * default (or a flag) stays when the try fails.
 * @param targets what the try assigns: names, or dotted and subscripted places as written
 */
export function defaultStays(targets: readonly string[], around: Surroundings): boolean {
  return targets.some((target) => (/^[\w$]+$/.test(target) ? nameStays(target, around) : placeStays(target, around)));
}

function nameStays(name: string, around: Surroundings): boolean {
  const { names, before, loop } = around;
  if (around.skips && loop && isBound(name, [loop], names)) return false;
  const isOuter = names.some('outer', name, [before], (at) => /^[ \t]*(?:nonlocal|global)\b/.test(names.headOf(at)));
  const boundHere = hasWord(around.parameters, name) || isBound(name, [before], names);
  // At the top of a module what follows does not run in its order: functions read the name later.
  if (
    boundHere &&
    !isOuter &&
    around.isModule &&
    names.some('read', name, around.after, (at) => reads(names, name, at))
  )
    return true;
  if (boundHere && !isOuter)
    return isReadNext(name, around.after, names) || (!!loop && isReadNext(name, [loop], names));
  if (!isOuter && !around.assignsOuterNames) return false;
  return (
    isBound(name, around.elsewhere, names) && names.some('read', name, around.elsewhere, (at) => reads(names, name, at))
  );
}

const BECOMES = /[ \t]*(?::[^=\n]{1,200})?=(?![=>])/y;
const IS_SET = /[ \t]*=(?![=>])/y;

/** A place such as `self.version` or `info["gpu"]`: it has another value somewhere else, and someone asks for it. */
function placeStays(place: string, around: Surroundings): boolean {
  const { names, elsewhere } = around;
  const member = /^(?:self|cls|this)\.([\w$]+)$/.exec(place)?.[1];
  if (!member)
    return isWritten(place, names, [around.before], BECOMES) || isAsked(place, around) || hasKey(place, around);
  const isDeclared = (at: number) =>
    /^[ \t]*(?:(?:public|private|protected|static|readonly|declare)[ \t]+)*#?$/.test(names.headOf(at)) &&
    names.isFollowed(member, at, /[?!]?[ \t]*[:=;]/y);
  const isUsed = (at: number) => names.text[at - 1] === '.' && !names.isFollowed(member, at, IS_SET);
  return (
    names.some('used', member, elsewhere, isUsed) &&
    (isWritten(place, names, elsewhere, BECOMES) || names.some('declared', member, elsewhere, isDeclared))
  );
}

/** Whether a place is asked, before or behind the try, whether it holds anything: `if (!settings.key) create()`. */
function isAsked(place: string, { names, before, after }: Surroundings): boolean {
  const last = /([\w$]+)[^\w$]*$/.exec(place);
  if (!last) return false;
  return names.some(`asked ${place}`, last[1]!, [before, ...after], (at) => {
    const start = at - last.index;
    return (
      names.text.startsWith(place, start) &&
      /\bif\b[^\n]*(?:!|\bnot[ \t]+)$/.test(names.headOf(start)) &&
      !/[\w$.[(]/.test(names.text[start + place.length] ?? '')
    );
  });
}

/** `info["gpu"]` after `info = {"gpu": None}`; `result.rows` after `result = new Result()`, unless the try leaves the program. */
function hasKey(place: string, { names, before, leavesProgram }: Surroundings): boolean {
  const [, base, key, property] = /^([\w$.]+?)(?:\[["']([^"'\]]+)["']\]|\.([\w$]+))$/.exec(place) ?? [];
  const name = key ?? property;
  if (!base || !name) return false;
  // `position.start.line` after `position = { start: { line: 0 } }`
  const root = /^[\w$]+/.exec(base)?.[0] ?? base;
  const isMade = [base, root].some((one) => isWritten(one, names, [before], /[^=\n]{0,60}=/y));
  if (!isMade) return false;
  if (isWritten(name, names, [before], /["']?[ \t]*[:=]/y)) return true;
  return (
    !!property && isWritten(base, names, [before], /[^=\n]{0,60}=[ \t]*(?:new[ \t]+)?[A-Z]\w*\(/y) && !leavesProgram()
  );
}

/** Whether a name, or a dotted or subscripted place, is written somewhere with something behind it. */
function isWritten(place: string, names: Occurrences, spans: readonly Span[], behind: RegExp): boolean {
  const last = /([\w$]+)[^\w$]*$/.exec(place);
  if (!last) return false;
  return names.some(`${behind.source} ${place}`, last[1]!, spans, (at) => {
    const start = at - last.index;
    if (!names.text.startsWith(place, start) || /[\w$.]/.test(names.text[start - 1] ?? '')) return false;
    behind.lastIndex = start + place.length;
    return behind.test(names.text);
  });
}

function binds(names: Occurrences, name: string, at: number): boolean {
  const previous = names.text[at - 1] ?? '';
  if (previous === '.') return false;
  if (!/[("']/.test(previous) && names.isFollowed(name, at, /(?:[ \t]*[:,][^=\n]{0,200})?[ \t]=(?![=>])/y)) return true;
  return /\b(?:let|var|const|for|as|with)\b/.test(names.headOf(at).slice(-130));
}

function isBound(name: string, spans: readonly Span[], names: Occurrences): boolean {
  return names.some('bound', name, spans, (at) => binds(names, name, at));
}

/** Whether a name is read before it is bound anew. */
function isReadNext(name: string, spans: readonly Span[], names: Occurrences): boolean {
  for (const span of spans) {
    const read = names.first('read', name, span, (at) => reads(names, name, at));
    const anew = names.first(
      'anew',
      name,
      span,
      // `name=` without a blank names an argument.
      (at) =>
        isMention(names, at) &&
        !reads(names, name, at) &&
        names.headOf(at).trim() === '' &&
        !names.isFollowed(name, at, /=/y),
    );
    if (read !== undefined && (anew === undefined || read < anew)) return true;
    if (anew !== undefined) return false;
  }
  return false;
}

function reads(names: Occurrences, name: string, at: number): boolean {
  return isMention(names, at) && !names.isFollowed(name, at, BECOMES);
}

/** Whether a name stands there for its value: not in a comment, a bare declaration, or behind a dot. */
function isMention(names: Occurrences, at: number): boolean {
  if (names.text[at - 1] === '.' && names.text.slice(at - 3, at) !== '...') return false;
  return !/^\s*(?:#|\/\/|\*)|\b(?:let|var|const|nonlocal|global)\s+$/.test(names.headOf(at));
}

function hasWord(code: string, name: string): boolean {
  return code.includes(name) && new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(code);
}

/** What remains of a span when others, in order, are taken out. */
function without(span: Span, others: readonly Span[]): Span[] {
  const left: Span[] = [];
  let from = span.startIndex;
  for (const { startIndex, endIndex } of others) {
    if (endIndex <= from) continue;
    if (startIndex > from) left.push({ startIndex: from, endIndex: startIndex });
    from = endIndex;
  }
  if (from < span.endIndex) left.push({ startIndex: from, endIndex: span.endIndex });
  return left;
}
