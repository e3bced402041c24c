import { agentOf, isVerb, isWeakVerb, verbOf } from '../../../../core/text/agent-noun';
import { singular } from '../../../../core/text/inflection';
import { pascalOf, wordsOf } from '../../../../core/text/words';
import type { Growing } from './growing';

/** What is known of callbacks that become a class; names are lists of words in lower case. */
export interface Evidence {
  /** The callback's own name, or that of the member that it is stored in; empty for none. */
  readonly own: readonly string[];
  /** What happens when it is called: `data` of `stream.on('data')`. */
  readonly event: readonly string[];
  /** What it happens to, where that has a name for all: `window` of `window.addEventListener('resize')`. */
  readonly source: readonly string[];
  /** There is one callback, without a name, of which only what is around tells anything. */
  readonly isAlone: boolean;
  /** The functions and the class around it, from the innermost. */
  readonly around: readonly Around[];
  /** The file's own name, where a class may be named after it. */
  readonly file: readonly string[];
  /** Whether others in the file are called when the same happens. */
  readonly isOneOfMany: boolean;
  readonly role: 'callback' | 'worker' | 'generator' | 'returned';
  /** What the class is of at once: `Source` for what a `ReadableStream` is made with. */
  readonly suffix?: string | undefined;
  /** The variables that the callbacks change, as far as these do nothing but grow. */
  readonly grows: readonly Growing[];
  /** Whether the function around has little else in it than the callbacks. */
  readonly isMost: boolean;
}

export interface Around {
  readonly words: readonly string[];
  readonly isClass: boolean;
}

/** Words that say only that a function is called back. */
const CALLBACK =
  /^(?:on|handle|handler|listener|callback|cb|fn|fun|func|function|hook|wrapper|wrapped|inner|closure|worker|thread|target|main|process|proc|work|async|once|safe|new|my|the|did|will|by|f|g|h|_)$/;

/** What nearly every callback is called with, or for: it says little alone. */
const COMMON =
  /^(?:event|events|message|data|readable|drain|result|response|change|changed|changes|error|text|content|value|close|closed|end|exit|update|updated|progress|done|finish|finished|complete|completed|success|next|start|stop|abort|timeout|created|removed|added|body|input|output|it|all|state|status)$/;

/**
 * What a user does to whatever it is, or what is observed of it. A list: the names of the platform's events say nothing of which of them tell
 * what happened and which only by what means.
 */
const DEVICE =
  /^(?:mouse|key|pointer|touch|drag|move|click|press|down|up|enter|leave|over|scroll|resize|mutation|intersection)$/;

/** Names of collections that say nothing of what they hold. */
const PLAIN =
  /^(?:buf|buffers?|data|results?|out|outputs?|chunks?|parts?|pieces?|items?|values?|list|acc|ret|res|total|count|counter|num|n|i|idx|index|length|size|seen|state|found|all|current|text|str|string|body|content|lines?|tmp|temp|queue|stack|cache|map|set)$/;

/** Words behind what an action is done to. */
const PREPOSITION = /^(?:with|from|for|to|in|into|on|at|by|of|as|until|while|if|when|and|or|via|using|over|through)$/;

/** What classes and modules are, behind what they are about. */
const KIND =
  /^(?:view|component|service|impl|manager|base|controller|provider|element|widget|mixin|module|class|object|main|index|utils?|helpers?|lib|core|common|app|init|model|instance|default|abstract|internal|private|public)$/;

/**
 * The name of a class in Pascal case, a noun: after who does what the callbacks do (`LeakDetector`), what they gather (`HandleCollector`),
 * or what they are called for (`DataHandler`). Never a number, and no verb in front of `Handler`.
 * @returns undefined where nothing says what it is about: names of one letter, or none
 */
export function classNameOf(evidence: Evidence): string | undefined {
  const name = nameFrom(evidence);
  return wordsOf(name).some((word) => word.length > 2 && !/^(?:handler|worker|stream)$/.test(word)) ? name : undefined;
}

