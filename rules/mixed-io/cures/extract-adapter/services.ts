import type { PythonBinding } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { pythonStringValue } from '../../../../core/syntax/python';
import type { Piece } from './piece';
import { type Subject, textOf } from './subject';

/** How services and programs write their names, where that is not one capital. */
const BRANDS: Readonly<Record<string, string>> = {
  huggingface: 'HuggingFace',
  openai: 'OpenAI',
  github: 'GitHub',
  gitlab: 'GitLab',
  youtube: 'YouTube',
  duckduckgo: 'DuckDuckGo',
  vllm: 'Vllm',
  ollama: 'Ollama',
  docker: 'Docker',
  slack: 'Slack',
  stripe: 'Stripe',
  anthropic: 'Anthropic',
  telegram: 'Telegram',
  discord: 'Discord',
  azure: 'Azure',
  tavily: 'Tavily',
  openrouter: 'OpenRouter',
};

/** Packages whose names are not those of their services. */
const SDKS: Readonly<Record<string, string>> = {
  huggingface_hub: 'huggingface',
  slack_sdk: 'slack',
  boto3: 'aws',
  botocore: 'aws',
  aioboto3: 'aws',
  aiobotocore: 'aws',
  googleapiclient: 'google',
  vertexai: 'google',
  sentence_transformers: 'huggingface',
  transformers: 'huggingface',
  peft: 'huggingface',
  diffusers: 'huggingface',
};

/** Words of class names that say what kind of class it is, and not what it is about. */
const CLASS_KIND =
  /^(?:Base|Abstract|Provider|Manager|Service|Registry|Controller|Engine|Skill|Handler|Plugin|Monitor|Store|Executor|Command|Client|Agent|Worker|Helper|Impl|Mixin|View|Set|Runner|Adapter|Backend|Health)$/;

/** The service that a piece talks to, in lower case; undefined where nothing in it says. */
export function serviceOf(piece: Piece, subject: Subject): string | undefined {
  const { call } = piece.site;
  switch (call.kind) {
    case 'http':
      return hostOf(piece, subject) ?? portOf(piece, subject) ?? brandIn(nearWords(piece, subject));
    case 'cloud': {
      const root = call.path.split('.')[0]!;
      if (/^(?:google|azure)$/.test(root)) return root;
      return SDKS[root] ?? root;
    }
    case 'process':
      return programOf(piece, subject);
    default:
      return undefined;
  }
}

/** `https://api.github.com/...` is GitHub's: followed from the URL's argument to what the variables in it are set to. */
function hostOf(piece: Piece, subject: Subject): string | undefined {
  return serviceOfHost(urlText(piece, subject));
}

