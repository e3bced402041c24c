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
  const escaped = escapeRegex(name);
  const isOuter = new RegExp(`^[ \\t]*(?:nonlocal|global)\\b[^\\n]*\\b${escaped}\\b`, 'm').test(around.before);
  const boundHere =
    new RegExp(`(?<![\\w$.])${escaped}(?![\\w$])`).test(around.parameters) || binds(escaped, around.before);
  if (boundHere && !isOuter) return reads(escaped, around.after) || (around.loop !== '' && reads(escaped, around.loop));
  return binds(escaped, around.elsewhere) && reads(escaped, around.elsewhere);
}

/** A place such as `self.version` or `info["gpu"]`: it has another value somewhere else, and someone asks for it. */
function placeStays(place: string, around: Surroundings): boolean {
  const member = /^(?:self|cls|this)\.([\w$]+)$/.exec(place)?.[1];
  const escaped = escapeRegex(place);
  const assigned = new RegExp(`(?<![\\w$.])${escaped}[ \\t]*(?::[^=\\n]+)?=(?![=>])`);
  if (!member) return assigned.test(around.before) || hasKey(place, around.before);
  const declared = new RegExp(
    `^[ \\t]*(?:(?:public|private|protected|static|readonly|declare)[ \\t]+)*#?${escapeRegex(member)}[?!]?[ \\t]*[:=;]`,
    'm',
  );
  const used = new RegExp(`\\.${escapeRegex(member)}(?![\\w$])(?![ \\t]*=(?![=>]))`);
  return (assigned.test(around.elsewhere) || declared.test(around.elsewhere)) && used.test(around.elsewhere);
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
    new RegExp(`(?<![\\w$.("'])${escaped}[ \\t]*(?::[^=\\n]+|,[^=\\n]+)?=(?![=>])`).test(code) ||
    new RegExp(`\\b(?:let|var|const|for|as|with)\\b[^\\n]{0,120}?(?<![\\w$.])${escaped}(?![\\w$])`).test(code)
  );
}

function reads(escaped: string, code: string): boolean {
  for (const match of code.matchAll(new RegExp(`(?<![\\w$])(?<!(?<!\\.\\.)\\.)${escaped}(?![\\w$])`, 'g'))) {
    const lineStart = code.lastIndexOf('\n', match.index) + 1;
    const head = code.slice(lineStart, match.index);
    if (/^\s*(?:#|\/\/|\*)/.test(head)) continue;
    if (
      !/^[ \t]*(?::[^=\n]+)?=(?![=>])/.test(
        code.slice(match.index + match[0].length, match.index + match[0].length + 80),
      )
    )
      return true;
    if (head.trim() === '') return false; // Assigned anew before anyone looked.
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
  const test = new RegExp(
    `^if\\s*\\((?:[^\\n]*\\|\\|\\s*)?(?:!\\s*${escaped}\\b|${escaped}\\s*={2,3}\\s*(?:null|undefined)|${escaped}\\s*={3}\\s*false|!\\(?[^\\n]*\\b${escaped}\\b)`,
  );
  return next.some(
    (statement) =>
      test.test(statement) &&
      /\bthrow\b|\breject\(|\breturn\b[^;]*(?:error|fail|invalid|denied|\b[45]\d\d\b)|toast|\b(?:log|logger|console)\b/i.test(
        statement,
      ),
  );
}

/** Whether one of the statements that follow raises or logs, so that a failure is heard after all. */
export function speaksUp(statements: readonly string[]): boolean {
  return statements.some(
    (statement) => /^(?:raise|throw)\b/.test(statement) || (/^[\w.$]+\(/.test(statement) && logs(statement)),
  );
}
