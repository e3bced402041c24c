import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import { TYPESCRIPT_RESERVED } from '../../../../../core/syntax/reserved-words';
import { isWeakVerb } from '../../../../../core/text/agent-noun';
import { literalPattern } from '../../../../../core/text/pattern';
import { camelOf, pascalOf, wordsOf } from '../../../../../core/text/words';
import { classNameOf, type Evidence, sharedWords } from '../class-name';
import type { Growing } from '../growing';
import type { Handed } from './args';

export interface Names {
  readonly className: string;
  /** What the function around the callback calls the object. */
  readonly variable: string;
}

/** What a callback is named after. */
export interface Subject {
  /** Its own name, or that of the property that holds it; empty for none. */
  readonly name: string;
  /** What it is handed to: `stream.on('data')`. */
  readonly to: readonly string[];
  /** `Class.method` around it. */
  readonly symbol: string;
  /** What all functions are handed to that change the same variables, this one among them. */
  readonly events: readonly string[];
  /** The names of these functions as methods. */
  readonly methods: readonly string[];
  /** What it only adds to. */
  readonly grows: readonly Growing[];
  /** Whether the function around has little else in it than all of them. */
  readonly isMost: boolean;
}

/**
 * The class and its variable: from the callback's own name, and where that says little from the function around it and the event.
 * @param line 1-based, of the callback
 * @throws Refusal `invalid-name`, `name-taken`, `no-name`
 */
export function namesOf(subject: Subject, document: Document, wanted: string | undefined, line: number): Names {
  if (wanted !== undefined && (!/^[A-Za-z_$][\w$]*$/.test(wanted) || RESERVED.has(wanted)))
    throw new Refusal('invalid-name', { name: wanted });
  const taken = new Set(document.source.text.match(/[A-Za-z_$][\w$]*/g));
  if (wanted !== undefined && taken.has(wanted)) throw new Refusal('name-taken', { name: wanted, file: document.file });
  const evidence = evidenceOf(subject, document.source.text);
  const found = wanted ?? classNameOf(evidence);
  if (found === undefined) throw new Refusal('no-name', { line, file: document.file });
  const holder = evidence.around.find(({ isClass }) => isClass)?.words ?? [];
  const isFree = (name: string): boolean => !taken.has(name) && !RESERVED.has(name);
  // What the class belongs to sets it apart, and never a number.
  const className = wanted ?? [found, `${pascalOf(holder)}${found}`, `${found}State`].find(isFree);
  if (className === undefined) throw new Refusal('name-taken', { name: found, file: document.file });
  const words = wordsOf(className);
  const variable = [
    camelOf(words.slice(-1)),
    lowerCamel(className),
    camelOf(words.slice(-2)),
    `${lowerCamel(className)}Object`,
  ].find(isFree);
  if (variable === undefined) throw new Refusal('name-taken', { name: lowerCamel(className), file: document.file });
  return { className, variable };
}

/** The name of a class that nobody has said; undefined where nothing tells what it is about. */
export function classNameIn(subject: Subject, text: string): string | undefined {
  return classNameOf(evidenceOf(subject, text));
}

function evidenceOf({ name, to, symbol, events, methods, grows, isMost }: Subject, text: string): Evidence {
  // `onopen` around is when it all begins, `module.exports` where it goes, and a constant what is made of it: they say nothing of it.
  const parts = symbol
    .split('.')
    .filter((part) => /^[\w$]+$/.test(part) && !/^(?:on[a-z]{4,}|exports|[A-Z\d]+(?:_[A-Z\d]+)+)$/.test(part));
  const around = parts.reverse().map((part) => ({ words: wordsOf(part), isClass: /^_*[A-Z]/.test(part) }));
  const isOne = events.length < 2;
  const isGiven = (one: string): boolean => one === 'return' || one === 'yield';
  // Of several that share state the one that is handed out is what the function around makes.
  const isReturned = isOne ? to.every(isGiven) : events.some(isGiven);
  // `onread` in lower case, as members of the platform are.
  const own = isOne ? wordsOf(name.replace(/^on(?!ce$|ly|line)(?=[a-z]{3,}$)/, 'on_')) : sharedWords(methods);
  return {
    own,
    event: isOne ? eventWords(to[0] ?? '') : sharedEvent(events, text),
    isAlone: isOne && name === '',
    // The one object of the platform that has a name for everybody: what it resizes or scrolls is the page, whoever listens.
    source: events.every((one) => /^window\./.test(one)) ? ['window'] : [],
    around,
    // What only the file says is said of all in it.
    file: [],
    isOneOfMany: isOneOfMany(to[0] ?? '', text),
    role: isReturned ? 'returned' : 'callback',
    // A method of an observer beside a listener makes no observer of both.
    suffix: events.every((one) => one === to[0]) ? suffixOf(name, to) : undefined,
    grows: isOne ? grows : [],
    isMost,
  };
}

