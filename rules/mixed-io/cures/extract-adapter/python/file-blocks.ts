import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import type { Input, Piece } from './piece';
import type { Subject } from './subject';

/** What the block of an opened file does with it. */
interface FileBlock {
  /** `read_text`, `write_json`. */
  readonly operation: string;
  /** What is written, where it is one value; of an archive, where it is unpacked to. */
  readonly content: SyntaxNode | undefined;
}

/**
 * The one operation that a `with open(...)` block is: it reads the file, parses it or writes it, and no more.
 * @returns undefined where the block does anything else
 */
export function fileBlockOf(
  piece: Pick<Piece, 'site' | 'statements' | 'end'>,
  { document }: Subject,
): FileBlock | undefined {
  const [statement, other] = piece.statements;
  if (!statement || other || statement.type !== 'with_statement') return undefined;
  const items = statement.descendantsOfType('with_item');
  const target = items[0]?.descendantsOfType('as_pattern_target')[0];
  const body = statement.childForFieldName('body');
  if (!target || !body || items.length > 1) return undefined;
  const handle = textOf(document, target);
  if (/^(?:zipfile|tarfile)\./.test(piece.site.call.path)) return archiveBlockOf(piece, handle, body, document);
  const mode = modeOf(piece.site.callee.parent!, piece.site.call.path, (node) => textOf(document, node));
  const moved = body.namedChildren.filter(({ type, endIndex }) => type !== 'comment' && endIndex <= piece.end);
  const [first, second, third] = moved;
  if (mode === undefined || !first || third) return undefined;
  const value = valueIn(first);
  const found = value && operationOf(value, handle, mode, (node) => textOf(document, node));
  if (!found || !second) return found;
  const text = textOf(document, second);
  if (isReturn(text, first, document)) return found;
  if (!isLineEnd(text, handle)) return undefined;
  // Of a format the line end is no part that anybody asks for.
  return { ...found, operation: found.operation.replace(/_text$/, '_line') };
}

/** `with zipfile.ZipFile(path) as archive: archive.extractall(target)` */
function archiveBlockOf(
  { end }: Pick<Piece, 'end'>,
  handle: string,
  body: SyntaxNode,
  document: Subject['document'],
): FileBlock | undefined {
  const [first, other] = body.namedChildren.filter(({ type, endIndex }) => type !== 'comment' && endIndex <= end);
  const isUnpacked = first && !other && new RegExp(`^${handle}\\.extractall\\(`).test(textOf(document, first));
  if (!isUnpacked) return undefined;
  const args = first.descendantsOfType('call')[0]?.childForFieldName('arguments')?.namedChildren ?? [];
  const [target] = args.filter(({ type }) => !/comment|splat|keyword/.test(type));
  return { operation: 'extract_archive', content: target };
}

/** What an input of a file's block is for: the file, or what is written to it. */
export function roleIn(
  { operation, content }: FileBlock,
  { node }: Input,
  piece: Piece,
  subject: Subject,
): string | undefined {
  if (content?.id === node.id) return contentRole(operation);
  if (operation === 'extract_archive') return isOpened(node, piece) ? 'archive' : undefined;
  return pathOfOpen(piece.site, subject)?.id === node.id ? 'path' : undefined;
}

/** Whether a node is the first thing that the block's opening call is handed. */
function isOpened(node: SyntaxNode, { statements }: Piece): boolean {
  const [item] = statements[0]?.descendantsOfType('with_item') ?? [];
  const [call] = item?.descendantsOfType('call') ?? [];
  return call?.childForFieldName('arguments')?.firstNamedChild?.id === node.id;
}

function contentRole(operation: string): string {
  if (operation === 'extract_archive') return 'target';
  if (operation.endsWith('_text')) return 'text';
  if (operation.endsWith('_line')) return 'line';
  return operation.endsWith('_lines') ? 'lines' : 'data';
}

