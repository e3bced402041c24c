/** What the names in guarded code say about it. Names decide nothing alone: they tell a probe or a parse from real work. */

/** First words of calls that leave the program: `fetchUser`, `read_text`. */
const IO_VERBS = new Set(
  (
    'open read write fetch request post put patch send recv receive connect execute query commit rollback login authenticate authorize run popen ' +
    'spawn exec upload download ping publish subscribe chmod mkdir stat lookup load save delete insert urlopen check_output check_call communicate axios'
  ).split(' '),
);

/** What such calls are made on: `self._db.get`, `requests.get`. */
const IO_RECEIVERS = new Set(
  (
    'requests httpx http urllib axios aiohttp socket websocket connection cursor db database sql sqlite redis mongo mongodb prisma knex s3 boto ' +
    'bucket blob storage oauth subprocess shell os shutil fs client api service server kafka rabbit smtp ldap docker kube repository repo git process ' +
    'psutil device serial bluetooth usb gpu cuda objects queue session'
  ).split(' '),
);

/** Names that make any code sensitive: who may do what hangs on them. */
const AUTH_WORDS = new Set(
  'token tokens jwt auth password passwd secret secrets credential credentials signature decrypt encrypt session permission'.split(
    ' ',
  ),
);

const PARSE_NAMES =
  /^(?:loads|parse\w*|int|float|decimal|bool|uuid|fraction|complex|fromisoformat|fromtimestamp|strptime|strtotime|literal_eval|b64decode|urlsafe_b64decode|b32decode|unhexlify|fromhex|ip_address|ip_network|ip_interface|ipaddress|urlparse|urlsplit|URL|URLSearchParams|RegExp|compile|atob|btoa|decode\w*|BigInt|Number|Date|Intl\w*|\w*Format|from\w+|safe_load|safeload|deserialize|unmarshal|model_validate\w*|safeParse|parsestr|toISOString|format|stringify|fspath|eval|validate|normalize\w*|resolvedOptions|getFullYear|from|version|Version|match|test|search)$/i;

/** Calls that neither fail for reasons of their own nor leave the program. */
const HARMLESS_NAMES =
  /^(?:str|String|len|list|dict|tuple|set|sorted|min|max|round|abs|isinstance|getattr|hasattr|strip|lstrip|rstrip|trim|trimStart|trimEnd|split|rsplit|partition|rpartition|join|lower|upper|toLowerCase|toUpperCase|replace|replaceAll|slice|substring|substr|startswith|endswith|startsWith|endsWith|encode|toString|get|pop|at|keys|values|items|entries|includes|indexOf|lastIndexOf|charAt|charCodeAt|map|filter|flatMap|isArray|Boolean|astimezone|replace|date|total_seconds|timestamp|getTime|isNaN|hexdigest|group|groups|hostname|zip|enumerate|range|sum|copy|concat|push|append|pow|fill|padStart|padEnd|getItem|assign|has|find|some|every|reverse|reduce|sort)$/;

const PROBES = /^(?:access|accessSync|stat|statSync|lstat|lstatSync|existsSync|pathExists)$/;

const CLEANUP =
  /^(?:a?close\w*|dispose\w*|unlink\w*|rmtree|rmdir|rmSync|rm|rimraf|terminate|kill\w*|shut_?down\w*|stop\w*|disconnect\w*|release\w*|cancel\w*|clean\w*|tear_?down\w*|destroy\w*|quit|log_?out|detach\w*|unregister\w*|unsubscribe\w*|rollback\w*|abort|end|clear(?:Timeout|Interval|Immediate)|cancelAnimationFrame|revokeObjectURL|free|unlock|u?n?mount|unmount\w*|removeEventListener|removeListener|removeAllListeners|off|removeChild|remove_signal_handler|remove_?file\w*|remove_?handler|remove_?temp\w*|delete_?temp\w*|delete_?tmp\w*|__a?exit__|unref|unwatch\w*|unobserve|exitFullscreen)$/i;

const CLEANUP_FUNCTION =
  /^_*(?:a?exit|del|dispose|shut_?down|clean_?up|clean_(?:temp|tmp|dir|files?|cache|old)\w*|tear_?down\w*|destroy|deactivate|componentWillUnmount|ngOnDestroy|unmount\w*|beforeDestroy|beforeUnmount)(?:_+|[A-Z]\w*|_\w+)?$/;

const LOG_FUNCTION =
  /^_*(?:emit|log|write_?log\w*|log_?(?:message|event|error|warning|info|debug|to|entry)\w*|append_?log\w*|handleError|handle_error|\w*(?:_log|Log|_logger|Logger|log_sink|LogSink))$/;