function nameFrom(evidence: Evidence): string {
  const { own, role, suffix, file } = evidence;
  const outer = outerNoun(evidence);
  if (suffix !== undefined)
    return outer.length + file.length > 0 ? `${pascalOf(outer.length > 0 ? outer : file)}${suffix}` : '';
  const isHandled = own.some((word) =>
    /^(?:on|handle|handler|callback|cb|hook|listener|did|receive|received)$/.test(word),
  );
  // In the middle of a name `on` only says when: `terminate_on_signal`.
  const said = own.filter((word, at) => (word === 'on' && at > 0) || !CALLBACK.test(word));
  const maker = MAKERS.get(said[0] ?? '');
  const named: Phrase =
    maker !== undefined && !isHandled && said.length > 1
      ? { words: [...singularEnd(untilPreposition(said.slice(1))), maker], isAgent: true }
      : phraseOf(said, isHandled);
  if (role === 'returned') {
    const isNoun = said.length > 0 && !isVerb(said[0]!);
    return returnedName(evidence, { ...named, words: isHandled ? ending(named.words) : named.words, isNoun }, outer);
  }
  if (role === 'worker') {
    const rest = said.filter((word, at) => !(at === 0 && isWeakVerb(word)));
    const own = named.words.length > 0 ? named : { words: rest, isAgent: false };
    const subject = own.words.length > 0 ? own : wholeOuter(evidence);
    if (!subject.isAgent) return pascalOf([...subject.words, 'worker']);
    return pascalOf(subject.words.length > 1 ? subject.words : unique([...outer, ...subject.words]));
  }
  if (role === 'generator') {
    const streamed = named.words.filter(
      (word) => !/^(?:stream|streamer|generate|generator|gen|iter|iterate|iterator|events?)$/.test(word),
    );
    return pascalOf([...(named.isAgent || streamed.length === 0 ? outerOr(outer, file) : streamed), 'stream']);
  }
  if (named.isAgent && named.words.length > 1) return pascalOf(named.words);
  const gathered = gatheredName(evidence);
  // What only the file says is said of all in it.
  const isOfFile =
    own.length === 0 &&
    evidence.event.length === 0 &&
    evidence.around.every(({ words }) => words.every((word) => CALLBACK.test(word)));
  if (isOfFile && gathered === undefined) return '';
  // What several have in common may be no more than what the user does; a function that is called `onKey` is about keys.
  const tells = named.words.some((word) => !COMMON.test(word) && (isHandled || !DEVICE.test(word)));
  if (!tells || named.isAgent) {
    if (gathered !== undefined) return gathered;
    const whole = wholeOuter(evidence);
    if (evidence.isMost && whole.isAgent && whole.words.length > 1) return pascalOf(whole.words);
    if (evidence.isMost && own.length === 0 && evidence.event.length === 0)
      // An `Activator`, a `ServeHandler`: of what? Only the file could say, where one may.
      return whole.words.length < 2 && (file.length === 0 || (!whole.isAgent && evidence.isAlone))
        ? ''
        : pascalOf(whole.isAgent ? whole.words : ending(whole.words));
  }
  if (named.isAgent) {
    // `list resize` beside a resizer says the list.
    const about = outer.filter((word) => !named.words.includes(word) && !named.words.includes(agentOf(word) ?? ''));
    return pascalOf([...about, ...named.words]);
  }
  if (tells) return pascalOf(ending(named.words));
  const event = named.words.length > 0 ? named.words : evidence.event;
  // The data of which of them?
  if (outer.length === 0 && evidence.isOneOfMany && event.every((word) => COMMON.test(word))) return '';
  // In a script's `main` only the file says which events.
  const isNowhere = evidence.around.every(({ words }) => words.every((word) => CALLBACK.test(word)));
  const ofFile = own.length > 0 && event.length > 0 && !isNowhere ? [] : file;
  const isTold = event.some((word) => !COMMON.test(word) && (isHandled || !DEVICE.test(word)));
  // A function that listens to the window is not what is resized; an object that does may be.
  const isOfSource = evidence.source.length > 0 && !evidence.around.some(({ isClass }) => isClass);
  const whose = isOfSource ? evidence.source : outerOr(outer, ofFile);
  if (whose.length === 0 && own.length === 0 && !isTold) return '';
  const about = unique(isTold ? event : [...whose, ...event]);
  // An `AccessoryHandler` may be anything, several that have nothing in common are not all that is done with the accessory, and what
  // only the file says is said of all in it.
  const isOneOfAll = evidence.isAlone ? outer.length < 2 : own.length === 0 && !evidence.isMost;
  return event.length === 0 && isOneOfAll ? '' : pascalOf(ending(about));
}