/** The expression that says which file is opened. */
export function pathOfOpen({ callee, call }: Piece['site'], { document }: Subject): SyntaxNode | undefined {
  if (/Path\.open$/.test(call.path)) return callee.childForFieldName('object') ?? undefined;
  const [first] =
    callee.parent?.childForFieldName('arguments')?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  if (first?.type !== 'keyword_argument') return first;
  return /^file\b/.test(textOf(document, first)) ? (first.childForFieldName('value') ?? undefined) : undefined;
}

/** `return data` behind `data = json.load(f)`. */
function isReturn(text: string, first: SyntaxNode, document: Subject['document']): boolean {
  const assignment = first.firstNamedChild;
  const left = assignment?.type === 'assignment' ? assignment.childForFieldName('left') : null;
  return left !== null && text === `return ${textOf(document, left)}`;
}

/** A line end behind what is written. */
function isLineEnd(text: string, handle: string): boolean {
  return new RegExp(`^${handle}\\.write\\((["'])\\\\n\\1\\)$`).test(text);
}

function valueIn(statement: SyntaxNode): SyntaxNode | undefined {
  const inner = statement.firstNamedChild;
  if (statement.type === 'return_statement') return inner ?? undefined;
  if (statement.type !== 'expression_statement' || !inner) return undefined;
  const value = inner.type === 'assignment' ? inner.childForFieldName('right') : inner;
  return (value?.type === 'await' ? value.firstNamedChild : value) ?? undefined;
}

/** Packages that read and write a format, by its name. */
const FORMATS: Readonly<Record<string, string>> = {
  json: 'json',
  simplejson: 'json',
  ujson: 'json',
  orjson: 'json',
  yaml: 'yaml',
  ruamel: 'yaml',
  toml: 'toml',
  tomllib: 'toml',
  tomli: 'toml',
  tomli_w: 'toml',
  rtoml: 'toml',
  pickle: 'pickle',
  cPickle: 'pickle',
  plistlib: 'plist',
};

function operationOf(
  value: SyntaxNode,
  handle: string,
  mode: string,
  textOfNode: (node: SyntaxNode) => string,
): FileBlock | undefined {
  const text = textOfNode(value);
  const kind = mode.includes('b') ? 'bytes' : 'text';
  const isWritten = /[wax]/.test(mode);
  const name = handle.replace(/[$]/g, '\\$&');
  if (!isWritten) {
    const lines = new RegExp(
      `^(?:list\\(${name}\\)|(?:${name}\\.read\\(\\)\\.(?:strip\\(\\)\\.)?(?:splitlines\\(\\)|split\\(["']\\\\n["']\\))|${name}\\.readlines\\(\\)|` +
        `\\[(\\w+)(?:\\.r?strip\\((?:["']\\\\n["'])?\\))? for \\1 in ${name}(?:\\.readlines\\(\\))?\\]))$`,
    );
    if (lines.test(text)) return { operation: 'read_lines', content: undefined };
    if (new RegExp(`^${name}\\.readline\\(\\)(?:\\.r?strip\\(\\))?$`).test(text))
      return { operation: 'read_first_line', content: undefined };
    if (new RegExp(`^${name}\\.read\\((?:-1)?\\)(?:\\.r?strip\\(\\))?$`).test(text))
      return { operation: `read_${kind}`, content: undefined };
    const parsed = new RegExp(
      `^(\\w+)(?:\\.\\w+)?\\.(?:loads?|safe_load|full_load|unsafe_load)\\(\\s*${name}(?:\\.read\\(\\))?\\s*(?:,\\s*\\w+=[\\w.]+\\s*)*,?\\s*\\)$`,
    ).exec(text)?.[1];
    const format = parsed === undefined ? undefined : FORMATS[parsed];
    return format === undefined ? undefined : { operation: `read_${format}`, content: undefined };
  }
  if (value.type !== 'call') return undefined;
  const callee = textOfNode(value.childForFieldName('function')!);
  const args = value.childForFieldName('arguments')!.namedChildren.filter(({ type }) => type !== 'comment');
  const [first] = args;
  if (!first || /splat|keyword/.test(first.type)) return undefined;
  const verb = mode.includes('a') ? 'append' : mode.includes('x') ? 'create' : 'write';
  if (callee === `${handle}.writelines` && args.length === 1) return { operation: `${verb}_lines`, content: first };
  if (callee === `${handle}.write` && args.length === 1) {
    const dumped =
      first.type === 'call'
        ? /^(\w+)\.(?:dumps|safe_dump|dump)$/.exec(textOfNode(first.childForFieldName('function')!))
        : null;
    const format = dumped ? FORMATS[dumped[1]!] : undefined;
    const inner = first.childForFieldName('arguments')?.namedChildren[0];
    return format === undefined
      ? { operation: `${verb}_${kind}`, content: first }
      : { operation: `${verb}_${format}`, content: inner ?? undefined };
  }
  const dumped = /^(\w+)(?:\.\w+)?\.(?:dump|safe_dump)$/.exec(callee)?.[1];
  const format = dumped === undefined ? undefined : FORMATS[dumped];
  const target = args[1];
  if (format === undefined || !target || textOfNode(target) !== handle) return undefined;
  return { operation: `${verb}_${format}`, content: first };
}

