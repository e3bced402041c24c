/** Who does what a verb says, for names of classes: `reader` of `read`. */

const VERBS: ReadonlySet<string> = new Set(
  (
    'accept accumulate acknowledge activate aggregate align allocate analyze animate announce append apply archive assemble assign attach ' +
    'audit balance batch bind block broadcast buffer bundle cache calculate cancel cap capture check classify clean clear clone close collapse ' +
    'collate collect combine commit compare compile compose compress compute concat configure confirm connect consume convert copy count crawl ' +
    'cycle debounce decode decompress decorate decrypt deduplicate delete deliver deploy derive describe deserialize destroy detect disable ' +
    'discover dispatch display dispose distribute download drain draw dump embed emit emulate enable encapsulate encode encrypt enforce ' +
    'enqueue enrich erase estimate evaluate evict examine exclude expand export expose extend extract fade fetch fill filter find finish fit ' +
    'fix flatten flush follow format forward gather generate group hide highlight hydrate import index infer inject insert inspect install ' +
    'instrument intercept interpolate interpret invalidate isolate iterate join label limit link list load locate lock log map mark measure ' +
    'merge migrate minify mirror modify monitor mount move multiplex mutate navigate negotiate normalize notify observe open optimize override ' +
    'pack paint parse patch pause persist pick ping play plot poll populate predict prefetch prefix prepend print probe produce promote prompt ' +
    'propagate prune publish pull purge push query read rebuild receive reconcile reconnect record recover redirect reduce refresh reload ' +
    'remove rename render reorder repeat replace replay replicate report request reset resize resolve restart restore retain retrieve retry ' +
    'revoke rewrite rotate round sample sanitize save scale scan schedule score scrape scroll search select send separate serialize show ' +
    'shuffle sign simulate skip spawn splice split stop store stream stringify strip submit subscribe summarize suppress swap sync synchronize ' +
    'tail terminate test throttle toggle tokenize trace track train transform translate traverse trigger trim truncate unlock unmount unpack ' +
    'unsubscribe unzip update upgrade upload vacuum validate verify visit walk warn watch wrap write zip zoom'
  ).split(' '),
);

/** Verbs that only say that something is had, made or begun: who does it is named by what is made. */
const WEAK = new Set(
  (
    'add attempt begin bootstrap build call construct create define do ensure exec execute get give go handle have init initialise initialize invoke is keep ' +
    'launch listen make new obtain perform prepare process provide put register run set setup start take transfer try use wait with on default constructor main async promise'
  ).split(' '),
);

const IN_OR = new Set(
  (
    'act collect compress connect decompress detect direct edit execute extract inject inspect instruct interact intercept invent predict ' +
    'process project protect reconnect redirect reflect select suppress visit'
  ).split(' '),
);

/** Verbs whose last letter is doubled. */
const DOUBLES = new Set(
  'cap commit drop emit fit format get grab log map pin plan plot reset run scan set shut skip spin split step stop strip submit swap tag trim unwrap wrap zip'.split(
    ' ',
  ),
);

/** Whether a word is a verb by which code is named. */
export function isVerb(word: string): boolean {
  return VERBS.has(word) || WEAK.has(word);
}

/** Whether a verb says nothing of what is done. */
export function isWeakVerb(word: string): boolean {
  return WEAK.has(word);
}

/** @returns undefined for what is no verb, and for verbs whose agent would say nothing (`getter`, `doer`) */
export function agentOf(verb: string): string | undefined {
  return VERBS.has(verb) ? formed(verb) : undefined;
}

/** The verb of which a word says who does it: `read` of `reader`, `run` of `runner`, `resample` of `resampler`. */
export function verbOf(agent: string): string | undefined {
  const known = byAgent().get(agent);
  if (known !== undefined || !agent.startsWith('re')) return known;
  const again = byAgent().get(agent.slice(2));
  return again === undefined ? undefined : `re${again}`;
}

let verbs: ReadonlyMap<string, string> | undefined;

function byAgent(): ReadonlyMap<string, string> {
  verbs ??= new Map([...VERBS, ...WEAK].map((verb) => [formed(verb), verb]));
  return verbs;
}

/** Things are called by the verb itself. */
const THING = new Set(['buffer', 'cache', 'index', 'mirror', 'monitor']);

function formed(verb: string): string {
  if (THING.has(verb)) return verb;
  if (/(?:ate|tribute)$/.test(verb)) return `${verb.slice(0, -1)}or`;
  if (verb === 'configure') return 'configurator';
  if (verb === 'show') return 'presenter';
  if (IN_OR.has(verb)) return `${verb}or`;
  if (/e$/.test(verb)) return `${verb}r`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ier`;
  if (DOUBLES.has(verb)) return `${verb}${verb.at(-1)}er`;
  return `${verb}er`;
}
