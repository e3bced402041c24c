/** Names that tell what guarded code does: data for `words.ts` and the two languages, one subject each. */

/** A pattern that matches one whole name out of lists separated by blanks; entries may hold pattern syntax. */
function oneOf(...lists: readonly string[]): RegExp {
  return new RegExp(`^(?:${lists.join(' ').split(' ').join('|')})$`);
}

function setOf(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.join(' ').split(' '));
}

/** First words of calls that leave the program: `fetchUser`, `read_text`. */
export const IO_VERBS = setOf(
  'open read write fetch request post put patch send recv receive connect execute query commit rollback login authenticate',
  'authorize run popen spawn exec upload download ping publish subscribe chmod mkdir stat lookup load save delete insert',
  'urlopen check_output check_call communicate axios verify checkpw fetchone fetchall fetchmany find_one findOne head_object',
  'head_bucket get_item put_item listdir scandir iterdir getsize getmtime compare_digest timing',
);

/** What such calls are made on, as the last word of a name: `self._db.get`, `requests.get`. */
export const IO_RECEIVERS = setOf(
  'requests httpx http urllib axios aiohttp socket websocket connection cursor db database sql sqlite redis mongo mongodb',
  'prisma knex s3 boto bucket blob storage oauth subprocess shell os shutil fs client api service server kafka rabbit smtp',
  'ldap docker kube repository repo git process psutil device serial bluetooth usb gpu cuda objects queue session sessions',
  'bcrypt hmac keyring s3 ec2 sqs sns ses dynamodb smtplib imaplib ftplib paramiko psycopg asyncpg pymongo pymysql',
);

/** Words that make any call sensitive: who may do what hangs on it. */
export const AUTH_WORDS = setOf(
  'token tokens jwt auth password passwd secret secrets credential credentials signature signatures decrypt encrypt session',
  'sessions permission permissions',
);

/** Calls that turn one value into another and may reject it. */
export const PARSES = oneOf(
  'loads parse\\w* \\w+_parse int str String float Decimal bool UUID Fraction complex fromisoformat fromtimestamp strptime literal_eval',
  '\\w*b64decode b32decode unhexlify fromhex ip_address ip_network ip_interface urlparse urlsplit URL URLSearchParams RegExp',
  'compile atob btoa decode\\w* BigInt Number Date DateTimeFormat NumberFormat from\\w+ safe_load deserialize unmarshal',
  'unformat moment unix utc dayjs evaluate getsource\\w* getmodule literal_eval chroma tinycolor model_validate\\w* safeParse toISOString format stringify fspath validate normalize\\w* version Version \\w*ToPath',
  'Locale toLocale\\w+',
);

/** Calls that throw at malformed input, and hardly for anything else. */
export const REJECTS = oneOf(
  'parse\\w* safeParse URL RegExp decodeURI\\w* decode\\w* atob BigInt from(?:ISO|Base64|JSON|String|Hex)\\w* deserialize',
  'chroma tinycolor \\w*ToPath Locale Collator PluralRules \\w*Format toLocale\\w+ toISOString structuredClone matches closest querySelector(?:All)?',
);

/** Calls that neither fail for reasons of their own nor leave the program. */
export const HARMLESS = oneOf(
  'str String len list dict tuple set sorted min max round abs isinstance getattr hasattr strip lstrip rstrip trim trimStart',
  'trimEnd split rsplit partition rpartition join lower upper toLowerCase toUpperCase replace replaceAll slice substring',
  'substr startswith endswith startsWith endsWith encode toString get pop at keys values items entries includes indexOf',
  'lastIndexOf charAt charCodeAt map filter flatMap isArray Boolean astimezone date total_seconds timestamp getTime isNaN',
  'hexdigest group groups zip enumerate range sum copy concat push append pow fill padStart padEnd getItem assign has find',
  'is[A-Z]\\w* to(?:Date|Number|Int\\w*|Fixed|Array|Object|ISO) notNull\\w* values entries type id repr floor ceil from some every reverse reduce sort match test search forEach set',
);

/** Calls that ask whether a file exists, and answer no with an exception. */
export const PROBES = oneOf('waitFor\\w* (?:access|l?stat|exists)(?:Sync|Async)? pathExists');

export const BESIDE_PROBES = oneOf(
  'floor round trunc joinPaths join\\w* resolve\\w* file from\\w* isFile isDirectory isSymbolicLink normalize String toString then',
);

