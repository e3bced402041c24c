import { wordsOf } from '../../core/text/words';
import * as names from './vocabulary';

/** What the names in guarded code say about it. Names decide nothing alone: they tell a probe or a parse from real work. */

const LOGGERS =
  '\\w*std(?:err|out)|\\w+_log(?:ger)?|log|logger|logging|logs|debug|console|warnings|sentry_sdk|Sentry|structlog|print(?:_\\w+)?|captureException|warn';
const LOG_CALL = new RegExp(`(?:^|[^\\w.])(?:[\\w$]+\\.)*_?(?:${LOGGERS})\\b(?:\\??\\.\\w+)*[ \\t]*\\(`);

/** Whether code names I/O, authentication, tokens or a database. */
export function namesIo(code: string): boolean {
  if (/\bawait\b/.test(code)) return true;
  const bare = withoutStrings(code).replace(/\b(?:(?:local|session)Storage|os\.environ|process\.env)\b/g, '');
  // What a chain goes on with: `Path(name).read_text()`, `sessions[id].verify()`.
  for (const [, last] of bare.matchAll(/[)\]]\s*\??\.([A-Za-z_$][\w$]*)\(/g))
    if (last !== 'exec' && leavesByName(last!)) return true;
  for (const [, callee, given] of bare.matchAll(/(?<![\w$.?])([A-Za-z_$][\w$.?]*)\((?=([^()]*))/g)) {
    const path = callee!.split('.');
    const last = path.pop() ?? '';
    if (last !== 'exec' && leavesByName(last)) return true;
    if (/^(?:safeP|p)arse/.test(last) && /(?:[sS]chema|Codec)$/.test(path.at(-1) ?? '')) continue;
    if (path.some(isOutside)) return true;
    // `token.split('.')` only looks at a text.
    if (path.length > 0 && names.HARMLESS.test(last) && last !== 'get' && last !== 'find') continue;
    if (wordsOf(`${callee} ${given}`).some((word) => names.AUTH_WORDS.has(word))) return true;
  }
  return false;
}

function leavesByName(called: string): boolean {
  if (/^read_(?:string|dict)$/.test(called)) return false;
  if (/^[A-Z]\w*(?:Client|Connection)$/.test(called)) return true;
  return names.IO_VERBS.has(called) || names.IO_VERBS.has(wordsOf(called)[0] ?? '');
}

/** Whether a part of a dotted name is something outside the program: `self.db`, `boto3`, `s3`. */
function isOutside(part: string): boolean {
  return names.IO_RECEIVERS.has(part) || names.IO_RECEIVERS.has(wordsOf(part.replace(/\d+$/, '')).at(-1) ?? '');
}