/** The service whose host a text names, in lower case. */
export function serviceOfHost(text: string): string | undefined {
  const host = /https?:\/\/([A-Za-z\d.-]+\.[A-Za-z]{2,})(?=[/:"'?{`$\s]|$)/.exec(text)?.[1];
  if (host === undefined || /^[\d.]+$/.test(host) || /\.(?:local|internal|lan|example|invalid|test)$/.test(host))
    return undefined;
  const labels = host.toLowerCase().split('.');
  const last = labels.length - 1;
  const isTwoPart = /^(?:co|com|org|gov|ac|net)$/.test(labels[last - 1] ?? '') && labels[last]!.length === 2;
  const name = labels[last - (isTwoPart ? 2 : 1)] ?? '';
  if (name === '' || name === 'example') return undefined;
  const bare = name.replace(/apis$/, '').replace(/[^a-z\d]/g, '');
  return HOSTS[bare] ?? bare;
}

/** Hosts that are not named after their service. */
const HOSTS: Readonly<Record<string, string>> = { githubusercontent: 'github', steampowered: 'steam' };

/** Services that are known by their port on whatever machine. */
export const PORTS: Readonly<Record<string, string>> = {
  11434: 'ollama',
  9200: 'elasticsearch',
  6333: 'qdrant',
  9090: 'prometheus',
  8500: 'consul',
  2375: 'docker',
};

function portOf(piece: Piece, subject: Subject): string | undefined {
  const port = /https?:\/\/[\w.-]+:(\d+)/.exec(urlText(piece, subject))?.[1];
  return port && PORTS[port];
}

/** The text of the URL's argument, and of the values of the names in it. */
export function urlText(piece: Piece, subject: Subject): string {
  const url = urlNode(piece, subject);
  return url ? expanded(url, subject, 3) : '';
}

/** The argument that is the URL; with its keyword, where it has one. */
export function urlNode(piece: Piece, { document }: Subject): SyntaxNode | undefined {
  return piece.site.callee
    .parent!.childForFieldName('arguments')
    ?.namedChildren.find(
      (one) => one.type !== 'comment' && (one.type !== 'keyword_argument' || /^url\b/.test(textOf(document, one))),
    );
}

function expanded(node: SyntaxNode, subject: Subject, depth: number): string {
  const { document } = subject;
  let text = textOf(document, node);
  if (depth === 0) return text;
  for (const name of node.descendantsOfType(['identifier', 'attribute'])) {
    const value = assignedValue(name, subject);
    if (value && value.startIndex !== node.startIndex) text += ` ${expanded(value, subject, depth - 1)}`;
  }
  return text;
}

/** What a name or `self.x` is set to, where that is written once. */
function assignedValue(node: SyntaxNode, { document, model, unit }: Subject): SyntaxNode | undefined {
  if (node.type === 'identifier') {
    const binding = model.bindingAt(node.startIndex) as PythonBinding | undefined;
    for (const { start } of binding?.writes ?? []) {
      const target = document.root.namedDescendantForIndex(start, start);
      const parent = target?.parent;
      const value = parent?.childForFieldName('right') ?? parent?.childForFieldName('value');
      if (value && /assignment$|default_parameter$/.test(parent!.type)) return value;
    }
    return undefined;
  }
  const name = /^(?:self|cls)\.(\w+)$/.exec(textOf(document, node))?.[1];
  if (name === undefined) return undefined;
  const text = textOf(document, unit);
  const assigned = new RegExp(`(?:\\bself\\.|\\n[ \\t]+)${name}[ \\t]*(?::[^=\\n]+)?=(?!=)\\s*`).exec(text);
  if (!assigned) return undefined;
  const at = unit.startIndex + assigned.index + assigned[0].length;
  let value = document.root.namedDescendantForIndex(at, at + 1);
  while (value?.parent && value.parent.startIndex === at && !/assignment|statement/.test(value.parent.type))
    value = value.parent;
  return value ?? undefined;
}

/** The program that is run, where the first word of its command is written there. */
export function programOf(piece: Piece, subject: Subject): string | undefined {
  const [first] = commandOf(piece, subject);
  if (first === undefined || first.startsWith('-')) return undefined;
  const name = first
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.(?:exe|sh|py)$/, '');
  return /^[A-Za-z][\w.+-]*$/.test(name)
    ? name
        .toLowerCase()
        .replace(/[^a-z\d]+/g, '_')
        .replace(/_\d*$/, '')
    : undefined;
}

/** The constant words at the start of a command line. */
export function commandOf(piece: Piece, subject: Subject): string[] {
  const { callee, call } = piece.site;
  const list = callee.parent?.type === 'argument_list' ? callee.parent : callee.parent?.childForFieldName('arguments');
  const args = (list?.namedChildren ?? []).filter((one) => one.type !== 'comment' && one.id !== callee.id);
  if (!/^(?:subprocess|asyncio|anyio|trio|os)\./.test(call.path)) return [];
  let [first] = args;
  if (first?.type === 'identifier') first = assignedValue(first, subject) ?? first;
  if (first?.type === 'list' || first?.type === 'tuple') return constants(first.namedChildren, subject);
  const text = first && stringStart(first, subject);
  if (text === undefined) return [];
  if (/create_subprocess_exec$/.test(call.path)) return constants(args, subject);
  return text.trim().split(/\s+/);
}

/** The words of a command that are written out, wherever they stand in it: `pull` of `[self.binary, "pull", name]`. */
export function wordsInCommand(piece: Piece, { document }: Subject): string[] {
  const list = piece.site.callee.parent?.childForFieldName('arguments') ?? piece.site.callee.parent;
  const [command] = list?.descendantsOfType(['list', 'tuple']) ?? [];
  const nodes = command?.namedChildren ?? list?.namedChildren ?? [];
  return nodes.flatMap((one) => (one.type === 'string' ? (pythonStringValue(one, document.source)?.value ?? []) : []));
}

/** The text of a literal, of an f-string that before its first value. */
function stringStart(node: SyntaxNode, { document }: Subject): string | undefined {
  const value = pythonStringValue(node, document.source)?.value;
  if (value !== undefined) return value;
  return node.type === 'string' ? /^[fF]["']([\w ./-]*)/.exec(textOf(document, node))?.[1] : undefined;
}

function constants(nodes: readonly SyntaxNode[], { document }: Subject): string[] {
  const found: string[] = [];
  for (const node of nodes) {
    if (node.type === 'comment') continue;
    const value = pythonStringValue(node, document.source)?.value;
    if (value === undefined) break;
    found.push(value);
  }
  return found;
}

/** Names in the URL, of the class, and of the method. */
function nearWords(piece: Piece, subject: Subject): string[] {
  // Neither hosts nor the functions that put the URL together.
  const url = urlText(piece, subject).replace(/https?:\/\/\S*|\w+\(/g, '');
  return [url, subject.symbol, piece.site.methodName].flatMap(wordsOf);
}

/** The first well-known service among some words, in lower case. */
export function brandIn(words: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    if (Object.hasOwn(BRANDS, word)) return word;
    const pair = `${word}${words[at + 1] ?? ''}`;
    if (Object.hasOwn(BRANDS, pair)) return pair;
  }
  return undefined;
}

/**
 * `HuggingFace`, `Git`, `NvidiaSmi`.
 * @param symbol a class whose name may spell it: `EpicGames`
 */
export function brandName(service: string, symbol = ''): string {
  const at = symbol.toLowerCase().indexOf(service.replaceAll('_', ''));
  const spelled = at < 0 ? '' : symbol.slice(at, at + service.replaceAll('_', '').length);
  const isWhole = /^[A-Z]/.test(spelled) && !/^[a-z]/.test(symbol.slice(at + spelled.length));
  if (isWhole && !Object.hasOwn(BRANDS, service)) return spelled;
  return service
    .split('_')
    .map((word) => BRANDS[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** What a class is about: its name without the words that say what kind of class it is. */
export function stemOf(subject: Subject): string {
  return stemOfName(subject.symbol.split('.').at(-1)!, subject.isClass, moduleOf(subject));
}

/** @param module the name of the file around, without its ending */
export function stemOfName(name: string, isClass: boolean, module: string): string {
  if (!isClass) {
    const isShort = name !== '' && wordsOf(name).length <= 3;
    return pascal(isShort ? name.replace(/^_+/, '') : module.replace(/(?<=[^s])s$/, ''));
  }
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z][a-z\d]*|[a-z\d]+/g) ?? [name];
  const kept = [...words];
  while (kept.length > 1 && CLASS_KIND.test(kept.at(-1)!)) kept.pop();
  const stem = kept.join('');
  if (!CLASS_KIND.test(stem)) return stem;
  // `class Command` of a module that is named after what it does.
  return module === '__init__' ? stem : pascal(module);
}

function moduleOf({ document }: Subject): string {
  return document.file.split('/').at(-1)!.replace(/\.py$/, '');
}

function pascal(name: string): string {
  return name
    .split(/[_.-]/)
    .filter((one) => one !== '')
    .map((one) => one.charAt(0).toUpperCase() + one.slice(1))
    .join('');
}

export function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z\d]+/g) ?? []).map((one) => one.toLowerCase());
}

/** `model_registry` for `ModelRegistry`. */
export function snake(name: string): string {
  return wordsOf(name).join('_');
}
