import { ANY_VERB, type IoApi, type IoKind } from './kinds';

/** Methods of an SDK that prepare, configure or tidy up: no I/O where {@link ANY_VERB} stands for all others. */
const QUIET: ReadonlySet<string> = new Set(
  (
    'client resource session bucket blob file collection doc container ref close aclose dispose destroy end on once off emit ' +
    'addListener removeListener with_options withOptions with_raw_response configure config init initialize initializeApp app ' +
    'getFirestore getAuth getStorage constructEvent construct_event copy clone toString to_dict model_dump model_dump_json json ' +
    'then catch finally bind map filter forEach find includes join reduce some every slice push split trim replace sort flatMap ' +
    'indexOf concat keys values items entries append strip lower upper startswith endswith format getSignedUrl createPresignedPost ' +
    'generate_presigned_url generate_presigned_post hf_hub_url filter_repo_objects topic subscription toISOString getTime toMillis ' +
    'toDate toJSON getOptions getTediousOptions'
  ).split(' '),
);

const OF_ERROR = /(?:Error|Exception|Warning)\./;

/** Calls that hand out a connection, cursor or query of the client that they are made on, though they may be I/O themselves. */
const HANDLES =
  /^(?:connect|connection|create\w*|open\w*|acquire|getconn|getConnection|spawn|fork|Popen|begin\w*|cursor|database|db|get_database|get_collection|getRepository|manager|createQueryBuilder|pipeline|multi|with\w*|extend|build|bucket|blob|collection|doc|container|ref|topic|subscription|from\w*)$/;

interface Entry {
  readonly kind: IoKind;
  readonly verbs: ReadonlySet<string>;
  readonly any: boolean;
  readonly deep: boolean;
  readonly flat: boolean;
  readonly callable: boolean;
}

/** A table of {@link IoApi}s, ready to be asked. */
export class IoTable {
  private readonly entries = new Map<string, Entry[]>();
  /** The kinds that a module (or a package that holds it) may be of, by every prefix that an import can name. */
  private readonly modules = new Map<string, Set<IoKind>>();
  private readonly verbs = new Map<string, Set<IoKind>>();
  private readonly anyVerb = new Set<IoKind>();

  constructor(apis: readonly IoApi[]) {
    for (const api of apis) {
      const verbs = new Set(api.verbs.split(' '));
      const any = api.verbs === ANY_VERB;
      const entry = { kind: api.kind, verbs, any, deep: !!api.deep, flat: !!api.flat, callable: !!api.callable };
      for (const under of api.under.split(' ')) {
        push(this.entries, under, entry);
        this.learnModule(under, api.kind);
      }
      if (any) this.anyVerb.add(api.kind);
      for (const verb of verbs) add(this.verbs, verb, api.kind);
    }
  }

  /**
   * The kind of I/O that a call of this qualified name does, if any.
   * @param chained the name goes through attributes of an object (`client.headers.get`), not of modules and classes alone
   */
  kindOf(path: string, chained = false): IoKind | undefined {
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
      const prefix = path.slice(0, end);
      const kind = this.kindUnder(prefix, path.slice(end + 1), chained);
      if (kind !== undefined) return kind === 'none' ? undefined : kind;
    }
    return undefined;
  }

  /** True for a qualified name that a table entry covers: a module, class or client of the table, whatever is called on it. */
  covers(path: string): boolean {
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
      if (this.lookup(path.slice(0, end))) return true;
    }
    return false;
  }

  /** The kinds of I/O that a module may offer, judged by its name alone: a gate, not a proof. */
  kindsOfModule(module: string): ReadonlySet<IoKind> | undefined {
    const inside = this.modules.get(module);
    if (inside) return inside;
    for (let at = module; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('.'), 0))) {
      const entries = this.lookup(at);
      if (entries) return new Set(entries.map((entry) => entry.kind));
    }
    return undefined;
  }

  /** The kinds for which a method or function of this name may stand. */
  kindsOfVerb(verb: string): ReadonlySet<IoKind> | undefined {
    return this.verbs.get(verb);
  }

  /** True where an SDK of the kind is listed with all its methods. */
  hasAnyVerb(kind: IoKind): boolean {
    return this.anyVerb.has(kind);
  }

  /**
   * True where the result of a call is a client or handle of the same library, to be followed on (`boto3.client(...)`,
   * `connection.cursor()`), and not data that came from outside (`response.json()`).
   */
  makesHandle(path: string, chained: boolean): boolean {
    const verb = path.slice(path.lastIndexOf('.') + 1);
    if (isCapital(verb.charCodeAt(0)) || HANDLES.test(verb)) return true;
    if (this.kindOf(path, chained) !== undefined) return false;
    // A function of the library itself: `drizzle(pool)`, `axios.create()`.
    const owner = path.slice(0, path.lastIndexOf('.'));
    return !isCapital(owner.charCodeAt(owner.lastIndexOf('.') + 1));
  }

  private kindUnder(prefix: string, rest: string, chained: boolean): IoKind | 'none' | undefined {
    const entries = this.lookup(prefix);
    if (!entries) return undefined;
    // Whatever is asked of an exception is data: `error.get`, where the name is a dictionary's elsewhere.
    if (OF_ERROR.test(rest)) return 'none';
    if (rest === '') return entries.find((entry) => entry.callable)?.kind;
    const verb = rest.slice(rest.lastIndexOf('.') + 1);
    for (const entry of entries) {
      if ((chained && !entry.deep) || (entry.flat && verb !== rest)) continue;
      if (entry.any ? isSdkCall(verb, rest) : entry.verbs.has(verb)) return entry.kind;
    }
    return 'none';
  }

  private lookup(prefix: string): readonly Entry[] | undefined {
    return this.entries.get(prefix) ?? this.entries.get(scopeOf(prefix));
  }

  private learnModule(under: string, kind: IoKind): void {
    for (let at = under; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('.'), 0))) add(this.modules, at, kind);
  }
}

/** `@aws-sdk/client-s3` belongs to `@aws-sdk/*`. */
function scopeOf(module: string): string {
  const slash = module.indexOf('/');
  return slash < 0 ? module : `${module.slice(0, slash)}/*`;
}

/** Methods of a client; an error's attributes and what a response holds are data. */
function isSdkCall(verb: string, rest: string): boolean {
  const first = verb.charCodeAt(0);
  if (first < 97 || first > 122 || QUIET.has(verb) || /^(?:from|get_\w+_client$|get\w+Client$)/.test(verb))
    return false;
  return !/(?:^|\.)(?:types|errors|exceptions)\./.test(rest);
}

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function add<V>(map: Map<string, Set<V>>, key: string, value: V): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}
