import { isFreeName } from '../../../../core/edit/python/new-module/free-name';
import type { CodeTarget } from '../../../../core/edit/python/new-module/target';
import { Refusal } from '../../../../core/edit/refusal';
import { PYTHON_BUILTINS } from '../../../../core/semantics/python/builtins';
import type { PythonBinding } from '../../../../core/semantics/python/index';
import { PYTHON_KEYWORDS } from '../../../../core/syntax/reserved-words';
import { verbOf } from '../../../../core/text/agent-noun';
import { pascalOf, snakeOf, wordsOf } from '../../../../core/text/words';
import { isGenerator } from '../../python';
import { classNameOf, type Evidence, sharedWords } from './class-name';
import { growing } from './growing';
import { refusal } from './guards';
import { isTakenBack } from './life';
import { isInside, nodeAt, type Site, textOf, viewsOf } from './site';

export interface Names {
  readonly className: string;
  /** What becomes of the callback's own name. */
  readonly method: string;
  /** The methods of all functions that go along. */
  readonly methods: ReadonlyMap<PythonBinding, string>;
  /** What the function around the callback calls the object. */
  readonly variable: string;
}

/** Calls that run a function once on its own. */
export const RUNS =
  /(?:^|\.)(?:Thread|Process|Timer|submit|start_soon|start_new_thread|run_in_executor|spawn\w*|\w*Thread|\w*Task|Worker)$/;

/** The class after what is known of the callbacks, its methods, and a variable that is free. */
export function namesOf(site: Site, taken: ReadonlySet<string>, wanted: string | undefined): Names {
  const className = wanted ?? classNameOf(evidenceOf(site));
  if (className === undefined) throw refusal('no-name', site, site.node);
  const methods = new Map<PythonBinding, string>();
  for (const { binding, name } of site.handlers) {
    // Among several the own name says which of them it is.
    const method = site.handlers.length > 1 ? methodName(name) : onlyMethod(site, className);
    methods.set(binding, taken.has(method) ? `${method}_once` : method);
  }
  return { className, method: methods.get(site.binding)!, methods, variable: freeVariable(className, site) };
}

