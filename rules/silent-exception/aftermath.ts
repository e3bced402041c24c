import { logs } from './words';

/** The text around a try statement, as far as one function (or the module) reaches. */
export interface Surroundings {
  /** From the start of the function to the try; where the handler goes on with, or leaves, a loop: to that loop. */
  readonly before: string;
  /** What runs after the handler: to the end of the function. */
  readonly after: string;
  /** From the start of the innermost loop around the try to the try; empty outside of loops. */
  readonly loop: string;
  /** The parameters of the function. */
  readonly parameters: string;
  /** The whole file without the try; cut on demand, as few ask. */
  elsewhere(): string;
  /** Whether the handler goes on with, or leaves, the loop. */
  readonly skips: boolean;
  /** Whether a name that the function does not bind belongs to a scope outside, as in TypeScript. */
  readonly assignsOuterNames: boolean;
}

interface Span {
  readonly startIndex: number;
  readonly endIndex: number;
}

/** Cuts the text around a try. `handlerEnd` is where its handler ends, `skips` whether the handler says `continue` or `break`. */
export function surroundings(
  text: string,
  attempt: Span,
  handlerEnd: number,
  around: {
    scope: Span | undefined;
    loop: Span | undefined;
    skips: boolean;
    parameters: string;
    assignsOuterNames: boolean;
  },
): Surroundings {
  const { scope, loop, parameters, assignsOuterNames } = around;
  const left = around.skips ? loop : undefined;
  return {
    before: text.slice(scope?.startIndex ?? 0, left?.startIndex ?? attempt.startIndex),
    after: text.slice(left?.endIndex ?? handlerEnd, scope?.endIndex ?? text.length),
    loop: loop ? text.slice(loop.startIndex, attempt.startIndex) : '',
    parameters,
    elsewhere: () => text.slice(0, attempt.startIndex) + text.slice(handlerEnd),
    skips: around.skips,
    assignsOuterNames,
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
  const escaped = escapeRegex(name);
  const isNamedBefore = around.before.includes(name);
  if (!isNamedBefore && !around.assignsOuterNames) return false;
  if (around.skips && binds(escaped, around.loop)) return false;
  const isOuter =
    isNamedBefore && new RegExp(`^[ \\t]*(?:nonlocal|global)\\b[^\\n]*\\b${escaped}\\b`, 'm').test(around.before);
  const boundHere =
    new RegExp(`(?<![\\w$.])${escaped}(?![\\w$])`).test(around.parameters) ||
    (isNamedBefore && binds(escaped, around.before));
  if (boundHere && !isOuter) return reads(escaped, around.after) || (around.loop !== '' && reads(escaped, around.loop));
  const isShared = isOuter || around.assignsOuterNames;
  const elsewhere = isShared ? around.elsewhere() : '';
  return elsewhere.includes(name) && binds(escaped, elsewhere) && reads(escaped, elsewhere, true);
}

/** A place such as `self.version` or `info["gpu"]`: it has another value somewhere else, and someone asks for it. */
function placeStays(place: string, around: Surroundings): boolean {
  const member = /^(?:self|cls|this)\.([\w$]+)$/.exec(place)?.[1];
  if (!(member ? around.elsewhere().includes(member) : around.before.includes(place.slice(0, 3)))) return false;
  const escaped = escapeRegex(place);
  const assigned = new RegExp(`(?<![\\w$.])${escaped}[ \\t]*(?::[^=\\n]+)?=(?![=>])`);
  if (!member) return assigned.test(around.before) || hasKey(place, around.before);
  const declared = new RegExp(
    `^[ \\t]*(?:(?:public|private|protected|static|readonly|declare)[ \\t]+)*#?${escapeRegex(member)}[?!]?[ \\t]*[:=;]`,
    'm',
  );
  const used = new RegExp(`\\.${escapeRegex(member)}(?![\\w$])(?![ \\t]*=(?![=>]))`);
  const elsewhere = around.elsewhere();
  return (assigned.test(elsewhere) || declared.test(elsewhere)) && used.test(elsewhere);
}

/** `info["gpu"]` after `info = {"gpu": None}`. */
function hasKey(place: string, before: string): boolean {
  const [, holder, key] = /^([\w$.]+)(?:\[["']([^"'\]]+)["']\]|\.[\w$]+)$/.exec(place) ?? [];
  const name = key ?? /\.([\w$]+)$/.exec(place)?.[1];
  if (!holder || !name) return false;
  const base = place.endsWith(']') ? holder : place.slice(0, place.length - name.length - 1);
  return (
    new RegExp(`(?<![\\w$.])${escapeRegex(base)}\\b[^=\\n]{0,60}=`).test(before) &&
    new RegExp(`["']?\\b${escapeRegex(name)}\\b["']?[ \\t]*[:=]`).test(before)
  );
}

function binds(escaped: string, code: string): boolean {
  return (
    new RegExp(`(?<![\\w$.("'])${escaped}(?:[ \\t]*[:,][^=\\n]*)?[ \\t]=(?![=>])`).test(code) ||
    new RegExp(`\\b(?:let|var|const|for|as|with)\\b[^\\n]{0,120}?(?<![\\w$.])${escaped}(?![\\w$])`).test(code)
  );
}

/** @param anyTime also after the name was bound anew */
function reads(escaped: string, code: string, anyTime = false): boolean {
  for (const match of code.matchAll(new RegExp(`(?<![\\w$])(?<!(?<!\\.\\.)\\.)${escaped}(?![\\w$])`, 'g'))) {
    const lineStart = code.lastIndexOf('\n', match.index) + 1;
    const head = code.slice(lineStart, match.index);
    if (/^\s*(?:#|\/\/|\*)|\b(?:let|var|const|nonlocal|global)\s+$/.test(head)) continue;
    if (
      !/^[ \t]*(?::[^=\n]+)?=(?![=>])/.test(
        code.slice(match.index + match[0].length, match.index + match[0].length + 80),
      )
    )
      return true;
    if (head.trim() === '' && !anyTime) return false; // Assigned anew before anyone looked.
  }
  return false;
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * What a function answers when its try, which answers by itself, was given up: the constant behind the try, `undefined` where the
 * function just ends, or a name, which is a default.
 * @param next the statement behind the try
 */
export function fallback(
  next: string | undefined,
  nothing: string,
): { readonly constant?: string; readonly isDefault: boolean } {
  if (next === undefined) return { constant: nothing, isDefault: false };
  const returned = /^return\b[ \t]*([^;\n]*);?[ \t]*$/.exec(next)?.[1]?.trim();
  if (returned === undefined) return { isDefault: false };
  if (returned === '') return { constant: nothing, isDefault: false };
  if (/^(?:None|True|False|null|undefined|true|false|-?\d+|\[\]|\{\}|""|''|void 0)$/.test(returned))
    return { constant: returned, isDefault: false };
  return { isDefault: /^[\w$]+(?:\.[\w$]+)*$/.test(returned) };
}

/**
 * Whether the value that stands for a failure is told from a real one at once, and an error comes of it:
 * `if (!user) throw ...`, `if (!user) return reply({ error })`.
 * @param next the statements behind the one that binds the name
 */
export function becomesError(name: string, next: readonly string[]): boolean {
  const escaped = escapeRegex(name);
  const missing = [`!\\s*${escaped}\\b`, `${escaped}\\s*={2,3}\\s*(?:null|undefined)`, `${escaped}\\s*===\\s*false`];
  const asks = new RegExp(`^if\\s*\\((?:[^\\n]*\\|\\|\\s*)?(?:${missing.join('|')})`);
  return next.some((statement) => asks.test(statement) && REPORTS.test(statement.slice(0, 2000)));
}

/** What makes a failure known: an exception, a rejection, an answer that names it, a message on the screen, a log. */
const REPORTS =
  /\bthrow\b|\breject\(|\breturn\b[^;]{0,300}(?:error|fail|invalid|denied|\b[45]\d\d\b)|toast|\b(?:log|logger|console)\b/i;

/** Whether one of the statements that follow raises or logs, so that a failure is heard after all. */
export function speaksUp(statements: readonly string[]): boolean {
  return statements.some(
    (statement) => /^(?:raise|throw)\b/.test(statement) || (/^[\w.$]+\(/.test(statement) && logs(statement)),
  );
}
