import { PYTHON_KEYWORDS } from '../../../../core/syntax/reserved-words';
import { KnownCalls } from '../known-calls';

/**
 * What well-known operations raise, as their documentation says, by qualified name: the types that a caller has to reckon with, not the
 * TypeError of a call that is wrong in itself. An operation that is not here is unknown.
 */

/** How much is known of what is given to a call. */
export interface Given {
  /** The type of the first argument, by its qualified name. */
  readonly type: string | undefined;
  readonly count: number;
  /** The first argument is a string as it stands. */
  readonly isLiteral: boolean;
  /** Names of the keyword arguments that are there, `check=True` as `check`. */
  readonly keywords: ReadonlySet<string>;
}

type Raised = readonly string[] | ((given: Given) => readonly string[] | undefined);

const OS_CALLS =
  'remove|unlink|rename|replace|mkdir|makedirs|rmdir|removedirs|listdir|scandir|stat|lstat|chmod|chown|utime|kill|killpg|getpgid|getcwd|chdir|symlink|link|readlink|truncate|fsync|statvfs|walk|open|close|read|write';
const PATH_CALLS =
  'unlink|mkdir|rmdir|rename|replace|touch|stat|lstat|chmod|iterdir|glob|rglob|symlink_to|hardlink_to|readlink|open|read_bytes|write_bytes|exists|is_file|is_dir|is_symlink|samefile|owner|group|expanduser|absolute|cwd|home';
const PATH = 'pathlib\\.(?:Pure)?(?:Posix|Windows)?Path';
const HTTP = 'get|post|put|patch|delete|head|options|request|stream|send';
const TEXT =
  'strip|lstrip|rstrip|lower|upper|title|capitalize|casefold|split|rsplit|splitlines|partition|rpartition|startswith|endswith|replace|removeprefix|removesuffix|find|rfind|count|isdigit|isalpha|isalnum|isspace|isidentifier|zfill|ljust|rjust|center|swapcase';

const isText = (type: string | undefined): boolean => type === 'builtins.str';
/** Text in the wrong form, or a value of another type where it is not known to be text. */
const malformed =
  (error: string): Raised =>
  ({ type }) =>
    isText(type) ? [error] : [error, 'builtins.TypeError'];

