import { EMPTY_WORDS, PRAGMA, STRICT_WAIVER, WAIVER } from './vocabulary';

/**
 * Whether comments inside a handler say why the exception may be dropped. Remarks for tools, TODOs, code that was commented out,
 * and a mere "ignore" explain nothing.
 */
export function explains(comments: readonly string[]): boolean {
  return proseOf(comments).some(saysMoreThanNothing);
}

/** Whether comments in front of a `try` say that its failure does not count. */
export function waives(comments: readonly string[]): boolean {
  const prose = proseOf(comments).join(' ');
  return WAIVER.test(prose) && saysMoreThanNothing(prose);
}

/** Whether comments between the guarded statements speak of their failure: there only plain words count. */
export function waivesStrictly(comments: readonly string[]): boolean {
  return STRICT_WAIVER.test(proseOf(comments).join(' '));
}

/** The lines of comments that are prose. */
function proseOf(comments: readonly string[]): string[] {
  const lines = comments
    .flatMap((comment) => comment.split(/\r\n|\r|\n/))
    .map((line) => line.replace(/^\s*(?:#+|\/\/+|\/\*+|\*+(?!\/))|\*+\/\s*$/g, '').trim());
  return withoutTasks(lines)
    .map((line) => line.replace(PRAGMA, ' '))
    .filter((line) => line.trim() !== '' && !isCode(line.trim()));
}

/** Drops TODOs with their further lines; a line that begins with a capital begins a remark of its own. */
function withoutTasks(lines: readonly string[]): string[] {
  let inTask = false;
  return lines.filter((line) => {
    if (/^\W*(?:TODO|FIXME|XXX|HACK)\b/i.test(line)) inTask = true;
    else if (/^\p{Lu}/u.test(line)) inTask = false;
    return !inTask;
  });
}

function saysMoreThanNothing(line: string): boolean {
  const words = line.toLowerCase().match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? [];
  return words.some((word) => word.length > 1 && !EMPTY_WORDS.has(word.replace('’', "'")));
}

/** Code that was commented out: `log.debug(e)`, `throw err;`, `x = 1`. */
function isCode(line: string): boolean {
  return (
    /^(?:await[ \t]+)?[\w.$]+\(.*\)[;,]?$/.test(line) ||
    /^(?:return|throw|raise|print|await|const|let|var|import|from|if|for|while|try|except|else)\b.*[;:)({}]$/.test(
      line,
    ) ||
    /^(?:return|throw|raise)(?:[ \t]+[\w.]+)?$/.test(line) ||
    /^[\w.$[\]'"]+[ \t]*[-+|]?=[^=]/.test(line) ||
    /[;{}]$/.test(line)
  );
}
