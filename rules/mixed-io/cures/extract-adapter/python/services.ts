import type { SyntaxNode } from '../../../../../core/syntax/node';
import { pythonStringValue } from '../../../../../core/syntax/python';
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

export const SERVICES: ServiceLanguage<Subject, Placed> = {
  urlText,
  noService: /https?:\/\/\S*|\w+\(/g,
  sdkOf(path) {
    const root = path.split('.')[0]!;
    if (/^(?:google|azure)$/.test(root)) return root;
    return SDKS[root] ?? root;
  },
  programOf,
};

/** The text of the URL's argument, and of the values of the names in it. */
export function urlText(piece: Placed, subject: Subject): string {
  const url = urlNode(piece, subject);
  return url
    ? expanded(url, 3, {
        names: ['identifier', 'attribute'],
        textOf: (node) => textOf(subject.document, node),
        valueOf: (name) => assignedValue(name, subject),
      })
    : '';
}

/** The argument that is the URL; with its keyword, where it has one. */
export function urlNode(piece: Placed, { document }: Subject): SyntaxNode | undefined {
  const args = piece.site.callee.parent!.childForFieldName('arguments')?.namedChildren ?? [];
  const isUrl = (one: SyntaxNode): boolean => one.type !== 'keyword_argument' || /^url\b/.test(textOf(document, one));
  const [first, second] = args.filter((one) => one.type !== 'comment' && isUrl(one));
  // `request("GET", url)`
  const isMethod = first?.type === 'string' && /^["'][A-Z]+["']$/.test(textOf(document, first));
  return isMethod && /\.(?:request|stream)$/.test(piece.site.call.path) ? second : first;
}

/** What a name or `self.x` is set to, where that is written once. */
function assignedValue(node: SyntaxNode, { document, model, unit }: Subject): SyntaxNode | undefined {
  if (node.type === 'identifier') {
    for (const { start } of model.bindingAt(node.startIndex)?.writes ?? []) {
      const target = document.root.namedDescendantForIndex(start, start);
      const parent = target?.parent;
      const value = parent?.childForFieldName('right') ?? parent?.childForFieldName('value');
      if (value && /assignment$|default_parameter$/.test(parent!.type)) return value;
    }
    return undefined;
  }
  const name = /^(?:self|cls)\.(\w+)$/.exec(textOf(document, node))?.[1];
  if (name === undefined) return undefined;
  return assignedIn(unit, new RegExp(`(?:\\bself\\.|\\n[ \\t]+)${name}[ \\t]*(?::[^=\\n]+)?=(?!=)\\s*`), document);
}

/** The program that is run, where the first word of its command is written there. */
export function programOf(piece: Placed, subject: Subject): string | undefined {
  return programIn(commandOf(piece, subject), /\.(?:exe|sh|py)$/);
}

/** The constant words at the start of a command line. */
export function commandOf(piece: Placed, subject: Subject): string[] {
  const { callee, call } = piece.site;
  const list = callee.parent?.type === 'argument_list' ? callee.parent : callee.parent?.childForFieldName('arguments');
  const args = (list?.namedChildren ?? []).filter((one) => one.type !== 'comment' && one.id !== callee.id);
  if (!/^(?:subprocess|asyncio|anyio|trio|os)\./.test(call.path)) return [];
  let [first] = args;
  if (first?.type === 'identifier') first = assignedValue(first, subject) ?? first;
  if (first?.type === 'list' || first?.type === 'tuple')
    return leadingStrings(first.namedChildren, (one) => stringValue(one, subject));
  const text = first && stringStart(first, subject);
  if (text === undefined) return [];
  if (/create_subprocess_exec$/.test(call.path)) return leadingStrings(args, (one) => stringValue(one, subject));
  return text.trim().split(/\s+/);
}

/** The words of a command that are written out, wherever they stand in it: `pull` of `[self.binary, "pull", name]`. */
export function wordsInCommand(piece: Placed, subject: Subject): string[] {
  const list = piece.site.callee.parent?.childForFieldName('arguments') ?? piece.site.callee.parent;
  const written = list?.descendantsOfType(['list', 'tuple'])[0];
  const named = written ? undefined : list?.namedChildren.find(({ type }) => type !== 'comment');
  const value = named?.type === 'identifier' ? assignedValue(named, subject) : undefined;
  const command = written ?? (value && /^(?:list|tuple)$/.test(value.type) ? value : undefined);
  const nodes = command?.namedChildren ?? list?.namedChildren ?? [];
  return nodes.flatMap((one) => (one.type === 'string' ? (stringValue(one, subject) ?? []) : []));
}

/** The text of a literal, of an f-string that before its first value. */
function stringStart(node: SyntaxNode, subject: Subject): string | undefined {
  const value = stringValue(node, subject);
  if (value !== undefined) return value;
  // `"mkdir -p %s" % path` and `"rm " + path`
  const left = node.type === 'binary_operator' ? node.childForFieldName('left') : null;
  if (left) return stringStart(left, subject)?.replace(/\s*%[sdr(][\s\S]*$/, '');
  return node.type === 'string' ? /^[fF]["']([\w ./-]*)/.exec(textOf(subject.document, node))?.[1] : undefined;
}

function stringValue(node: SyntaxNode, { document }: Subject): string | undefined {
  return pythonStringValue(node, document.source)?.value;
}

/** What a class or function is about. */
export function stemOf({ symbol, isClass, document }: Subject): string {
  return stemOfName(symbol.split('.').at(-1)!, isClass, moduleName(document.file));
}