/** Calls that tidy up. */
export const CLEANUPS = oneOf(
  'a?close\\w* dispose\\w* unlink\\w* rmtree rmdir(?:Sync)? rmSync rm rimraf terminate kill\\w* shut_?[dD]own\\w* stop\\w* disconnect\\w*',
  'release\\w* cancel\\w* clean\\w* tear_?[dD]own\\w* destroy\\w* quit endwin log_?out detach\\w* unregister\\w* unsubscribe\\w*',
  'rollback\\w* abort end clear(?:Timeout|Interval|Immediate) cancelAnimationFrame revokeObjectURL free unlock umount',
  'unmount\\w* removeEventListener removeListener removeAllListeners off removeChild remove_signal_handler',
  'remove_?(?:file|tree|folder|handler|temp|tmp)\\w* delete_?te?mp\\w* __a?exit__ unref unwatch\\w* unobserve exitFullscreen removeCallback',
);

/** Functions that tidy up, whatever they call. */
export const CLEANUP_FUNCTIONS = oneOf(
  'clear(?:[A-Z]\\w*)? _*clear_\\w+ _*a?close(?:_\\w+|[A-Z]\\w*)? _*finali[sz]e\\w* _*release\\w*',
  '_*end _*quit _*disconnect\\w* _*terminate\\w* _*kill\\w* \\w+_(?:shutdown|cleanup|teardown|close) \\w+(?:Shutdown|Cleanup|Teardown)',
  '_*(?:exit|aexit|del)__ _*dispose\\w* _*shut_?[dD]own\\w* _*clean_?[uU]p\\w* _*clean_(?:te?mp|dir|files?|cache|old)\\w*',
  '_*tear_?[dD]own\\w* _*destroy\\w* _*un(?:subscribe|register|watch|mount)\\w* deactivate componentWillUnmount ngOnDestroy unmount\\w* before(?:Destroy|Unmount)',
);

