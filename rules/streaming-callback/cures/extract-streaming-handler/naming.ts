import { isFreeName } from '../../../../core/edit/python/new-module/free-name';
import type { CodeTarget } from '../../../../core/edit/python/new-module/target';
import { Refusal } from '../../../../core/edit/refusal';
import { PYTHON_BUILTINS } from '../../../../core/semantics/python/builtins';
import type { PythonBinding } from '../../../../core/semantics/python/index';
import { PYTHON_KEYWORDS } from '../../../../core/syntax/reserved-words';
import { isGenerator } from '../../python';
import type { Site } from './site';

export interface Names {
  readonly className: string;
  /** What becomes of the callback's own name. */
  readonly method: string;
  /** The methods of all functions that go along. */
  readonly methods: ReadonlyMap<PythonBinding, string>;
  /** What the function around the callback calls the object. */
  readonly variable: string;
}

/** Words that say only that a function is called back. */
const EMPTY_WORDS =
  /^(?:on|handle|handler|callback|cb|fn|func|function|hook|listener|wrapper|inner|inner_function|closure|worker|run|runner|go|do|call|target|thread|task|_|f|g|h|main|process|proc|work|async|new)$/;

/** What nearly every callback is called with. */
const COMMON = /^(?:event|events|message|data|result|response|change|changed|update|error)$/;

/** Calls that run a function once on its own. */
export const RUNS =
  /(?:^|\.)(?:Thread|Process|Timer|submit|start_soon|start_new_thread|run_in_executor|spawn\w*|\w*Thread|\w*Task|Worker)$/;

/** The class, its method and the variable: from the callback's name, and from that of the function around it where that says nothing. */
export function namesOf(site: Site, taken: ReadonlySet<string>, wanted: string | undefined): Names {
  const words = wordsOf(site.name);
  const shape = shapeOf(words, site);
  const { suffix, subject } = site.handlers.length > 1 ? (shapeOfSeveral(site) ?? shape) : shape;
  const className = wanted ?? `${camel(subject)}${suffix}`;
  const methods = new Map<PythonBinding, string>();
  for (const { binding, name } of site.handlers) {
    // Among several the own name says which of them it is.
    const method = site.handlers.length > 1 ? methodName(name) : shape.method;
    methods.set(binding, taken.has(method) ? `${method}_once` : method);
  }
  return { className, method: methods.get(site.binding)!, methods, variable: freeVariable(snake(className), site) };
}

/** A name with a leading underscore is none of the class's own secrets: the function around it calls the method. */
function methodName(name: string): string {
  const bare = name.replace(/^_+/, '');
  return PYTHON_KEYWORDS.has(bare) || bare === '' ? name : bare;
}

/** What several functions do together is said by the function around them. */
function shapeOfSeveral({ symbol, passedTo }: Site): Pick<Shape, 'suffix' | 'subject'> | undefined {
  const [own = '', holder = ''] = symbol.split('.').reverse();
  const words = wordsOf(own);
  const rest = words.filter((word, at) => !(at === 0 && LEAD.test(word)) && !EMPTY_WORDS.test(word));
  // `run_all` says nothing without its verb.
  const telling = rest.every((word) => /^(?:all|once|it|this|now|each|one|with|for|until|forever)$/.test(word))
    ? words
    : rest;
  const subject = rest.length > 0 ? telling : wordsOf(holder);
  if (subject.length === 0) return undefined;
  return { suffix: passedTo.some((one) => RUNS.test(one)) ? 'Worker' : 'Handler', subject };
}

const LEAD =
  /^(?:make|create|get|build|start|run|do|init|setup|open|handle|process|execute|perform|register|add|attach)$/;

interface Shape {
  readonly suffix: string;
  readonly method: string;
  readonly subject: readonly string[];
}

function shapeOf(words: readonly string[], site: Site): Shape {
  const outer = wordsOf(site.symbol.slice(site.symbol.lastIndexOf('.') + 1));
  const isHandled =
    /^(?:on|handle|receive|received)$/.test(words[0] ?? '') ||
    /^(?:callback|cb|handler|hook|listener)$/.test(words.at(-1) ?? '');
  const subject = words.filter((word, at) => !(EMPTY_WORDS.test(word) && (at === 0 || at === words.length - 1)));
  const isEmpty = subject.every((word) => EMPTY_WORDS.test(word) || word.length < 2);
  if (site.passedTo.some((one) => RUNS.test(one)))
    return { suffix: 'Worker', method: 'run', subject: isEmpty ? outer : subject };
  const own = words.join('_');
  if (isHandled) {
    // `EventHandler` alone would say too little.
    const isCommon = subject.every((word) => COMMON.test(word));
    return {
      suffix: 'Handler',
      method: 'handle',
      subject: isEmpty ? outer : isCommon ? [...outer, ...subject] : subject,
    };
  }
  if (isGenerator(site.node)) {
    const streamed = subject.filter((word) => !/^(?:stream|streamer|generate|generator|gen|iter|iterate)$/.test(word));
    return { suffix: 'Stream', method: own, subject: isEmpty || streamed.length === 0 ? outer : streamed };
  }
  if (site.passedTo.every((one) => one === 'return')) {
    // The function around it makes it, and says what it makes.
    const made = outer.filter((word, at) => !(at === 0 && /^(?:make|create|get|build|new)$/.test(word)));
    return { suffix: '', method: isEmpty ? 'call' : own, subject: made.length > 0 ? made : words };
  }
  if (isEmpty) return { suffix: 'Handler', method: own.length < 3 ? 'handle' : own, subject: outer };
  return { suffix: 'Callback', method: own, subject: words };
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
    .filter((word) => word !== '');
}

function camel(words: readonly string[]): string {
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}

export function snake(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/^_+/, '')
    .toLowerCase();
}

/** A name that the function around the callback does not use for anything yet. */
export function freeVariable(wanted: string, { model, outer, document }: Site): string {
  const used = new Set(
    model.occurrences
      .filter((one) => outer.startIndex <= one.start && one.start < outer.endIndex)
      .map((one) => document.source.slice(one.start, one.end)),
  );
  const isFree = (name: string): boolean => !used.has(name) && !PYTHON_KEYWORDS.has(name) && !PYTHON_BUILTINS.has(name);
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}_${count}`;
    if (isFree(name)) return name;
  }
}

/**
 * The class's name must mean nothing yet, where the class goes and where it is made.
 * @throws Refusal `invalid-name`, `name-taken`
 */
export function freeClassName(
  { className }: Names,
  wanted: string | undefined,
  target: CodeTarget,
  site: Site,
): string {
  if (wanted !== undefined && (!/^[A-Za-z_]\w*$/.test(wanted) || PYTHON_KEYWORDS.has(wanted)))
    throw new Refusal('invalid-name', { name: wanted });
  const uses = [{ document: site.document, at: site.node.startIndex }];
  const isFree = (name: string): boolean => !PYTHON_BUILTINS.has(name) && isFreeName(name, target, uses);
  if (wanted !== undefined) {
    if (!isFree(wanted)) throw new Refusal('name-taken', { name: wanted, file: target.file });
    return wanted;
  }
  const outer = camel(wordsOf(site.symbol.slice(site.symbol.lastIndexOf('.') + 1)));
  const found = [className, `${outer}${className}`, `${className}State`].find(isFree);
  if (found === undefined) throw new Refusal('name-taken', { name: className, file: target.file });
  return found;
}
