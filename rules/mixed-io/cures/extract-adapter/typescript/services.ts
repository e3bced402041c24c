import type { SyntaxNode } from '../../../../../core/syntax/node';
import { typeScriptStringValue } from '../../../../../core/syntax/typescript';
import { programIn, type ServiceLanguage } from '../services';
import { moduleName, stemOfName } from '../stem';
import { textOf } from '../subject';
import { assignedIn, expanded, leadingStrings } from '../values';
import type { Site } from './site';
import type { Subject } from './subject';

/** What stands at a call. */
interface Placed {
  readonly site: Site;
}

/** Packages whose names are not those of their services. */
const SDKS: readonly (readonly [RegExp, string])[] = [
  [/^@anthropic-ai\//, 'anthropic'],
  [/^@(?:octokit)\/|^octokit$/, 'github'],
  [/^@slack\//, 'slack'],
  [/^@supabase\//, 'supabase'],
  [/^@sendgrid\//, 'sendgrid'],
  [/^@huggingface\//, 'huggingface'],
  [/^@xenova\//, 'transformers'],
  [/^@mistralai\//, 'mistral'],
  [/^@azure\//, 'azure'],
  [/^@google\/gen|^@google\/generative/, 'gemini'],
  [/^(?:@google-cloud\/|googleapis)/, 'google'],
  [/^firebase/, 'firebase'],
  [/^groq-sdk/, 'groq'],
  [/^cohere-ai/, 'cohere'],
  [/^aws-sdk/, 'aws'],
  [/^ai\b/, 'model'],
];

export const SERVICES: ServiceLanguage<Subject, Placed> = {
  urlText,
  noService: /https?:\/\/\S*/g,
  sdkOf,
  programOf,
};

function sdkOf(path: string): string {
  const aws = /^@aws-sdk\/(?:client|lib)-([a-z\d]+)/.exec(path)?.[1];
  if (aws !== undefined) return aws;
  const known = SDKS.find(([pattern]) => pattern.test(path))?.[1];
  return (
    known ??
    path
      .split(/[./]/)[0]!
      .replace(/[^a-z\d]/gi, '')
      .toLowerCase()
  );
}

/** The arguments of the call that does the I/O, without comments. */
export function argumentsOf({ site: { callee } }: Placed): readonly SyntaxNode[] {
  const list = callee.parent?.childForFieldName('arguments');
  if (list?.type === 'template_string') return [list];
  return list?.namedChildren.filter((one) => one.type !== 'comment') ?? [];
}

/** The text of the URL, and of the values of the names in it. */
export function urlText(piece: Placed, subject: Subject): string {
  const [first] = argumentsOf(piece);
  const value = first?.type === 'identifier' ? (assignedValue(first, subject) ?? first) : first;
  const url = value?.type === 'object' ? valueOfKey(value, /^(?:url|uri|baseURL)$/, subject) : first;
  return url
    ? expanded(url, 3, {
        names: ['identifier', 'member_expression'],
        // Addresses in comments belong to somebody else.
        textOf: (node) => textOf(subject.document, node).replace(/(^|\s)\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1'),
        valueOf: (name) => assignedValue(name, subject),
      })
    : '';
}

export function valueOfKey(object: SyntaxNode, key: RegExp, { document }: Subject): SyntaxNode | undefined {
  const pair = object.namedChildren.find(
    (one) => one.type === 'pair' && key.test(textOf(document, one.childForFieldName('key')!)),
  );
  return pair?.childForFieldName('value') ?? undefined;
}

/** What a name or `this.x` is set to: its variable's, parameter's or field's value. */
function assignedValue(node: SyntaxNode, { document, model, unit }: Subject): SyntaxNode | undefined {
  if (node.type === 'identifier') {
    const [write] = model.bindingAt(node.startIndex)?.writes ?? [];
    const holder = write && document.root.namedDescendantForIndex(write.start, write.end)?.parent;
    return holder &&
      /^(?:variable_declarator|required_parameter|optional_parameter|assignment_pattern)$/.test(holder.type)
      ? (holder.childForFieldName('value') ?? holder.childForFieldName('right') ?? undefined)
      : undefined;
  }
  const name = /^this\.(#?[\w$]+)$/.exec(textOf(document, node))?.[1]?.replace(/[$]/g, '\\$&');
  if (name === undefined) return undefined;
  return assignedIn(
    unit,
    new RegExp(
      `(?:\\bthis\\.|[\\n(,][ \\t]*(?:(?:private|public|protected|readonly|static|override)[ \\t]+)*)${name}[ \\t]*(?::[^=\\n]+)?=(?![=>])\\s*`,
    ),
    document,
  );
}

/** The program that is run, where the first word of its command is written there. */
export function programOf(piece: Placed, subject: Subject): string | undefined {
  return programIn(commandOf(piece, subject), /\.(?:exe|sh|cmd|js|py)$/);
}

/** The constant words at the start of a command line. */
export function commandOf(piece: Placed, subject: Subject): string[] {
  const { call } = piece.site;
  if (/^(?:process|globalThis\.process)\b/.test(call.path)) return [];
  const [first, second] = argumentsOf(piece);
  const text = first && stringStart(first, subject);
  if (text === undefined) return [];
  const list = second && (second.type === 'array' ? second : assignedValue(second, subject));
  const words =
    list?.type === 'array'
      ? leadingStrings(list.namedChildren, (one) => typeScriptStringValue(one, subject.document.source))
      : [];
  return [...text.trim().split(/\s+/), ...words].filter((one) => one !== '');
}

/** The words of a command that are written out behind what is put into it: `pull` of `[...flags, 'pull', name]`. */
export function wordsInCommand(piece: Placed, subject: Subject): string[] {
  const list = argumentsOf(piece).find(({ type }) => type === 'array');
  const items = list?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  if (items[0]?.type !== 'spread_element') return [];
  return items.flatMap((one) => typeScriptStringValue(one, subject.document.source) ?? []);
}

/** The text of a literal, of a template that before its first value; of a name that of its value. */
function stringStart(node: SyntaxNode, subject: Subject): string | undefined {
  const value = /^(?:identifier|member_expression)$/.test(node.type) ? assignedValue(node, subject) : node;
  if (!value) return undefined;
  const plain = typeScriptStringValue(value, subject.document.source);
  if (plain !== undefined) return plain;
  if (value.type !== 'template_string') return undefined;
  // A word that a value goes on is not the whole word.
  return /^`([\w ./-]*)/.exec(textOf(subject.document, value))?.[1]?.replace(/(?<= )\S+$/, '');
}

/** What a class or function is about. */
export function stemOf({ symbol, isClass, document }: Subject): string {
  return stemOfName(symbol.split('.').at(-1)!, isClass, moduleName(document.file));
}