const TABLE: readonly (readonly [RegExp, Raised])[] = entries([
  [
    'builtins\\.int',
    ({ type, count }) =>
      count === 0 || type === 'builtins.int'
        ? []
        : isText(type)
          ? ['builtins.ValueError']
          : type === 'builtins.float'
            ? ['builtins.ValueError', 'builtins.OverflowError']
            : ['builtins.ValueError', 'builtins.TypeError'],
  ],
  [
    'builtins\\.float',
    ({ type, count }) =>
      count === 0 || /^builtins\.(?:int|float)$/.test(type ?? '')
        ? []
        : isText(type)
          ? ['builtins.ValueError']
          : ['builtins.ValueError', 'builtins.TypeError'],
  ],
  ['builtins\\.(?:isinstance|issubclass|callable|id|type|bool|dict|object|super)', []],
  [
    'builtins\\.(?:str|repr)',
    ({ type, count }) =>
      count === 0 ||
      (type !== undefined && /^(?:builtins\.(?:str|int|float|bool)|pathlib\..*|uuid\.UUID|plain-data)$/.test(type))
        ? []
        : undefined,
  ],
  [
    'builtins\\.(?:len|sorted|reversed|enumerate)',
    ({ type }) => {
      if (type === PLAIN_DATA) return ['builtins.TypeError'];
      return type !== undefined && /^builtins\.(?:str|bytes|list|tuple|dict|set)$/.test(type) ? [] : undefined;
    },
  ],
  ['builtins\\.(?:range|print)', []],
  ['builtins\\.hash', ['builtins.TypeError']],
  ['builtins\\.getattr', ({ count }) => (count > 2 ? [] : ['builtins.AttributeError'])],
  ['builtins\\.next', ({ count }) => (count > 1 ? [] : ['builtins.StopIteration'])],
  ['(?:builtins|io|gzip|bz2|codecs)\\.open', ['builtins.OSError']],
  ['builtins\\.open\\.(?:read|readline|readlines)', ['builtins.OSError', 'builtins.UnicodeDecodeError']],
  ['builtins\\.open\\.(?:write|writelines|flush|seek|close|truncate)', ['builtins.OSError']],
  [
    'plain-data\\.(?:get|keys|values|items|append|strip|lower|upper|split|startswith|endswith)',
    ['builtins.AttributeError'],
  ],
  ['json\\.loads', malformed('json.JSONDecodeError')],
  ['json\\.load', ['builtins.OSError', 'builtins.ValueError']],
  ['json\\.dumps', ['builtins.TypeError', 'builtins.ValueError']],
  [`os\\.(?:${OS_CALLS})`, ['builtins.OSError']],
  [
    'os\\.(?:access|getuid|geteuid|getgid|urandom|get_exec_path|strerror)|stat\\.S_IS\\w+|glob\\.(?:glob|iglob)|platform\\.\\w+',
    [],
  ],
  ['os\\.(?:fstat|get_terminal_size|getlogin|killpg|waitpid|setsid|nice|sched_setaffinity)', ['builtins.OSError']],
  ['tempfile\\.(?:mkstemp|mkdtemp|NamedTemporaryFile|TemporaryDirectory)', ['builtins.OSError']],
  ['pwd\\.(?:getpwnam|getpwuid)|grp\\.(?:getgrnam|getgrgid)', ['builtins.KeyError']],
  ['shlex\\.split|time\\.strptime', ['builtins.ValueError']],
  ['ast\\.literal_eval', ['builtins.ValueError', 'builtins.SyntaxError', 'builtins.TypeError']],
  ['ast\\.parse', ['builtins.SyntaxError', 'builtins.ValueError']],
  ['struct\\.(?:pack|unpack|unpack_from|calcsize)', ['struct.error']],
  ['zlib\\.(?:compress|decompress)', ['zlib.error']],
  ['binascii\\.(?:unhexlify|a2b_hex|a2b_base64)', ['builtins.ValueError']],
  ['locale\\.setlocale', ['locale.Error']],
  ['signal\\.signal', ['builtins.ValueError', 'builtins.OSError']],
  ['importlib\\.metadata\\.(?:version|distribution|metadata)', ['importlib.metadata.PackageNotFoundError']],
  ['asyncio\\.get_running_loop', ['builtins.RuntimeError']],
  ['asyncio\\.create_subprocess_(?:exec|shell)', ['builtins.OSError']],
  ['re\\.compile', ({ isLiteral }) => (isLiteral ? [] : ['re.error'])],
  [
    're\\.(?:match|search|fullmatch|findall|sub|split)',
    ({ isLiteral }) => (isLiteral ? ['builtins.TypeError'] : ['re.error', 'builtins.TypeError']),
  ],
  ['decimal\\.Decimal', malformed('decimal.InvalidOperation')],
  [
    'psutil\\.(?:Process|pid_exists|process_iter|cpu_percent|virtual_memory|disk_usage|net_connections)',
    ['psutil.Error'],
  ],
  [
    'psutil\\.Process\\.(?:name|exe|cmdline|status|terminate|kill|wait|children|parent|cpu_percent|memory_info|is_running|create_time|username|cwd)',
    ['psutil.Error'],
  ],
  [
    'sqlite3\\.connect|sqlite3\\.Connection\\.(?:execute|executemany|commit|rollback|close|cursor)|sqlite3\\.Cursor\\.(?:execute|executemany|fetchone|fetchall|close)',
    ['sqlite3.Error'],
  ],
  ['urllib\\.request\\.urlopen', ['builtins.OSError', 'builtins.ValueError', 'http.client.HTTPException']],
  ['os\\.path\\.(?:getsize|getmtime|getctime|getatime|samefile)', ['builtins.OSError']],
  [
    'os\\.path\\.(?:join|exists|lexists|isfile|isdir|islink|basename|dirname|split|splitext|abspath|normpath|expanduser|expandvars|isabs)',
    [],
  ],
  ['os\\.(?:getenv|getpid|environ\\.get|fspath|cpu_count)', []],
  ['shutil\\.(?:rmtree|copy|copy2|copyfile|copymode|copystat|copytree|move|disk_usage|chown)', ['builtins.OSError']],
  ['shutil\\.which', []],
  [PATH, []],
  [`${PATH}\\.(?:${PATH_CALLS})`, ['builtins.OSError']],
  [`${PATH}\\.resolve`, ['builtins.OSError', 'builtins.RuntimeError']],
  [`${PATH}\\.(?:read_text|write_text)`, ['builtins.OSError', 'builtins.UnicodeError']],
  [`${PATH}\\.(?:relative_to|with_suffix|with_name|with_stem)`, ['builtins.ValueError']],
  [`${PATH}\\.(?:joinpath|as_posix|is_absolute|is_relative_to|as_uri)`, []],
  [`builtins\\.str\\.(?:${TEXT})`, []],
  ['builtins\\.str\\.encode', ['builtins.UnicodeEncodeError']],
  ['builtins\\.str\\.(?:index|rindex)', ['builtins.ValueError']],
  ['builtins\\.bytes\\.decode', ['builtins.UnicodeDecodeError']],
  ['builtins\\.(?:bytes|bytearray)\\.fromhex', ['builtins.ValueError']],
  ['builtins\\.dict\\.(?:get|keys|values|items|copy|clear|setdefault)', []],
  ['builtins\\.dict\\.pop', ({ count }) => (count > 1 ? [] : ['builtins.KeyError'])],
  ['builtins\\.list\\.(?:append|clear|copy|insert|reverse)', []],
  ['builtins\\.list\\.(?:remove|index)', ['builtins.ValueError']],
  ['builtins\\.list\\.pop', ['builtins.IndexError']],
  ['builtins\\.set\\.(?:add|discard|clear|copy)', []],
  ['builtins\\.set\\.remove', ['builtins.KeyError']],
  ['uuid\\.UUID', ['builtins.ValueError']],
  ['uuid\\.(?:uuid1|uuid4)', []],
  ['datetime\\.(?:datetime|date|time)\\.(?:fromisoformat|strptime)', malformed('builtins.ValueError')],
  [
    'datetime\\.(?:datetime|date)\\.fromtimestamp',
    ['builtins.ValueError', 'builtins.OverflowError', 'builtins.OSError'],
  ],
  [
    'datetime\\.datetime\\.(?:now|utcnow)|datetime\\.date\\.today|time\\.(?:time|monotonic|perf_counter|sleep)|asyncio\\.sleep',
    [],
  ],
  [
    'ipaddress\\.(?:ip_address|ip_network|ip_interface|IPv4Address|IPv4Network|IPv4Interface|IPv6Address|IPv6Network|IPv6Interface)',
    ['builtins.ValueError'],
  ],
  ['base64\\.(?:\\w*b\\d\\ddecode|b64decode|decodebytes)', ['builtins.ValueError']],
  ['urllib\\.parse\\.(?:urlparse|urlsplit)', ['builtins.ValueError']],
  ['subprocess\\.(?:check_call|check_output)', ['builtins.OSError', 'subprocess.SubprocessError']],
  [
    'subprocess\\.(?:run|call)',
    ({ keywords }) =>
      keywords.has('check') || keywords.has('timeout')
        ? ['builtins.OSError', 'subprocess.SubprocessError']
        : ['builtins.OSError'],
  ],
  ['subprocess\\.Popen', ['builtins.OSError']],
  ['subprocess\\.Popen\\.(?:terminate|kill|send_signal)', ['builtins.OSError']],
  ['subprocess\\.Popen\\.poll', []],
  [
    'subprocess\\.Popen\\.(?:wait|communicate)',
    ({ count, keywords }) =>
      count > 0 || keywords.size > 0 ? ['builtins.OSError', 'subprocess.SubprocessError'] : ['builtins.OSError'],
  ],
  [
    'socket\\.(?:create_connection|gethostbyname|gethostbyaddr|getaddrinfo|gethostname|getfqdn|socket)',
    ['builtins.OSError'],
  ],
  [
    '(?:socket\\.socket|ssl\\.SSLSocket)\\.(?:connect|send|sendall|recv|bind|listen|accept|close|shutdown|settimeout|setsockopt|getsockname|getpeername|do_handshake)',
    ['builtins.OSError'],
  ],
  [`httpx\\.(?:${HTTP})`, ['httpx.HTTPError']],
  [`httpx\\.(?:AsyncClient|Client)\\.(?:${HTTP})`, ['httpx.HTTPError']],
  ['httpx\\.(?:AsyncClient|Client|Timeout|Limits)', []],
  ['httpx\\.Response\\.raise_for_status', ['httpx.HTTPError']],
  [`requests\\.(?:${HTTP})`, ['requests.RequestException']],
  [`requests\\.Session\\.(?:${HTTP})`, ['requests.RequestException']],
  ['requests\\.(?:Session|session)', []],
  ['requests\\.Response\\.raise_for_status', ['requests.RequestException']],
  ['(?:httpx|requests)\\.Response\\.json', ['builtins.ValueError']],
  ['importlib\\.import_module', ['builtins.ImportError']],
  ['yaml\\.safe_load', ['yaml.YAMLError']],
  ['tomllib\\.loads', ['tomllib.TOMLDecodeError']],
  [
    'logging\\.Logger\\.(?:debug|info|warning|error|critical|exception|log)|logging\\.(?:debug|info|warning|error|exception)',
    [],
  ],
]);