/** The mode that a file is opened with; undefined where that is not written out, or means reading and writing. */
function modeOf(open: SyntaxNode, path: string, textOfNode: (node: SyntaxNode) => string): string | undefined {
  const args = open.childForFieldName('arguments')?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  if (args.some(({ type }) => /splat/.test(type))) return undefined;
  const named = args.find((one) => one.type === 'keyword_argument' && /^mode\b/.test(textOfNode(one)));
  const plain = args.filter(({ type }) => type !== 'keyword_argument')[/Path\.open$/.test(path) ? 0 : 1];
  const mode = named?.childForFieldName('value') ?? plain;
  if (!mode) return 'r';
  const said = /^["']([rwaxbtU]+)["']$/.exec(textOfNode(mode))?.[1];
  return said;
}

/** What runs under a condition or again and again is a decision of the caller, but for a file that grows piece by piece. */
const DECIDES = [
  'if_statement',
  'while_statement',
  'for_statement',
  'try_statement',
  'match_statement',
  'function_definition',
];

/**
 * Whether a block only talks to the outside: what it decides is what becomes of an answer or a failure, in one statement; what it repeats is
 * to save an answer in parts.
 */
export function isProtocol(
  { statements, end, site }: Pick<Piece, 'statements' | 'end' | 'site'>,
  { document }: Subject,
): boolean {
  const isProcess = site.call.kind === 'process';
  // The file that takes what a command writes is opened for it; what goes on with a process is the caller's business.
  if (isProcess && !isOneRun(statements[0]!, site.callee)) return false;
  return statements
    .flatMap((one) => one.descendantsOfType(DECIDES))
    .filter(({ startIndex }) => startIndex < end)
    .every((one) => {
      const body = one.childForFieldName('consequence') ?? one.childForFieldName('body');
      const inner = body?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
      const [only] = inner;
      if (one.type === 'try_statement') return true;
      if (!only || inner.length > 1) return false;
      if (one.type === 'if_statement')
        return /^(?:raise|return)_statement$/.test(only.type) && !one.childForFieldName('alternative');
      return one.type === 'for_statement' && /^(?:await\s+)?\w+\.write\(/.test(textOf(document, only));
    });
}

/** Whether a block is there for one call alone. */
function isOneRun(statement: SyntaxNode, callee: SyntaxNode): boolean {
  const body = statement.childForFieldName('body');
  const inner = body?.namedChildren.filter(({ type }) => type !== 'comment') ?? [];
  return inner.length === 1 && inner[0]!.startIndex <= callee.startIndex && callee.endIndex <= inner[0]!.endIndex;
}
