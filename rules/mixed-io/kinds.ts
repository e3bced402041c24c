/** The kinds of I/O that are told apart, in the order in which messages list them. */
export const IO_KINDS = ['http', 'process', 'file', 'database', 'cloud'] as const;

/** `cloud` stands for SDKs of clouds, hosted services and models alike. */
export type IoKind = (typeof IO_KINDS)[number];

/** A call that every lower-case member of a client makes: for SDKs whose methods are too many to list. */
export const ANY_VERB = '*';

/**
 * One family of calls that do I/O. A call is matched by the qualified name of what it calls, or by the qualified name of its
 * receiver's class and the method's name: never by a name alone.
 *
 * A verb is listed when calling it talks to the outside: reads or writes a file, sends a request, starts or signals a process.
 * Not listed are calls that only prepare (`Path(...)`, `httpx.Timeout(...)`, `create_engine(...)`, `select(...)`), that look at a
 * result which is there already (`response.json()`, `cursor.fetchone()`), or that merely ask for or make a place
 * (`exists`, `is_file`, `stat`, `mkdir`): those accompany nearly all code and say nothing about its job.
 */
export interface IoApi {
  readonly kind: IoKind;
  /** Qualified prefixes, blank-separated: modules, classes, or scopes of packages (`@aws-sdk/*`). */
  readonly under: string;
  /** Last parts of the qualified name that do I/O, blank-separated, or {@link ANY_VERB}; empty where nothing below the prefix does. */
  readonly verbs: string;
  /** Verbs may stand behind attributes of the client: `client.chat.completions.create`, `prisma.user.findMany`. */
  readonly deep?: boolean;
  /** The verbs are functions of the module: what another one of them returns is data (`os.getenv("KEY").replace("x", "y")`). */
  readonly flat?: boolean;
  /** The import itself can be called: `axios({...})`, `execa('ls')`. */
  readonly callable?: boolean;
}