function entries(rows: readonly (readonly [string, Raised])[]): [RegExp, Raised][] {
  return rows.map(([path, raised]) => [new RegExp(`^(?:${path})$`), raised]);
}

/** The names of the calls above. */
export const KNOWN_CALLS = new KnownCalls(
  TABLE.map(([pattern]) => pattern),
  PYTHON_KEYWORDS,
);

/** What calling a qualified name raises; undefined where that is not known. */
export function raisedBy(path: string, given: Given): readonly string[] | undefined {
  const raised = TABLE.find(([pattern]) => pattern.test(path))?.[1];
  return typeof raised === 'function' ? raised(given) : raised;
}

/** Types of members and results that the semantic model does not know, by qualified name. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^builtins\.len$/, 'builtins.int'],
  [/^builtins\.open\.(?:read|readline)$/, 'builtins.str'],
  [/^pathlib\.(?:Posix|Windows)?Path\.read_text$/, 'builtins.str'],
  [/^builtins\.str\.(?:strip|lstrip|rstrip|lower|upper|title|replace|removeprefix|removesuffix)$/, 'builtins.str'],
  [/^builtins\.str\.(?:split|rsplit|splitlines)$/, 'builtins.list'],
  [/^(?:requests|httpx)\.Response\.status_code$/, 'builtins.int'],
  [/^(?:requests|httpx)\.Response\.text$/, 'builtins.str'],
  [/^subprocess\.CompletedProcess\.returncode$/, 'builtins.int'],
  [/^pathlib\.(?:Pure)?(?:Posix|Windows)?Path\.(?:name|stem|suffix)$/, 'builtins.str'],
];

export function knownType(path: string): string | undefined {
  return TYPES.find(([pattern]) => pattern.test(path))?.[1];
}

/** The type of parsed data, whose shape nobody promises. */
export const PLAIN_DATA = 'plain-data';