/** What a terminal may not be able to do. */
export const TERMINAL = /\bcurses\.(?:curs_set|init_color|init_pair|start_color|use_default_colors|mousemask)\(/;

/** Turns of a value into text, which hardly fail but for a value that cannot be turned. */
export const CONVERSIONS = oneOf('stringify String toString toJSON');

/** What is measured about the use of a program goes there. */
export const TELEMETRY = setOf('telemetry analytics posthog amplitude mixpanel statsd metrics gtag plausible umami');

/** First words of calls that hand an event on. */
export const TELEMETRY_VERBS = setOf(
  'track capture report record send emit log identify page increment incr gauge timing histogram observe event beacon',
);

/** Functions whose name says that failures are dropped. */
export const DROPPERS = setOf('suppress suppresses suppressed suppressing swallow swallows swallowed silently quietly');

/** Functions that write a log: nowhere would their own failure be logged. */
export const LOG_FUNCTIONS = oneOf(
  '_*emit _*log _*log_\\w+ \\w*_?stderr \\w*_?stdout _*write_?[lL]og\\w* _*log_?(?:message|event|error|warning|info|debug|to|entry|sink)\\w*',
  '_*log(?:Message|Event|Error|Warning|Info|Debug|To|Entry)\\w* append_?[lL]og\\w* handleError handle_error',
  '_*(?:add|print|send|push|emit|dump|flush|record|output)_(?:to_)?log (?:add|print|send|push|emit|dump|flush|record|output)(?:To)?Log',
);

/** Exceptions that end something on purpose; a Python handler for these alone is never silent. */
export const CONTROL_EXCEPTIONS = oneOf(
  'ImportError ModuleNotFoundError GeneratorExit KeyboardInterrupt EOFError StopIteration StopAsyncIteration SystemExit',
  'QueueEmpty Empty WebSocketDisconnect ClosedResourceError BrokenPipeError ProcessLookupError NoSuchProcess SkipTest',
);

/** Names of exceptions of one's own that end something on purpose. */
export const OWN_SIGNALS = /(?:Cancel|Abort|Stop|Break|Skip|Done|Finish|Interrupt)/;

/** Exceptions that say that the other side of a connection went away. */
export const HANG_UPS = oneOf(
  'ConnectionResetError ConnectionAbortedError BrokenPipeError ConnectionClosed\\w* IncompleteReadError',
);

/** Code that hands bytes to a connection or takes them from one. */
export const TRANSFERS =
  /\.(?:recv(?:_into|from)?|send(?:all|_bytes|_text|_json)?|drain|read(?:line|exactly|until)?|write)\(/;

/** Exceptions that name a failure, whatever the code does. Names that stand in neither list do so where the code leaves the program. */
export const FAILURE_EXCEPTIONS = oneOf(
  'OSError IOError EnvironmentError PermissionError Timeout\\w* \\w*Timeout(?:Error|Exception)? RuntimeError MemoryError SystemError',
  'RequestException \\w*RequestError HTTPError HttpError HTTPStatusError \\w*HTTPException TransportError NetworkError Connect\\w*Error \\w*ConnectionError',
  'ReadTimeout ClientError \\w*ServerError \\w*APIError \\w*ApiError ApiException URLError SMTPException SSHException',
  'DatabaseError OperationalError InterfaceError IntegrityError SQLAlchemyError DBAPIError PyMongoError RedisError BotoCoreError RpcError',
  'CalledProcessError SubprocessError LDAPError DockerException PyJWTError \\w*TokenError ExpiredSignatureError InvalidSignature\\w*',
  '\\w*Auth(?:entication|orization)?(?:Error|Exception|Failed) AccessDenied \\w*PermissionDenied',
);

/** Exceptions with which code asks a question on purpose: it is easier to ask forgiveness than permission. */
export const EXPECTED_EXCEPTIONS = oneOf(
  'KeyError IndexError LookupError AttributeError NameError UnboundLocalError ValueError TypeError AssertionError SyntaxError',
  'FileNotFoundError FileExistsError NotADirectoryError IsADirectoryError BlockingIOError InterruptedError ChildProcessError',
  'Unicode(?:Decode|Encode|Translate)?Error \\w*Decode\\w*Error \\w*Pars(?:e|er|ing)\\w*Error ValidationError',
  'ZeroDivisionError OverflowError ArithmeticError InvalidOperation NotImplementedError UnsupportedOperation',
  '\\w*(?:DoesNotExist|NotExist|NotFound|NotFoundError|NotFoundException) MultipleResultsFound',
  '\\w*Unsupported\\w* \\w*Nothing\\w* \\w*(?:Missing|AlreadyExists|Exists|NotSupported)(?:Error|Exception)? (?:Queue)?Full ContentTypeError',
);

/** Exceptions that say that the time is over. */
export const TIMEOUTS = oneOf('TimeoutError Timeout timeout WaitTimeout TimeoutExpired');

/** Calls that do nothing but wait: after these a timeout is what was waited for. */
export const PLAIN_WAITS = oneOf(
  'wait wait_for wait_until get join sleep recv accept select poll timeout shield result event',
);

/** Words of comments that say that nothing happens here, but not why. */
export const EMPTY_WORDS = setOf(
  'ignore ignores ignored ignoring pass passing noop no op nop nothing do does doing done empty block body intentional',
  'intentionally deliberate deliberately purposely purpose on in silent silently quiet quietly swallow swallows swallowed',
  'swallowing suppress suppressed suppressing skip skips skipped skipping error errors exception exceptions err exc ex',
  'failure failures fail fails failed failing catch caught except any all every the a an this that these it its here just',
  'simply is are was be to and or of for if when we i you can could should will continue handle handled handler handling',
  'statement safe safely now none return null undefined false true ok okay meh whatever nah not never mind nevermind need',
  "needed care dont don't go going keep move moving try please allow allowed explicitly everything them ignoruj ignorujemy",
  'fall falls through fallthrough pomiń pomijamy błąd błędy ignorieren ignorer ignorar 忽略 忽略错误 忽略异常 无视',
);

/** Phrases with which a comment waives a failure; such a remark may stand above the `try` as well. */
const WAIVERS: readonly string[] = [
  'best[- ]effort',
  '\\bignor(?:e|es|ed|ing)\\b',
  'non[- ]?(?:fatal|critical|blocking)',
  'not (?:fatal|critical)',
  '\\b(?:may|might|can|could) (?:fail|throw|raise|not (?:be|exist|have|work))',
  'fails? (?:silently|safe|open|soft)',
  '\\bcatch(?:es|ing)? \\*?(?:all|every)\\*? (?:errors?|exceptions?) (?:to|so|because|as)\\b',
  '\\b(?:prevent|avoid)(?:s|ing)?\\b.{0,60}\\b(?:errors?|exceptions?|failures?|crash\\w*|bugs|tracebacks?)\\b',
  "\\b(?:won't|will not|cannot|can't|must not|should not|shouldn't|mustn't) (?:error|sink|abort|kill|interrupt|derail|mask|take down)",
  'silently',
  // Whoever names the construct speaks of this one.
  '\\btry[-/ ](?:catch|except)\\b.{0,40}\\b(?:to|for|because|since|in case)\\b',
  'never (?:raise|throw|fail|break|block|crash)',
  '(?:must|should) (?:not|never) (?:raise|throw|fail|break|block|crash|stop|prevent|affect)',
  "(?:don't|do not|doesn't|does not) (?:fail|crash|break|care|matter|block|let)",
  'swallow',
  '\\bsuppress(?:es|ed|ing)?\\b.{1,60}\\b(?:when|where|if|because|since|so|in case)\\b',
  'even if .{0,40}(?:fail|error|throw|raise)',
  'if (?:this|it|that) (?:fails|throws|raises|errors)',
  'optional(?:ly)?\\b',
  'if (?:available|possible|present)\\b',
  'no big deal',
  '\\bskip(?:s|ping)?\\b',
  '\\bguards? against\\b',
  '\\bif (?:the|a|an|any) [^.]{1,40}\\b(?:fails|throws|raises)\\b',
  'no longer exists?',
  '\\b(?:may|might|can|could)(?: already)? be (?:gone|missing|absent|closed|unavailable|locked)',
  'already (?:gone|closed|removed|deleted|dead)',
  '\\bunhandled\\b',
  '\\bas handled\\b',
  '\\bfall(?:s|ing)?[- ]?backs?\\b',
  "\\b(?:it'?s|is|that'?s|are) (?:ok|okay|fine|harmless|acceptable|expected)\\b",
  'harmless',
  '\\b(?:throws?|raises?) (?:for|if|when|on|unless)\\b',
  '\\bunobserved\\b',
  '\\b(?:reported|logged|handled|observed) (?:and (?:reported|logged|handled) )?(?:by|elsewhere)\\b',
  '\\b(?:counts?|counted|treat(?:s|ed)?) as\\b',
  "if we (?:can't|cannot|can not|couldn't)",
];

/** Remarks for tools. What stands behind them, after `--` or `-`, is written for people. */
const PRAGMAS: readonly string[] = [
  'noqa(?::[ \\t]*[A-Z]+\\d+(?:[ \\t]*,?[ \\t]*[A-Z]+\\d+)*)?',
  'pragma:?[ \\t]*no[ \\t]?(?:cover|branch|qa)',
  'nosec(?:[ \\t]+B\\d+)?',
  'nosonar',
  'pylint:[ \\t]*disable(?:-next)?[ \\t]*=[ \\t]*[\\w-]+(?:[ \\t]*,[ \\t]*[\\w-]+)*',
  'type:[ \\t]*ignore(?:\\[[^\\]]*\\])?',
  '(?:pyright|mypy|pyre-ignore|ruff|flake8|lgtm|deepsource|sourcery|cspell|codeql)\\b[:[ \\t]*(?:ignore|noqa|skip|disable)?[^\\s-]*',
  '(?:es|ox)lint-(?:disable|enable)(?:-next-line|-line)?(?:[ \\t]+@?[\\w/-]+(?:[ \\t]*,[ \\t]*@?[\\w/-]+)*)?',
  '(?:istanbul|c8|v8)[ \\t]+ignore[ \\t]*(?:next|else|if|start|stop|file)?',
  '@ts-(?:ignore|expect-error|nocheck)',
  'biome-ignore[ \\t]+[\\w/]+',
  'prettier-ignore',
  'tslint:disable[-\\w:]*(?:[ \\t]+[\\w-]+)*',
  // Whoever ignores a finding does not explain the code: else the comment would silence the finding that it is there to silence.
  'seamline:.*',
];

export const PRAGMA = new RegExp(PRAGMAS.join('|'), 'gi');
export const WAIVER = new RegExp(WAIVERS.join('|'), 'i');

/** What the comment above a function says when it drops failures by contract. */
export const CONTRACT =
  /\b(?:\w*errors?|failures?|\w*exceptions?|rejections?)\b[^.]{0,60}\b(?:are|is|gets?) (?:suppressed|swallowed|ignored|discarded)\b|\b(?:never|must not|must never) (?:throws?|raises?)\b|\b(?:rather than|instead of) (?:hard-)?(?:failing|throwing|raising|crashing)\b/i;

/** Calls and arguments that announce a failure: `task_that_fails()`, `open(path, 'throwIfMissing')`. */
export const PROVOKERS =
  /fail|rais(?:e|ing)|throw|crash|error|exception|invalid|broken|malformed|missing|nonexist|unknown|illegal|corrupt|bad_|Bad[A-Z]/i;

/** An option or a flag by which the caller chose that failures are dropped. */
export const CHOSEN = /\b(?:swallow|suppress|ignore|skip)_?(?:all_?)?(?:exceptions?|errors?|failures?)\b/i;

/** Phrases that speak of a failure wherever they stand. */
export const STRICT_WAIVER =
  /best[- ]effort|\bcatch(?:es|ing)? \*?(?:all|every)\*? (?:errors?|exceptions?) (?:to|so|because|as)\b|\b(?:may|might|can|could) (?:or (?:may|might|can|could) )?not (?:be present|exist)\b|\b(?:ignor(?:e|es|ing)|swallow(?:s|ing)?) (?:any |all |the )?(?:errors?|failures?|exceptions?)\b|(?:must|should) (?:not|never) (?:raise|throw|fail)/i;
