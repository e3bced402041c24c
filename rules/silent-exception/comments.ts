/** Remarks for tools; what stands behind ` -- ` or ` - ` in them is written for people and stays. */
const PRAGMAS =
  /noqa(?::[ \t]*[A-Z]+\d+(?:[ \t]*,?[ \t]*[A-Z]+\d+)*)?|pragma:?[ \t]*no[ \t]?(?:cover|branch|qa)|nosec(?:[ \t]+B\d+)?|nosonar|pylint:[ \t]*disable(?:-next)?[ \t]*=[ \t]*[\w,\- \t]*|type:[ \t]*ignore(?:\[[^\]]*\])?|(?:pyright|mypy|pyre-ignore|ruff|flake8|lgtm|deepsource|sourcery|cspell|codeql)\b[:[ \t]*(?:ignore|noqa|skip|disable)?[^\s-]*|eslint-disable(?:-next-line|-line)?[ \t]*[@\w/,\- \t]*?(?=--|$|\*)|eslint-enable[^\n]*|(?:istanbul|c8|v8)[ \t]+ignore[ \t]*(?:next|else|if|start|stop|file)?|@ts-(?:ignore|expect-error|nocheck)|biome-ignore[ \t]+[\w/]+|prettier-ignore|tslint:disable[-\w:]*[ \t]*[\w\- \t]*|seamline:[ \t]*ignore(?:-file)?(?:\[[^\]]*\])?/gi;

/** Words that say that nothing happens here, but not why. */
const EMPTY_WORDS = new Set(
  (
    'ignore ignores ignored ignoring pass passing noop no op nop nothing do does doing done empty block body intentional intentionally deliberate ' +
    'deliberately purposely purpose on in silent silently quiet quietly swallow swallows swallowed swallowing suppress suppressed suppressing ' +
    'skip skips skipped skipping error errors exception exceptions err exc ex failure failures fail fails failed failing catch caught except ' +
    'any all every the a an this that these it its here just simply is are was be to and or of for if when we i you can could should will ' +
    'continue handle handled handler handling statement safe safely now none return null undefined false true ok okay meh whatever nah ' +
    "not never mind nevermind need needed care dont don't go going keep move moving try please allow allowed explicitly everything them " +
    'ignoruj ignorujemy pomiń pomijamy błąd błędy ignorieren ignorer ignorar 忽略 忽略错误 忽略异常 无视'
  ).split(' '),
);

/** Says of the code below that its failure does not count: such a remark may stand above the `try` as well. */
const WAIVES =
  /best[- ]effort|\bignor(?:e|es|ed|ing)\b|non[- ]?(?:fatal|critical|blocking)|not (?:fatal|critical)|\b(?:may|might|can|could) (?:fail|throw|raise|not (?:be|exist|have|work))|fails? (?:silently|safe|open|soft)|silently|never (?:raise|throw|fail|break|block|crash)|(?:must|should) (?:not|never) (?:raise|throw|fail|break|block|crash|stop|prevent|affect)|(?:don't|do not|doesn't|does not) (?:fail|crash|break|care|matter|block|let)|swallow|even if .{0,40}(?:fail|error|throw|raise)|if (?:this|it|that) (?:fails|throws|raises|errors)|optional(?:ly)?\b|if (?:available|possible|present)\b|no big deal|\bskip(?:s|ping)?\b|no longer exists?|\bunhandled\b|\bas handled\b|\bfall(?:s|ing)?[- ]?back\b|\b(?:it'?s|is|that'?s|are) (?:ok|okay|fine|harmless|acceptable|expected)\b|harmless|if we (?:can't|cannot|can not|couldn't)/i;

/**
 * Whether comments inside a handler say why the exception may be dropped. Remarks for tools, TODOs, code that was commented out,
 * and a mere "ignore" explain nothing.
 */
export function explains(comments: readonly string[]): boolean {
  return comments.some((comment) => proseOf(comment).some(saysMoreThanNothing));
}

/** Whether comments in front of a `try` say that its failure does not count. */
export function waives(comments: readonly string[]): boolean {
  return comments.some((comment) => {
    const prose = proseOf(comment).join(' ');
    return WAIVES.test(prose) && saysMoreThanNothing(prose);
  });
}

/** The lines of a comment that are prose. */
function proseOf(comment: string): string[] {
  const lines = comment
    .replace(/^\s*(?:#+|\/\/+|\/\*+)|\*+\/\s*$/g, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^\s*(?:\*+|#+|\/\/+)/, '').trim());
  return withoutTasks(lines)
    .map((line) => line.replace(PRAGMAS, ' '))
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
