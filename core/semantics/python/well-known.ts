/** Knowledge about libraries that a file alone does not tell. Paths are those of `QualifiedName`. */

/** Wrappers in annotations whose first argument is the type that counts. */
export const TRANSPARENT: ReadonlySet<string> = new Set([
  'Optional',
  'Annotated',
  'Final',
  'ClassVar',
  'Required',
  'NotRequired',
  'ReadOnly',
]);

/** Names in `typing` that are other names for classes elsewhere. */
export const TYPING_ALIASES: Readonly<Record<string, string>> = {
  List: 'builtins.list',
  Dict: 'builtins.dict',
  Set: 'builtins.set',
  FrozenSet: 'builtins.frozenset',
  Tuple: 'builtins.tuple',
  Type: 'builtins.type',
  Text: 'builtins.str',
  Deque: 'collections.deque',
  DefaultDict: 'collections.defaultdict',
  OrderedDict: 'collections.OrderedDict',
  Counter: 'collections.Counter',
  ChainMap: 'collections.ChainMap',
  Pattern: 're.Pattern',
  Match: 're.Match',
};

/**
 * Functions and classes in lower case, by what calling (or awaiting) them makes. A file object has no public class of its
 * own that would cover text and binary, so its type is called by the function that opens it: `builtins.open`.
 */
export const RESULTS: ReadonlyMap<string, string> = new Map([
  ['builtins.open', 'builtins.open'],
  ['io.open', 'builtins.open'],
  ['codecs.open', 'builtins.open'],
  ['os.fdopen', 'builtins.open'],
  ['tokenize.open', 'builtins.open'],
  ['gzip.open', 'builtins.open'],
  ['bz2.open', 'builtins.open'],
  ['lzma.open', 'builtins.open'],
  ['pathlib.Path.open', 'builtins.open'],
  ['aiofiles.open', 'aiofiles.open'],
  ['anyio.open_file', 'anyio.AsyncFile'],
  ['pathlib.Path.cwd', 'pathlib.Path'],
  ['pathlib.Path.home', 'pathlib.Path'],
  ['collections.defaultdict', 'collections.defaultdict'],
  ['collections.deque', 'collections.deque'],
  ['collections.namedtuple', 'builtins.type'],
  ['datetime.datetime', 'datetime.datetime'],
  ['datetime.date', 'datetime.date'],
  ['datetime.time', 'datetime.time'],
  ['datetime.timedelta', 'datetime.timedelta'],
  ['datetime.datetime.now', 'datetime.datetime'],
  ['datetime.datetime.utcnow', 'datetime.datetime'],
  ['datetime.datetime.fromisoformat', 'datetime.datetime'],
  ['datetime.datetime.fromtimestamp', 'datetime.datetime'],
  ['datetime.date.today', 'datetime.date'],
  ['socket.socket', 'socket.socket'],
  ['socket.create_connection', 'socket.socket'],
  ['sqlite3.connect', 'sqlite3.Connection'],
  ['psycopg2.connect', 'psycopg2.extensions.connection'],
  ['psycopg.connect', 'psycopg.Connection'],
  ['asyncpg.connect', 'asyncpg.Connection'],
  ['asyncpg.create_pool', 'asyncpg.Pool'],
  ['sqlalchemy.create_engine', 'sqlalchemy.Engine'],
  ['redis.from_url', 'redis.Redis'],
  ['redis.asyncio.from_url', 'redis.asyncio.Redis'],
  ['requests.session', 'requests.Session'],
  ['requests.get', 'requests.Response'],
  ['requests.post', 'requests.Response'],
  ['requests.put', 'requests.Response'],
  ['requests.patch', 'requests.Response'],
  ['requests.delete', 'requests.Response'],
  ['requests.request', 'requests.Response'],
  ['httpx.get', 'httpx.Response'],
  ['httpx.post', 'httpx.Response'],
  ['urllib.request.urlopen', 'http.client.HTTPResponse'],
  ['subprocess.run', 'subprocess.CompletedProcess'],
  ['asyncio.create_subprocess_exec', 'asyncio.subprocess.Process'],
  ['asyncio.create_subprocess_shell', 'asyncio.subprocess.Process'],
  ['asyncio.create_task', 'asyncio.Task'],
  ['asyncio.ensure_future', 'asyncio.Future'],
  ['asyncio.get_event_loop', 'asyncio.AbstractEventLoop'],
  ['asyncio.get_running_loop', 'asyncio.AbstractEventLoop'],
  ['asyncio.new_event_loop', 'asyncio.AbstractEventLoop'],
  ['logging.getLogger', 'logging.Logger'],
  ['re.compile', 're.Pattern'],
  ['threading.local', 'threading.local'],
  ['uuid.uuid4', 'uuid.UUID'],
]);

/** Methods and properties of paths that give a path again. */
const PATH_MEMBERS: ReadonlySet<string> = new Set([
  'absolute',
  'expanduser',
  'joinpath',
  'parent',
  'readlink',
  'relative_to',
  'rename',
  'replace',
  'resolve',
  'with_name',
  'with_stem',
  'with_suffix',
]);

export const isPathClass = (path: string): boolean => /^pathlib\.(?:Pure)?(?:Posix|Windows)?Path$/.test(path);

/** Type of a member's value or, for a method, of its result; undefined when nothing is known about it. */
export function memberType(owner: string, member: string): string | undefined {
  if (!isPathClass(owner)) return RESULTS.get(`${owner}.${member}`);
  if (member === 'open') return 'builtins.open';
  return PATH_MEMBERS.has(member) ? owner : undefined;
}

/** Context managers whose `as` name is not the manager itself; undefined stands for a value of no interest. */
export const ENTERED: ReadonlyMap<string, string | undefined> = new Map([
  ['tempfile.TemporaryDirectory', 'builtins.str'],
  ['threading.Lock', 'builtins.bool'],
  ['threading.RLock', 'builtins.bool'],
  ['threading.Semaphore', 'builtins.bool'],
  ['asyncio.Lock', undefined],
  ['asyncio.Semaphore', undefined],
  ['contextlib.ExitStack', 'contextlib.ExitStack'],
]);