/** The last names of all calls in a piece of code, in order: `json.loads(x)` gives `loads`. */
export function calledNames(code: string): string[] {
  const found: string[] = [];
  for (const match of withoutStrings(code).matchAll(/(?<![\w$])([A-Za-z_$][\w$]*)[ \t]{0,3}(?:\?\.)?\(/g)) {
    if (
      !/^(?:if|for|while|switch|catch|return|await|in|and|or|not|function|typeof|with|except|assert|lambda|print)$/.test(
        match[1]!,
      )
    )
      found.push(match[1]!);
  }
  return found;
}

/** Whether code does nothing but turn one value into another. */
export function isParse(code: string): boolean {
  if (/\byield\b/.test(code) || namesIo(code)) return false;
  const called = calledNames(code.replace(/\b(?:console|log|logger|logging)\.\w+[ \t]*\(/g, '('));
  return called.length > 0 && called.every((name) => names.PARSES.test(name) || names.HARMLESS.test(name));
}

/** Whether a function is called a parser, and its code calls something, but nothing outside the program: it parses by steps of its own. */
export function parsesBySteps(code: string, functionName: string): boolean {
  const isNamed =
    /[a-z\d]_to_[a-z]|[a-z\d]To[A-Z]/.test(functionName) ||
    wordsOf(functionName).some((word) => /^(?:parse[dr]?|decoded?|coerce|unserialize|deserialize)$/.test(word));
  return isNamed && calledNames(code).length > 0 && !namesIo(code);
}

/** Whether code only waits: for an event, an item of a queue, the end of something. */
export function onlyWaits(code: string): boolean {
  const called = calledNames(code);
  return called.length > 0 && called.every((name) => names.PLAIN_WAITS.test(name) || names.HARMLESS.test(name));
}

/** Whether code does more than look at values, convert and parse them. */
export function isWork(code: string): boolean {
  const called = calledNames(code);
  return (
    called.some((name) => !names.HARMLESS.test(name)) &&
    !called.some((name) => names.PARSES.test(name) || /^(?:json|text|read\w*)$/.test(name))
  );
}

/** Whether code does nothing but turn values into text. */
export function isConversion(code: string): boolean {
  const called = calledNames(code);
  return (
    called.some((name) => names.CONVERSIONS.test(name)) &&
    called.every((name) => names.CONVERSIONS.test(name) || names.PARSES.test(name) || names.HARMLESS.test(name)) &&
    !namesIo(code)
  );
}

/** Whether code hands an event to telemetry: `telemetry.captureStart()`, `navigator.sendBeacon(url)`. */
export function sendsTelemetry(code: string): boolean {
  const callee = /^(?:void\s+)?(?:await\s+)?([\w$.?!]+(?:\(\)[\w$.?!]+)*)\(/.exec(code)?.[1];
  if (!callee) return false;
  const last = wordsOf(callee.slice(callee.lastIndexOf('.') + 1));
  if (!names.TELEMETRY_VERBS.has(last[0] ?? '')) return false;
  return last.includes('beacon') || wordsOf(callee).some((word) => names.TELEMETRY.has(word));
}

/** Whether a statement is an assertion of a test library. */
export function asserts(statement: string): boolean {
  return /^(?:await\s+)?(?:expect|should|assert(?:\.\w+)?|chai\.\w+)[ \t]*\(/.test(statement);
}

/** Whether a statement leaves a record: a log line or an event. */
export function records(statement: string): boolean {
  return logs(statement) || sendsTelemetry(statement);
}

/** Whether a function's name says that it drops failures. */
export function dropsOnPurpose(name: string): boolean {
  return /best_?effort/i.test(name) || wordsOf(name).some((word) => names.DROPPERS.has(word));
}

/** Whether code stays inside the program and rejects malformed input on the way: nothing but that input can make it fail. */
export function isLocalParse(code: string): boolean {
  return !namesIo(code) && !/\byield\b/.test(code) && calledNames(code).some((name) => names.REJECTS.test(name));
}

/** Whether code turns a value into bytes and back, to see whether that works. */
export function isRoundTrip(code: string): boolean {
  const called = calledNames(code);
  return (
    called.some((name) => /^(?:dumps|stringify|serialize)$/.test(name)) &&
    called.some((name) => /^(?:loads|parse|deserialize)$/.test(name))
  );
}

/** Whether code asks what the system can do: whether a process is alive (signal 0 is never sent), what the terminal has. */
export function asksSystem(code: string): boolean {
  return (
    (calledNames(code).length <= 2 && names.TERMINAL.test(code)) || /\b(?:os|process)\.kill\([^,()]+,\s*0\)/.test(code)
  );
}

/** Whether code calls nothing but plain operations on values: only a value that is absent, or out of bounds, can make it fail. */
export function isPlain(code: string): boolean {
  return (
    calledNames(code).every((name) => names.HARMLESS.test(name)) &&
    !namesIo(code) &&
    !/\b(?:await|new|yield|throw|import)\b|\$\{|`|<[A-Za-z]/.test(code)
  );
}

/** Whether guarded code announces its own failure, by the name of the one thing that it calls or by an argument. */
export function provokes(code: string): boolean {
  const called = calledNames(code);
  if (called.length === 0) return true;
  return called.length <= 3 && names.PROVOKERS.test(code.replace(/^[ \t]*(?:\/\/|#)[^\n]*/gm, ''));
}

const TRIES =
  /^_*(?:try|safe(?:ly)?|attempt|quiet(?:ly)?)(?:_|[A-Z]|$)|(?:_safe(?:ly)?|_quiet(?:ly)?|[a-z](?:Safe|Quiet)(?:ly)?)$/;

/** Whether a function's name says that it tries what it was handed: `tryRun(callback)`. */
export function triesWhatItGets(functionName: string, parameters: string, code: string): boolean {
  if (!TRIES.test(functionName)) return false;
  const callee = /^\{?\s*(?:return\s+)?(?:await\s+)?([\w$]+)\([^;\n]*\);?\s*\}?$/.exec(code.trim())?.[1];
  return callee !== undefined && new RegExp(`(?<![\\w$])${callee.replaceAll('$', '\\$')}(?![\\w$])`).test(parameters);
}

/** Whether a function's name says that it tries, and what it tries is to tidy up: `safeRemove(path)`. */
export function triesToTidy(functionName: string, code: string): boolean {
  const called = TRIES.test(functionName) ? calledNames(code) : [];
  return (
    called.length === 1 && (/^_*(?:delete|remove)(?![a-z])/.test(called[0]!) || tidiesUp(code.replace(/^\{\s*/, '')))
  );
}

/** Whether code only asks whether something exists, by an API that answers no with an exception. */
export function isProbe(code: string): boolean {
  const called = calledNames(code);
  return (
    called.length > 0 &&
    called.some((name) => names.PROBES.test(name)) &&
    called.every((name) => names.PROBES.test(name) || names.BESIDE_PROBES.test(name))
  );
}

/** Whether code asks whether something exists and leaves with it, as a loop does over the places where it may be. */
export function asksAndLeaves(code: string): boolean {
  const leave = /[;\n]\s*(?:return\b[^;\n]*|break)\s*;?\s*\}?\s*$/.exec(code);
  return leave !== null && isProbe(code.slice(0, leave.index)) && calledNames(leave[0]).length === 0;
}

/** Whether one statement tidies up: closes, cancels, removes a temporary file. */
export function tidiesUp(statement: string): boolean {
  if (
    /\b(?:os|path|fs|fsp|fse|fsExtra|promises|tmp|temp|tmp_?path|temp_?path|tmp_?file|temp_?file|\w*files)\.(?:remove|unlink|rm)\b/i.test(
      statement,
    )
  )
    return true;
  if (/^(?:del |sys\.modules\.pop\()/.test(statement)) return true;
  return calledNames(statement).some((name) => names.CLEANUPS.test(name));
}

export function isCleanupFunction(name: string): boolean {
  return names.CLEANUP_FUNCTIONS.test(name);
}

export function isLogFunction(name: string): boolean {
  return names.LOG_FUNCTIONS.test(name);
}

/** Whether a statement speaks up: it logs, prints, warns or reports. */
export function logs(statement: string): boolean {
  return LOG_CALL.test(withoutStrings(statement)) || /\bos\.write\([12],/.test(statement);
}

/** Whether a function's name says that it answers yes or no. */
export function isPredicateName(name: string): boolean {
  return PREDICATE_PREFIX.test(name) || PREDICATE_SUFFIX.test(name);
}

const PREDICATE_PREFIX = new RegExp(
  `^_*(?:${[
    'is|in|has|have|can|should|will|does|are|was|supports?|exists?|valid(?:ate)?|verify|check|matches|contains|equals|needs',
    'allow(?:s|ed)?|accepts?|looks',
  ].join('|')})(?:_|[A-Z]|$)`,
);
const PREDICATE_SUFFIX = /(?:_|[a-z])(?:[Vv]alid|[Ee]xists|[Aa]vailable|[Ss]upported|[Mm]atches)$/;

/** Whether a function's name says that it gives a default where parsing fails. */
export function isParserName(name: string): boolean {
  if (/[a-z\d]_to_[a-z]|[a-z\d]To[A-Z]|_or_(?:none|null|default)$|Or(?:Null|None|Undefined|Default)$/.test(name))
    return true;
  return wordsOf(name).some((word) =>
    /^(?:parse|parsed|parser|decode|decoded|safe|safely|try|maybe|coerce|tolerant|lenient|unserialize|deserialize)$/.test(
      word,
    ),
  );
}

/** Blanks out comments and the contents of one-line strings, so that words in them are not taken for names. */
export function withoutStrings(code: string): string {
  return code
    .replace(/^[ \t]*(?:\/\/|#[ \t])[^\n]*/gm, '')
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`/g, '""')
    .replace(/[;{}),:][ \t]+(?:\/\/|#[ \t])[^\n]*/g, ';');
}