const LOG_CALL =
  /(?:^|[^\w.])(?:[\w$]+\.)*_?(?:log|logger|logging|logs|console|warnings|sentry_sdk|Sentry|structlog|print|captureException|warn)\b(?:\??\.\w+)*[ \t]*\(/;

/** Splits `readFileSync`, `is_valid_token` and `HTTPClient` into lower-case words. */
export function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

/** Whether code names I/O, authentication, tokens or a database. */
export function namesIo(code: string): boolean {
  if (/\bawait\b/.test(code)) return true;
  const bare = withoutStrings(code).replace(/\b(?:local|session)Storage\b/g, '');
  const calls = bare.match(/[A-Za-z_$][\w$.?]*\([^()]*/g) ?? [];
  return calls.some((call) => {
    const open = call.indexOf('(');
    const path = call.slice(0, open).split('.');
    const last = path.pop() ?? '';
    return (
      (last !== 'exec' && (IO_VERBS.has(last) || IO_VERBS.has(wordsOf(last)[0] ?? ''))) ||
      path.some((part) => IO_RECEIVERS.has(wordsOf(part).at(-1) ?? '')) ||
      wordsOf(call).some((word) => AUTH_WORDS.has(word))
    );
  });
}

/** The last names of all calls in a piece of code, in order: `json.loads(x)` gives `loads`. */
export function calledNames(code: string): string[] {
  const found: string[] = [];
  for (const match of withoutStrings(code).matchAll(/([A-Za-z_$][\w$]*)[ \t]*(?:\?\.)?\(/g)) {
    if (
      !/^(?:if|for|while|switch|catch|return|await|in|and|or|not|function|typeof|with|except|assert|lambda|print)$/.test(
        match[1]!,
      )
    )
      found.push(match[1]!);
  }
  return found;
}

/** Whether code does nothing but turn one value into another, with at least one step that rejects malformed input. */
export function isParse(code: string): boolean {
  if (/\bawait\b|\byield\b/.test(code)) return false;
  const names = calledNames(code);
  return (
    names.some((name) => PARSE_NAMES.test(name)) &&
    names.every((name) => PARSE_NAMES.test(name) || HARMLESS_NAMES.test(name))
  );
}

/** Calls that throw at malformed input, and hardly for anything else. */
const REJECTS =
  /^(?:parse\w*|safeParse|\w*ToPath|Locale|Collator|PluralRules|URL|RegExp|decodeURI\w*|atob|BigInt|decode\w*|from(?:ISO|Base64|JSON|String|Hex)\w*|deserialize|\w*Format|toLocale\w+|toISOString|structuredClone|matches|closest|querySelector(?:All)?)$/;

/** Whether code stays inside the program and rejects malformed input on the way: nothing but that input can make it fail. */
export function isLocalParse(code: string): boolean {
  return !namesIo(code) && !/\byield\b/.test(code) && calledNames(code).some((name) => REJECTS.test(name));
}

/** Whether code only asks whether something exists, by an API that answers no with an exception. */
export function isProbe(code: string): boolean {
  const names = calledNames(code);
  return (
    names.length > 0 &&
    names.some((name) => PROBES.test(name)) &&
    names.every(
      (name) =>
        PROBES.test(name) ||
        /^(?:join\w*|resolve\w*|file|from\w*|isFile|isDirectory|isSymbolicLink|normalize|String|toString|then)$/.test(
          name,
        ),
    )
  );
}

/** Whether one statement tidies up: closes, cancels, removes a temporary file. */
export function tidiesUp(statement: string): boolean {
  if (
    /\b(?:os|path|fs|fsp|promises|tmp|temp|tmp_?path|temp_?path|tmp_?file|temp_?file)\.(?:remove|unlink|rm)\b/i.test(
      statement,
    )
  )
    return true;
  return calledNames(statement).some((name) => CLEANUP.test(name));
}

export function isCleanupFunction(name: string): boolean {
  return CLEANUP_FUNCTION.test(name);
}

export function isLogFunction(name: string): boolean {
  return LOG_FUNCTION.test(name);
}

/** Whether a statement speaks up: it logs, prints, warns or reports. */
export function logs(statement: string): boolean {
  return LOG_CALL.test(withoutStrings(statement));
}

/** Whether a function's name says that it answers yes or no. */
export function isPredicateName(name: string): boolean {
  return /^_*(?:is|has|have|can|should|will|does|are|was|supports?|exists?|valid(?:ate)?|verify|check|matches|contains|equals|needs|allow(?:s|ed)?|accepts?|looks)(?:_|[A-Z]|$)|(?:_|[a-z])(?:[Vv]alid|[Ee]xists|[Aa]vailable|[Ss]upported|[Mm]atches)$/.test(
    name,
  );
}

/** Whether a function's name says that it gives a default where parsing fails. */
export function isParserName(name: string): boolean {
  return wordsOf(name).some((word) =>
    /^(?:parse|parsed|parser|decode|decoded|safe|safely|try|maybe|coerce|tolerant|lenient)$/.test(word),
  );
}

/** Blanks out the contents of one-line strings, so that words in them are not taken for names. */
function withoutStrings(code: string): string {
  return code.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`/g, '""');
}
