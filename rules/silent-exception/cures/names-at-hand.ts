import { wordsOf } from '../../../core/text/words';

/** Which names may stand in a log message: they say which thing it was, are short, and nobody minds that they are read. */

const SECRETS = setOf(
  'pass password passwd pwd passphrase secret secrets token tokens key keys credential credentials cred creds auth authorization',
  'cookie cookies session header headers payload body private cert certificate signature salt otp pin dsn jwt bearer nonce seed',
  'email mail phone address ssn iban card birth dob hash digest',
);

/** An address made of these often carries a password or a signature. */
const GUARDED_ADDRESSES = setOf(
  'db database connection conn redis broker mongo mongodb postgres postgresql mysql amqp rabbit rabbitmq celery webhook proxy',
  'signed presigned callback redirect login oauth',
);

const IDENTIFYING = setOf(
  'id name path url uri file filename filepath fname host hostname port slug index idx dir dirname directory folder branch',
  'version bucket topic endpoint pid uuid guid page lang language locale extension ext stem namespace region sku tag kind',
  'basename username',
);

/** Words that name a thing as often as its name: only where its type says that it is a plain value. */
const AMBIGUOUS = setOf(
  'model table queue channel device repo package task job server node service image user item key kind tag file',
);

/** Settings and amounts say how something was done, not to what. */
const SETTINGS = setOf(
  'size timeout limit max min count retries retry attempts attempt delay interval width height depth batch length len total num',
  'threshold level verbose ttl seconds minutes hours days ms duration workers concurrency temperature tokens top steps epochs',
);

/** How much is known of a value: `scalar` is short text, a number or a path, `identity` one that is never prose, as a number. */
export type ValueKind = 'scalar' | 'identity' | 'other' | 'unknown';

/** Whether the value of a name may be logged to say what was being worked on. */
export function identifies(name: string, value: ValueKind): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (!last || value === 'other' || words.some((word) => SECRETS.has(word))) return false;
  const isAddress = /^(?:url|uri|dsn)$/.test(last);
  if (isAddress && words.some((word) => GUARDED_ADDRESSES.has(word))) return false;
  if (value === 'identity' && name.length > 2 && !words.some((word) => SETTINGS.has(word))) return true;
  if (AMBIGUOUS.has(last)) return value === 'scalar';
  return IDENTIFYING.has(last);
}

/** A value that says what was being worked on. */
export interface NameAtHand {
  /** What it is called in the message: `path`. */
  readonly label: string;
  /** The expression that gives it, which cannot fail: `path`, `self.path`, `this.path`. */
  readonly expression: string;
}

export interface Ranked extends NameAtHand {
  /** The lower the better; what the guarded code reads itself is below `UNREAD`. */
  readonly rank: number;
  readonly start: number;
}

const UNREAD = 2;

/** At most so many names are worth their place in a message. */
const MOST_NAMES = 2;

/** The best names, each once: where the guarded code reads some itself, no others. */
export function bestOf(candidates: readonly Ranked[]): NameAtHand[] {
  const sorted = [...candidates].sort((a, b) => a.rank - b.rank || a.start - b.start);
  const distinct = sorted.filter(({ label }, at) => sorted.findIndex((other) => other.label === label) === at);
  const used = distinct.filter(({ rank }) => rank < UNREAD);
  return (used.length > 0 ? used : distinct)
    .slice(0, MOST_NAMES)
    .map(({ label, expression }) => ({ label, expression }));
}

function setOf(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.join(' ').split(' '));
}
