import { logs } from './words';

/** The text around a try statement, as far as one function (or the module) reaches. */
export interface Surroundings {
  /** From the start of the function, its parameters included, to the try statement. */
  readonly before: string;
  /** From the end of the handler to the end of the function. */
  readonly after: string;
  /** From the start of the innermost loop around the try statement; empty outside of loops. */
  readonly loop: string;
  /** The parameters of the function. */
  readonly parameters: string;
  /** The whole file without the try statement. */
  readonly elsewhere: string;
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
  const escaped = escape(name);
  const isOuter = new RegExp(`^[ \\t]*(?:nonlocal|global)\\b[^\\n]*\\b${escaped}\\b`, 'm').test(around.before);
  const boundHere = new RegExp(`(?<![\\w$.])${escaped}(?![\\w$])`).test(around.parameters) || binds(escaped, around.before);
  if (boundHere && !isOuter) return reads(escaped, around.after) || (around.loop !== '' && reads(escaped, around.loop));
  return binds(escaped, around.elsewhere) && reads(escaped, around.elsewhere);
}

/** A place such as `self.version` or `info["gpu"]`: it has another value somewhere else, and someone asks for it. */
function placeStays(place: string, around: Surroundings): boolean {
  const member = /^(?:self|cls|this)\.([\w$]+)$/.exec(place)?.[1];
  const escaped = escape(place);
  const assigned = new RegExp(`(?<![\\w$.])${escaped}[ \\t]*(?::[^=\\n]+)?=(?![=>])`);
  if (!member) return assigned.test(around.before) || hasKey(place, around.before);
  const declared = new RegExp(`^[ \\t]*(?:(?:public|private|protected|static|readonly|declare)[ \\t]+)*#?${escape(member)}[?!]?[ \\t]*[:=;]`, 'm');
  const used = new RegExp(`\\.${escape(member)}(?![\\w$])(?![ \\t]*=(?![=>]))`);
  return (assigned.test(around.elsewhere) || declared.test(around.elsewhere)) && used.test(around.elsewhere);
}

/** `info["gpu"]` after `info = {"gpu": None}`. */
function hasKey(place: string, before: string): boolean {
  const [, holder, key] = /^([\w$.]+)(?:\[["']([^"'\]]+)["']\]|\.[\w$]+)$/.exec(place) ?? [];
  const name = key ?? /\.([\w$]+)$/.exec(place)?.[1];
  if (!holder || !name) return false;
  const base = place.endsWith(']') ? holder : place.slice(0, place.length - name.length - 1);
  return new RegExp(`(?<![\\w$.])${escape(base)}\\b[^=\\n]{0,60}=`).test(before) && new RegExp(`["']?\\b${escape(name)}\\b["']?[ \\t]*[:=]`).test(before);
}

function binds(escaped: string, code: string): boolean {
  return (
    new RegExp(`(?<![\\w$.("'])${escaped}[ \\t]*(?::[^=\\n]+|,[^=\\n]+)?=(?![=>])`).test(code) ||
    new RegExp(`\\b(?:let|var|const|for|as|with)\\b[^\\n]{0,120}?(?<![\\w$.])${escaped}(?![\\w$])`).test(code)
  );
}

function reads(escaped: string, code: string): boolean {
  for (const match of code.matchAll(new RegExp(`(?<![\\w$.]|\\?\\.)${escaped}(?![\\w$])`, 'g'))) {
    const lineStart = code.lastIndexOf('\n', match.index) + 1;
    const head = code.slice(lineStart, match.index);
    if (/^\s*(?:#|\/\/|\*)/.test(head)) continue;
    if (!/^[ \t]*(?::[^=\n]+)?=(?![=>])/.test(code.slice(match.index + match[0].length, match.index + match[0].length + 80))) return true;
    if (head.trim() === '') return false; // Assigned anew before anyone looked.
  }
  return false;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Whether one of the statements that follow raises or logs, so that a failure is heard after all. */
export function speaksUp(statements: readonly string[]): boolean {
  return statements.some((statement) => /^(?:raise|throw)\b/.test(statement) || (/^[\w.$]+\(/.test(statement) && logs(statement)));
}