function evidenceOf(site: Site): Evidence {
  const { symbol, document, outer, handlers, captured, passedTo } = site;
  const [own = '', ...holders] = symbol.split('.').reverse();
  const around = [own, ...holders].map((name) => ({ words: wordsOf(name), isClass: /^_*[A-Z]/.test(name) }));
  const size = handlers.reduce((sum, { node }) => sum + node.endIndex - node.startIndex, 0);
  const isOne = handlers.length === 1;
  const fileName = document.file.slice(document.file.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return {
    // Several are named after what they do together.
    own: isOne ? wordsOf(standsFor(site) ?? site.name) : sharedWords(handlers.map(({ name }) => name)),
    event: isOne ? eventWords(passedTo[0] ?? '') : [],
    source: [],
    isAlone: false,
    around,
    file: wordsOf(fileName),
    isOneOfMany: false,
    role: isOne || /^(?:worker|returned)$/.test(roleOf(site)) ? roleOf(site) : 'callback',
    grows: growing(
      [...captured.writes, ...captured.mutates].map((one) => ({
        name: one.name,
        first: firstValue(one, site),
        isSeen: one.reads.some((read) => !isInside(read, site)),
      })),
      handlers.map(({ node }) => textOf(document, node)).join('\n'),
    ),
    isMost: !isOne || size * 2 > outer.endIndex - outer.startIndex,
  };
}

function roleOf({ passedTo, node }: Site): Evidence['role'] {
  if (passedTo.some((one) => RUNS.test(one))) return 'worker';
  if (isGenerator(node)) return 'generator';
  return passedTo.every((one) => one === 'return') ? 'returned' : 'callback';
}

/** `module.create_writer = new_func`: the function is what it stands for. */
function standsFor({ binding, document, name }: Site): string | undefined {
  if (!/^_*(?:new|patched|wrapped|custom|my|inner)_|_(?:func|fn|wrapper)$/.test(name)) return undefined;
  for (const read of binding.reads) {
    const { parent } = nodeAt(document, read);
    const left = parent?.type === 'assignment' ? parent.childForFieldName('left') : undefined;
    if (left?.type === 'attribute') return textOf(document, left.childForFieldName('attribute')!);
  }
  return undefined;
}

/** `message` of `client.on("message")`, `done` of `add_done_callback`, `chunk` of `on_chunk`. */
function eventWords(to: string): string[] {
  const said = /\(["']([\w:.-]+)["']\)$/.exec(to)?.[1];
  const named = /(?:^|\.)(?:on|add|set|register)_(\w+?)(?:_(?:callback|handler|listener|hook))?$/.exec(to)?.[1];
  return wordsOf(said ?? named ?? '').filter((word) => !/^(?:callback|handler|listener|hook|event)$/.test(word));
}

function firstValue({ writes }: PythonBinding, { document }: Site): string {
  const parent = writes[0] && nodeAt(document, writes[0]).parent;
  const value = parent?.type === 'assignment' ? parent.childForFieldName('right') : undefined;
  return value ? textOf(document, value) : '';
}

/** The method of a class that has no other. */
function onlyMethod(site: Site, className: string): string {
  const words = wordsOf(site.name);
  const role = roleOf(site);
  if (role === 'worker') return 'run';
  // What a `LineReader` does is to read.
  const verb = verbOf(wordsOf(className).at(-1)!);
  if (verb !== undefined && snakeOf(className) === words.join('_')) return verb;
  const isHandled =
    /^(?:on|handle|receive|received)$/.test(words[0] ?? '') ||
    /^(?:callback|cb|handler|hook|listener)$/.test(words.at(-1) ?? '');
  if (isHandled) return 'handle';
  const isEmpty = words.every((word) => NOTHING.test(word) || word.length < 2);
  if (role === 'returned') return isEmpty ? (verb ?? 'call') : words.join('_');
  return words.join('_').length < 3 ? 'handle' : words.join('_');
}

/** Names that are as good as none. */
const NOTHING = /^(?:fn|func|function|wrapper|inner|closure|f|g|h|_)$/;

/** A name with a leading underscore is none of the class's own secrets: the function around it calls the method. */
function methodName(name: string): string {
  const bare = name.replace(/^_+/, '');
  return PYTHON_KEYWORDS.has(bare) || bare === '' ? name : bare;
}

/**
 * A name that the function around the callback does not use for anything yet.
 * @throws Refusal `name-taken`
 */
function freeVariable(className: string, site: Site): string {
  const { model, outer, document } = site;
  // The functions themselves go, and with them all that is said of them.
  const gone = new Set(viewsOf(site).flatMap((view) => (isTakenBack(view) ? [] : view.binding)));
  const used = new Set(
    model.occurrences
      .filter((one) => outer.startIndex <= one.start && one.start < outer.endIndex)
      .filter((one) => !(one.symbol.binding && gone.has(one.symbol.binding)))
      .map((one) => document.source.slice(one.start, one.end)),
  );
  const words = wordsOf(className);
  const candidates = [words, words.slice(-2), words.slice(-1), [...words, 'object']].map(snakeOf);
  const found = candidates.find((name) => !used.has(name) && !PYTHON_KEYWORDS.has(name) && !PYTHON_BUILTINS.has(name));
  if (found === undefined) throw new Refusal('name-taken', { name: candidates[0]!, file: document.file });
  return found;
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
  const outer = pascalOf(site.symbol.slice(site.symbol.lastIndexOf('.') + 1));
  const found = [className, `${outer}${className}`, `${className}State`].find(isFree);
  if (found === undefined) throw new Refusal('name-taken', { name: className, file: target.file });
  return found;
}
