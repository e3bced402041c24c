import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import { TYPESCRIPT_RESERVED } from '../../../../../core/syntax/reserved-words';

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
  readonly file: string;
}

/** Names of functions that say no more than that something begins. */
const WEAK =
  /^(?:run|start|init|initialize|setup|main|execute|exec|listen|watch|open|connect|create|make|get|build|constructor|promise|handle|handler|do|call|process|use|load|register|attach|mount|new|default|async|iterator)$/;

/** Words that say only that a function is called back. */
const EMPTY = /^(?:on|handle|handler|listener|callback|cb|fn|func|function|inner|wrapper|hook|run|next|tick|check)$/;

/** What nearly every callback is called with. */
const COMMON =
  /^(?:event|message|data|result|response|change|error|line|chunk|part|token|text|content|value|close|end|exit|update|progress)$/;

/**
 * The class and its variable: from the callback's own name, and where that says little from the function around it and the event.
 * @throws Refusal `invalid-name`, `name-taken`
 */
export function namesOf(subject: Subject, document: Document, wanted: string | undefined): Names {
  if (wanted !== undefined && (!/^[A-Za-z_$][\w$]*$/.test(wanted) || RESERVED.has(wanted)))
    throw new Refusal('invalid-name', { name: wanted });
  const taken = new Set(document.source.text.match(/[A-Za-z_$][\w$]*/g));
  if (wanted !== undefined && taken.has(wanted)) throw new Refusal('name-taken', { name: wanted, file: document.file });
  const className = wanted ?? free(classNameOf(subject), taken);
  const short = wordsOf(className).at(-1)!;
  const whole = lowerCamel(className);
  const variable = [short, whole].find((one) => !taken.has(one) && !RESERVED.has(one)) ?? free(`${whole}Object`, taken);
  return { className, variable };
}

function classNameOf({ name, to, symbol, file }: Subject): string {
  const own = wordsOf(name).filter((word) => !EMPTY.test(word));
  const parts = symbol.split('.').flatMap((part) => (/[^\w$]/.test(part) ? [] : [wordsOf(part)]));
  const event = eventWords(to[0] ?? '');
  const around = withoutVerb(outerWords(parts));
  const outer = around.length > 0 ? around : fileWords(file);
  if (to.every((one) => one === 'return' || one === 'yield')) {
    const made = (parts.at(-1) ?? []).filter((word, at) => !(at === 0 && /^(?:make|create|get|build|new)$/.test(word)));
    return camel(made.length > 0 ? made : own.length > 0 ? own : outer) || 'Handler';
  }
  const made = /^new (?:\w+\.)*(\w+)/.exec(to[0] ?? '')?.[1] ?? '';
  if (/(?:Readable|Source)/.test(made)) return `${camel(outer)}Source`;
  if (/(?:Writable|Sink)/.test(made)) return `${camel(outer)}Sink`;
  if (/Transform/.test(made)) return `${camel(outer)}Transformer`;
  if (/Observer$/.test(made)) return `${camel(outer)}${made}`;
  if (to.some((one) => /^subscribe\w*$|\.subscribe$/.test(one)) && /^(?:next|error|complete)$/.test(name))
    return `${camel(outer)}Observer`;
  if (to.some((one) => /setInterval$/.test(one)) && own.length === 0) return `${camel(outer)}Timer`;
  const tells = own.some((word) => !COMMON.test(word));
  const subject = tells ? own : [...outer, ...(own.length > 0 ? own : event)];
  const words = subject.filter((word, at) => subject.indexOf(word) === at);
  return /^(?:Listener|Handler)$/.test(camel(words.slice(-1)))
    ? camel(words)
    : `${camel(words.length > 0 ? words : ['event'])}Handler`;
}

/** What happens: `data`, or what it happens to where that says more. */
function eventWords(to: string): string[] {
  const [, stream, event] = /(?:\.(stdout|stderr|stdin))?\.\w+\('([\w:.-]+)'\)$/.exec(to) ?? [];
  return stream && event === 'data' ? [stream] : wordsOf(event ?? /\('([\w:.-]+)'\)$/.exec(to)?.[1] ?? '');
}

/** `createAnswerStream` is about the stream of answers. */
function withoutVerb(words: readonly string[]): readonly string[] {
  const rest = words.slice(VERB.test(words[0] ?? '') ? (words[1] === 'to' ? 2 : 1) : 0);
  const tells = rest.some((word) => !WEAK.test(word) && !COMMON.test(word));
  return (tells ? rest : words).slice(-4);
}

const VERB =
  /^(?:on|handle|create|make|get|build|run|start|do|execute|subscribe|setup|init|initialize|attach|register|default|wait|fetch|load|process|perform|watch|listen|open)$/;

function fileWords(file: string): string[] {
  const parts = file.replace(/\.\w+$/, '').split('/');
  return wordsOf((parts.at(-1) === 'index' ? parts.at(-2) : parts.at(-1)) ?? '');
}

/** The innermost name around that says something, with its class where it says little. */
function outerWords(parts: readonly (readonly string[])[]): readonly string[] {
  const at = parts.findLastIndex((words) => words.some((word) => !WEAK.test(word)));
  if (at < 0) return parts.at(-1) ?? [];
  const last = parts.at(-1)!;
  // `Pump.start`: what starts is the pump.
  return at === parts.length - 1 || /^(?:constructor|promise|async|iterator)$/.test(last.join(''))
    ? parts[at]!
    : [...parts[at]!, ...last.filter((word) => !/^(?:run|start|init|main|setup|constructor)$/.test(word))];
}

/** The method: its own name, else the event's. */
export function methodOf({ name, to }: Pick<Subject, 'name' | 'to'>): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name) && !/^(?:callback|cb|fn|constructor)$/.test(name)) return name;
  const [first = ''] = to;
  const event = eventWords(first);
  if (event.length > 0) return `handle${camel(event)}`;
  if (/setInterval$/.test(first)) return 'tick';
  if (/^new \w*Observer$/.test(first)) return 'observe';
  if (first === 'return' || first === 'yield') return 'call';
  const member = /\.on([a-z]+)$|\.on(?:Did)?([A-Z]\w*)$/.exec(first);
  if (member) return `handle${camel(wordsOf(member[1] ?? member[2] ?? ''))}`;
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

function free(name: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const one = count === 1 ? name : `${name}${count}`;
    if (!taken.has(one) && !RESERVED.has(one)) return one;
  }
}

export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

export function camel(words: readonly string[]): string {
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}

export function lowerCamel(name: string): string {
  return name.replace(/^(?:[A-Z]+(?=[A-Z][a-z])|[A-Z]+$|[A-Z])/, (head) => head.toLowerCase());
}

/** Reserved words, and globals that the code around may mean. */
const RESERVED: ReadonlySet<string> = new Set([
  ...TYPESCRIPT_RESERVED,
  ...'async NaN Infinity Object Function Array String Number Boolean Symbol Map Set Promise Error Date'.split(' '),
]);