/** What the names of several functions have in common: `resize` of `startResize`, `doResize` and `stopResize`. */
export function sharedWords(names: readonly string[]): string[] {
  const [first = [], ...others] = names.map(wordsOf);
  const isShared = (word: string): boolean => !CALLBACK.test(word) && others.every((words) => words.includes(word));
  return first.filter(isShared);
}

/** Who makes something: of a function around, what is made says more. */
const MAKERS: ReadonlyMap<string, string> = new Map([
  ['create', 'creator'],
  ['build', 'builder'],
  ['make', 'maker'],
]);

/** The words with `handler` behind, if they do not end so. */
function ending(words: readonly string[]): readonly string[] {
  return /^(?:handler|listener|observer)$/.test(words.at(-1) ?? '') ? words : [...words, 'handler'];
}

function outerOr(outer: readonly string[], other: readonly string[]): readonly string[] {
  return outer.length > 0 ? outer : other.filter((word) => !KIND.test(word));
}

function unique(words: readonly string[]): string[] {
  return words.filter((word, at) => words.indexOf(word) === at);
}

/**
 * What a function returns is named by the function that makes it, unless that says what it does itself:
 * `make_counter` makes a counter, `throttle` a throttler, but what `insert` gives back to undo it is no inserter.
 */
function returnedName(
  { around, file }: Evidence,
  { words: own, isAgent, isNoun }: Phrase & { readonly isNoun: boolean },
  outer: readonly string[],
): string {
  const maker = around[0]?.words ?? [];
  const rest = maker.filter((word, at) => !(at === 0 && isWeakVerb(word)) && !CALLBACK.test(word));
  const made = phraseOf(rest, false);
  const isCallback = CALLBACK.test(maker.at(-1) ?? '') && maker.length > 1;
  const isUndone = made.isAgent && isAgent && isVerb(maker.find((word) => word !== '_') ?? '');
  if (isUndone) return pascalOf(own.length > 1 ? own : unique([...made.words.slice(0, -1), ...own]));
  // `chunk_creator` says that it makes something, and no more.
  const saysMaking = isWeakVerb(verbOf(maker.at(-1) ?? '') ?? '');
  if (saysMaking && isNoun) return pascalOf(own);
  if (isCallback) return pascalOf(ending(own.length > 0 ? own : made.words));
  if (made.words.length > 0) return pascalOf(made.words);
  if (own.length > 0) return pascalOf(isAgent ? own : ending(own));
  return pascalOf(ending(outerOr(outer, file)));
}

/** `HandleCollector`, `RequestCounter` where all that the callbacks do is to gather one thing, for others to look at. */
function gatheredName({ grows, event }: Evidence): string | undefined {
  const [only, other] = grows;
  if (!only || other || !only.isSeen) return undefined;
  // The text of a stream is what the stream is called.
  if (only.kind === 'text' && event.length === 1 && !COMMON.test(event[0]!)) return pascalOf([...event, 'collector']);
  const words = only.words.filter((word) => !/^(?:new|all|is|has|my|the|last|current)$/.test(word));
  const telling = words.filter((word) => !PLAIN.test(word));
  // Only a plural says what is gathered: `failed` may be anything.
  const isMany = telling.length > 0 && singular(telling.at(-1)!) !== telling.at(-1);
  if (telling.length === 0 || (only.kind !== 'text' && !isMany)) return undefined;
  if (only.kind === 'number') return pascalOf([...singularEnd(telling), 'counter']);
  return pascalOf([...(only.kind === 'container' ? singularEnd(telling) : telling), 'collector']);
}

interface Phrase {
  readonly words: readonly string[];
  /** They say who does something: `leak detector`. */
  readonly isAgent: boolean;
}

/**
 * A name as a noun: `detect_leaks` is a leak detector, `get_comic_images` is about a comic image, `race_with_error` about an error.
 * @param isEvent the name says what has happened, so that a verb in it is none (`on_update`)
 */