/** `stream.on('data')` where there are listeners of the data of other streams. */
function isOneOfMany(to: string, text: string): boolean {
  const event = /\.(\w+\('[\w:.-]+')\)$/.exec(to)?.[1]?.replace(/'/g, '"');
  if (event === undefined) return false;
  const same = text.replace(/[`']/g, '"').split(`.${event}`).length - 1;
  return same > 1;
}

/** What an object of several functions is for the library that takes it. */
function suffixOf(name: string, to: readonly string[]): string | undefined {
  const made = /^new (?:\w+\.)*(\w+)/.exec(to[0] ?? '')?.[1] ?? '';
  if (/(?:Readable|Source)/.test(made)) return 'Source';
  if (/(?:Writable|Sink)/.test(made)) return 'Sink';
  if (/Transform/.test(made)) return 'Transformer';
  const isObserver =
    to.some((one) => /^subscribe\w*$|\.subscribe$/.test(one)) && /^(?:next|error|complete)$/.test(name);
  if (isObserver) return 'Observer';
  return name === '' && to.some((one) => /setInterval$/.test(one)) ? 'Timer' : undefined;
}

/**
 * What several events have in common: `pointer` of `pointerdown` and `pointermove`; else the one source that has them all, or its data. A
 * source says nothing where others of its events go elsewhere.
 */
function sharedEvent(events: readonly string[], text: string): string[] {
  const [first, ...others] = events.map((one) => eventWords(one));
  const shared = (first ?? []).filter((word) => others.every((one) => one.includes(word)));
  if (shared.length > 0 || !areOfOneSource(events)) return shared;
  const source = wordsOf(/([\w$]+)\.\w+\([^()]*\)$/.exec(events[0]!)?.[1] ?? '').filter((word) => !RECEIVER.test(word));
  const isStream = events.some((one) => eventWords(one).includes('data'));
  if (isStream || source.length === 0) return first ?? [];
  return listenersOf(events[0]!, text) > events.length ? [] : source;
}

/** How often a file listens to an event of what one of them comes from: `port.on('open')`, `port.onclose =`. */
function listenersOf(to: string, text: string): number {
  const [, source = ''] = SOURCE.exec(to) ?? [];
  const listens = new RegExp(
    `(?<![\\w$.])${literalPattern(source)}\\s*\\.(?:on|once|addEventListener|addListener|on[A-Za-z]+)\\s*[(=]`,
    'g',
  );
  return text.match(listens)?.length ?? 0;
}

/** `stream.on('data')` and `stream.on('end')`, `parser.ontext` and `parser.onclosetag`, `lamp.onGet` and `lamp.onSet`. */
export function areOfOneSource(all: readonly string[]): boolean {
  const sources = new Set(all.map((to) => SOURCE.exec(to)?.[1]));
  return sources.size === 1 && !sources.has(undefined);
}

const SOURCE = /^(.+)\.(?:\w+\('[\w:.-]+'\)|on[A-Za-z]+)$/;

/** Members of one object that is handed over, or listeners of one source. */
export function areOfOneObject(one: Handed, other: Handed): boolean {
  return (one.literal !== undefined && one.literal === other.literal) || areOfOneSource([one.to, other.to]);
}

/**
 * What happens: `data` of `stream.on('data')`, `configuration change` of `onDidChangeConfiguration`, `mouse down` of `mousedown`.
 * @param isWhole with what it comes from, where it says little alone: `editor created` of `editorManager.onCreated`
 */
function eventWords(to: string, isWhole = true): string[] {
  const [, stream, event] = /(?:\.(stdout|stderr|stdin))?\.\w+\('([\w:.-]+)'\)$/.exec(to) ?? [];
  if (stream && event === 'data') return [stream];
  const [, observed] = /^new (\w+)Observer$/.exec(to) ?? [];
  if (observed !== undefined) return wordsOf(observed);
  const named = event ?? /\('([\w:.-]+)'\)$/.exec(to)?.[1];
  if (named !== undefined) return namedEvent(named);
  const [, owner = '', handler] = /(?:(?:^|\.)([\w$]+)\.)?(?<![\w$])on([a-z]+)$/.exec(to) ?? [];
  const ofOwner = isWhole ? wordsOf(owner).filter((word) => !RECEIVER.test(word)) : [];
  if (handler !== undefined) return [...ofOwner, ...(DOM.exec(handler)?.slice(1) ?? [handler])];
  const member = /(?:(?:^|\.)([\w$]+)\.)?(?<![\w$])on(?:Did|Will)?([A-Z]\w*)$/.exec(to);
  if (!member) return [];
  const [verb = '', ...rest] = wordsOf(member[2]!);
  if (rest.length > 0 && verb === 'receive') return rest;
  if (rest.length > 0)
    return /^(?:change|create|delete|open|close|save|update|add|remove)$/.test(verb)
      ? [...rest, verb]
      : [verb, ...rest];
  return [...(isWhole ? wordsOf(member[1] ?? '').filter((word) => !RECEIVER.test(word)) : []), verb];
}

/** `snapshot chunk` of `HeapProfiler.addSnapshotChunk`, where the domain comes first; `click` of `click.menu`, where whose it is comes last. */
function namedEvent(name: string): string[] {
  const own = /^[A-Z]\w*\.(\w+)$/.exec(name)?.[1] ?? name.split('.')[0]!;
  const words = wordsOf(own);
  const told = words.length > 2 && isWeakVerb(words[0]!) ? words.slice(1) : words;
  return told.flatMap((word) => DOM.exec(word)?.slice(1) ?? [word]);
}

const DOM =
  /^(mouse|key|pointer|touch|drag|before|animation|transition|composition)(down|up|move|enter|leave|over|out|start|end|cancel|press|unload)$/;

/** Words of what events come from that do not say what it is. */
const RECEIVER =
  /^(?:this|self|manager|service|connection|emitter|client|provider|host|api|model|instance|el|element|node|document|window|e|ev|event|events)$/;

/** The method: its own name, else the event's. */
export function methodOf({ name, to }: Pick<Subject, 'name' | 'to'>): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name) && !/^(?:callback|cb|fn|constructor)$/.test(name)) return name;
  const [first = ''] = to;
  const event = eventWords(first, false);
  if (event.length > 0) return `handle${pascalOf(event)}`;
  if (/setInterval$/.test(first)) return 'tick';
  if (first === 'return' || first === 'yield') return 'call';
  const stored = /(?:^|\.)(\w+)$/.exec(first)?.[1];
  if (
    stored &&
    !/^(?:on|once|subscribe|listen|add\w*|register\w*|set\w*|createServer)$/.test(stored) &&
    isStored(first)
  )
    return stored;
  return 'handle';
}

/** `exporter.send = ...`: the method is what it stands for. */
const isStored = (to: string): boolean => /^[\w$]+(?:\.[\w$]+)+$/.test(to) && !/\.(?:on|once|observe)$/.test(to);

export function lowerCamel(name: string): string {
  return name.replace(/^(?:[A-Z][A-Z\d]*(?=[A-Z][a-z])|[A-Z][A-Z\d]*$|[A-Z])/, (head) => head.toLowerCase());
}

/** Reserved words, and globals that the code around may mean. */
const RESERVED: ReadonlySet<string> = new Set([
  ...TYPESCRIPT_RESERVED,
  ...'async NaN Infinity Object Function Array String Number Boolean Symbol Map Set Promise Error Date'.split(' '),
]);