/** Whether a call gives parsed data. */
export function isPlainData(path: string): boolean {
  return /^(?:json\.loads?|(?:requests|httpx)\.Response\.json|yaml\.safe_load|tomllib\.loads?|plain-data\.get)$/.test(
    path,
  );
}

/** Attributes that are there whatever happened. */
export const PLAIN_MEMBERS =
  /^(?:(?:requests|httpx)\.Response\.(?:status_code|text|content|headers|url|ok|is_success)|subprocess\.CompletedProcess\.(?:returncode|stdout|stderr)|pathlib\.(?:Pure)?(?:Posix|Windows)?Path\.(?:name|stem|suffix|suffixes|parent|parents|parts|anchor))$/;

const BASES: Readonly<Record<string, string>> = {
  'json.JSONDecodeError': 'builtins.ValueError',
  'tomllib.TOMLDecodeError': 'builtins.ValueError',
  'builtins.UnicodeDecodeError': 'builtins.UnicodeError',
  'builtins.UnicodeEncodeError': 'builtins.UnicodeError',
  'builtins.UnicodeError': 'builtins.ValueError',
  'requests.RequestException': 'builtins.OSError',
  'builtins.FileNotFoundError': 'builtins.OSError',
  'builtins.PermissionError': 'builtins.OSError',
  'builtins.FileExistsError': 'builtins.OSError',
  'builtins.ProcessLookupError': 'builtins.OSError',
  'builtins.ConnectionError': 'builtins.OSError',
  'builtins.TimeoutError': 'builtins.OSError',
  'builtins.KeyError': 'builtins.LookupError',
  'builtins.IndexError': 'builtins.LookupError',
  'builtins.OverflowError': 'builtins.ArithmeticError',
  'builtins.ZeroDivisionError': 'builtins.ArithmeticError',
  'builtins.ModuleNotFoundError': 'builtins.ImportError',
  'subprocess.CalledProcessError': 'subprocess.SubprocessError',
  'subprocess.TimeoutExpired': 'subprocess.SubprocessError',
  'importlib.metadata.PackageNotFoundError': 'builtins.ImportError',
};

/** The types that are left where some are caught. */
export function withoutCaught(types: readonly string[], caught: readonly string[]): string[] {
  const all = new Set(caught);
  return types.filter((type) => {
    for (let at: string | undefined = type; at !== undefined; at = BASES[at]) if (all.has(at)) return false;
    return true;
  });
}

/** The types without those of which a base is there as well, in their order. */
export function withoutSubtypes(types: Iterable<string>): string[] {
  const all = new Set(types);
  return [...all].filter((type) => {
    for (let base = BASES[type]; base !== undefined; base = BASES[base]) if (all.has(base)) return false;
    return true;
  });
}