function phraseOf(name: readonly string[], isEvent: boolean): Phrase {
  const words = name.filter(
    (word) => !/^\w{4,}ly$/.test(word) || /^(?:reply|apply|supply|family|assembly|anomaly|multiply)$/.test(word),
  );
  const [verb = '', ...rest] = words;
  // `errLineReader`, `streamer`: it says itself who does what. A `runner` is nobody.
  const done = isEvent ? undefined : verbOf(words.at(-1) ?? '');
  if (done !== undefined && (words.length > 1 || !isVerb(verb))) {
    // What `start_converter` starts does it.
    const doer = words.length > 1 && isWeakVerb(verb) ? rest : words;
    return isWeakVerb(done) && doer.length === 1 ? { words: [], isAgent: false } : { words: doer, isAgent: true };
  }
  if (isEvent || !isVerb(verb)) return { words: untilPreposition(words), isAgent: false };
  const object = untilPreposition(rest);
  const agent = agentOf(verb);
  // `watch all` is done to nothing that could be named.
  const named = object.filter((word) => !NOBODY.test(word));
  if (agent === undefined) return { words: singularEnd(object.length > 0 ? named : rest.slice(1)), isAgent: false };
  if (object.length === 0 && rest.length > 1) return { words: singularEnd(rest.slice(1)), isAgent: false };
  return { words: [...singularEnd(named), agent], isAgent: true };
}

const NOBODY = /^(?:all|it|once|them|one|each|now|again|loop|mode|next|until|forever|ready)$/;

/** Verbs that are the noun of what they do as well. */
const NOUN_TOO =
  /^(?:audit|backup|build|crawl|deploy|download|export|import|install|migrate|playback|query|record|replay|report|request|scan|search|stream|sync|test|upgrade|upload|watch)$/;

/** What begins with a function, and is not done by its callbacks. */
const BEGINS = /^(?:attach|bind|connect|enable|install|listen|load|mount|open|register|subscribe|update|watch)$/;

function untilPreposition(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => PREPOSITION.test(word));
  return end < 0 ? words : words.slice(0, end);
}

function singularEnd(words: readonly string[]): readonly string[] {
  const last = words.at(-1);
  return last === undefined ? words : [...words.slice(0, -1), singular(last)];
}

/** What the names around are about, the innermost that says something first. */
function outerNoun({ around, event }: Evidence): readonly string[] {
  const nouns = around
    .map(({ words, isClass }) => (isClass ? withoutKind(words) : nounOfFunction(words)))
    .filter((about) => about.length > 0);
  const about = nouns.find((words) => words.some((word) => !COMMON.test(word))) ?? nouns[0] ?? [];
  return unique(about)
    .slice(-3)
    .filter((word) => !event.includes(word) || about.length === 1);
}

/** `prefix_lines` is about a line, `download` about a download, `run` about nothing. */
function nounOfFunction(words: readonly string[]): readonly string[] {
  const own = words.filter((word) => !CALLBACK.test(word));
  const [first = '', ...rest] = own;
  if (!isVerb(first)) return singularEnd(untilPreposition(own));
  const object = untilPreposition(rest).filter((word) => !NOBODY.test(word));
  if (object.length > 0) return [...singularEnd(object), ...(/^(?:down|up)load$/.test(first) ? [first] : [])];
  if (rest.length > 0) return singularEnd(rest.slice(1));
  return NOUN_TOO.test(first) ? own : [];
}

function withoutKind(words: readonly string[]): readonly string[] {
  const rest = words.filter((word) => !KIND.test(word));
  return rest.length > 0 ? rest : words;
}

/** Who does what the function around does, for callbacks that do most of it. */
function wholeOuter(evidence: Evidence): Phrase {
  const [own, ...others] = evidence.around;
  if (!own) return { words: outerOr([], evidence.file), isAgent: false };
  if (own.isClass) return { words: withoutKind(own.words), isAgent: false };
  const phrase = phraseOf(
    own.words.filter((word) => !CALLBACK.test(word)),
    false,
  );
  const holder = others.find((one) => one.isClass);
  const about = holder ? withoutKind(holder.words) : [];
  if (phrase.words.length === 0) return { words: about.length > 0 ? about : own.words, isAgent: false };
  // `Pump.watch`: who watches there is the watcher of the pump.
  const verb = own.words.find((word) => isVerb(word)) ?? '';
  const isBegun = BEGINS.test(verb);
  if (phrase.isAgent && phrase.words.length === 1) {
    const happens = (evidence.own.length > 0 ? evidence.own : evidence.event).filter((word) => !CALLBACK.test(word));
    const object = about.length > 0 ? about : happens;
    if (isBegun && object.length > 0) return { words: object, isAgent: false };
    if (object.length === 0 && (isBegun || NOUN_TOO.test(verb))) return { words: [verb], isAgent: false };
    return { words: unique([...object, ...phrase.words]), isAgent: true };
  }
  return isBegun && phrase.isAgent ? { words: phrase.words.slice(0, -1), isAgent: false } : phrase;
}
