import { readdirSync, readFileSync } from 'node:fs';
import { ChangeBuilder } from '../../core/edit/change-builder';
import { contentHash } from '../../core/edit/change-set';
import { PythonEditor } from '../../core/edit/python/editor';
import { Refusal } from '../../core/edit/refusal';
import type { Document, Snapshot } from '../../core/edit/snapshot';
import { type StyleSettings, styleOf } from '../../core/edit/style';
import { applyEdits, type TextEdit } from '../../core/edit/text-edit';
import { parsedFile } from '../../core/facts/parse';
import { WorkspaceModules } from '../../core/modules/index';
import type { SyntaxEngine } from '../../core/syntax/engine';
import type { SyntaxNode } from '../../core/syntax/node';
import { SourceFile } from '../../core/text/source-file';

/** One operation of a fixture: `insertAfter: x = 1`, with its code in the line (behind `|`) or in the block below. */
interface Operation {
  readonly method: string;
  /** Text that is looked up in the file: the operation is meant for what holds its first occurrence. */
  readonly anchor: string;
  readonly code: string;
  readonly position?: number;
}

export interface EditCase {
  readonly topic: string;
  readonly title: string;
  readonly before: string;
  readonly operations: readonly Operation[];
  /** The text after, or the code of a refusal. */
  readonly after: string;
  readonly isRefusal: boolean;
}

const FOLDER = new URL('./python/', import.meta.url);
const PART = /^```py(?<label>[^\n]*)\n(?<block>(?:(?!```)[^\n]*\n)*)```$|^`(?<line>[^`\n]+)`$/gm;

/** Reads the fixtures: `→` is a tab, `␍` a carriage return, `␌` a form feed, `∎` the end of a text without final newline. */
export function editCases(): EditCase[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .flatMap((name) => {
      const text = readFileSync(new URL(name, FOLDER), 'utf8');
      return text
        .split(/^## /m)
        .slice(1)
        .map((section) => readCase(name.replace('.md', ''), section));
    });
}

function readCase(topic: string, section: string): EditCase {
  const title = section.slice(0, section.indexOf('\n')).trim();
  const parts = [...section.matchAll(PART)].map(({ groups }) => groups!);
  const [first, ...rest] = parts;
  const last = rest.pop();
  if (!first || !last || first.block === undefined)
    throw new Error(`${topic}: ${title}: before, operations, after expected`);
  const operations: Operation[] = [];
  for (const { line, block } of rest) {
    if (line !== undefined) operations.push(readOperation(line));
    else operations.push({ ...operations.pop()!, code: visible(block!).replace(/\n$/, '') });
  }
  const isRefusal = last.block === undefined;
  const after = isRefusal ? last.line!.replace(/^refused: /, '') : visible(last.block!);
  return { topic, title, before: visible(first.block), operations, after, isRefusal };
}

function readOperation(line: string): Operation {
  const [, method, anchor, code = '', position] = /^(\w+): (.*?)(?: \| (.*?))?(?: @ (\d+))?$/.exec(line)!;
  return { method: method!, anchor: anchor!, code, ...(position === undefined ? {} : { position: Number(position) }) };
}

function visible(text: string): string {
  return text.replaceAll('→', '\t').replaceAll('␍', '\r').replaceAll('␌', '\f').replace(/∎\n$/, '');
}

export function pythonDocument(
  text: string,
  engine: SyntaxEngine,
  settings: StyleSettings = {},
): Document & { free(): void } {
  const tree = engine.parse(text, 'python');
  const source = new SourceFile(text);
  const style = styleOf(source, 'python', settings);
  // The getters of a parsed file stay lazy, which they would not if it were spread.
  return Object.assign(parsedFile(tree.rootNode, source, 'python'), {
    file: 'example.py',
    hash: contentHash(text),
    style,
    free: () => tree.delete(),
  });
}

export const NO_SNAPSHOT: Snapshot = {
  files: [],
  modules: new WorkspaceModules([], () => undefined),
  facts: () => undefined,
  open: (file) => Promise.reject(new Refusal('unreadable', { file })),
  exists: async () => false,
};

/** The edits that an action makes in a document. */
export function editsOf(document: Document, action: (editor: PythonEditor) => void): readonly TextEdit[] {
  const changes = new ChangeBuilder(NO_SNAPSHOT);
  action(new PythonEditor(document, changes));
  return changes.build().changes[0]?.edits ?? [];
}

/** Carries a case out: the edits, or the code of the refusal. */
export function runCase(
  { before, operations }: EditCase,
  engine: SyntaxEngine,
): { edits: readonly TextEdit[]; after: string } | string {
  const document = pythonDocument(before, engine, { lineLength: 60 });
  try {
    const edits = editsOf(document, (editor) => {
      for (const operation of operations) operate(editor, operation);
    });
    return { edits, after: applyEdits(before, edits) };
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  } finally {
    document.free();
  }
}

function operate(editor: PythonEditor, { method, anchor, code, position }: Operation): void {
  const { root } = editor.document;
  switch (method) {
    case 'insertBefore':
    case 'insertAfter':
    case 'replaceStatement':
      editor[method](nodeAt(root, editor.document.source, anchor), code);
      break;
    case 'prependToBlock':
    case 'appendToBlock':
      editor[method](climb(nodeAt(root, editor.document.source, anchor), isOwner), code);
      break;
    case 'removeStatement':
      editor.removeStatement(nodeAt(root, editor.document.source, anchor));
      break;
    case 'removeStatements':
    case 'removeStatementsWithComments':
      editor.removeStatements(nodesAt(editor, anchor), { withComments: method.endsWith('Comments') });
      break;
    case 'moveBefore': {
      const nodes = nodesAt(editor, anchor);
      editor.insertBefore(nodeAt(root, editor.document.source, code), editor.copyStatements(nodes, true));
      editor.removeStatements(nodes, { withComments: true });
      break;
    }
    case 'moveBeforeWithoutComments': {
      const nodes = nodesAt(editor, anchor);
      editor.insertBefore(nodeAt(root, editor.document.source, code), editor.copyStatements(nodes, false));
      editor.removeStatements(nodes);
      break;
    }
    case 'replaceExpression':
      editor.replaceExpression(nodeAt(root, editor.document.source, anchor), code);
      break;
    case 'addParameter':
      editor.addParameter(climb(nodeAt(root, editor.document.source, anchor), isFunction), code, position);
      break;
    case 'removeParameter':
      editor.removeParameter(climb(nodeAt(root, editor.document.source, anchor), isFunction), code);
      break;
    case 'addArgument':
      editor.addArgument(climb(nodeAt(root, editor.document.source, anchor), isCall), code, position);
      break;
    case 'removeArgument':
      editor.removeArgument(
        climb(nodeAt(root, editor.document.source, anchor), isCall),
        nodeAt(root, editor.document.source, code),
      );
      break;
    default:
      throw new Error(`no operation ${method}`);
  }
}

const isOwner = ({ type }: SyntaxNode): boolean =>
  /^module$|_(?:statement|clause|definition)$/.test(type) && type !== 'expression_statement';
const isCall = ({ type }: SyntaxNode): boolean => type === 'call';
const isFunction = ({ type }: SyntaxNode): boolean => type === 'function_definition' || type === 'lambda';

function climb(node: SyntaxNode, isWanted: (node: SyntaxNode) => boolean): SyntaxNode {
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (isWanted(at)) return at;
  throw new Error(`nothing of the kind around ${node.type}`);
}

function nodesAt({ document }: PythonEditor, anchors: string): SyntaxNode[] {
  return anchors.split(' & ').map((anchor) => nodeAt(document.root, document.source, anchor));
}

function nodeAt(root: SyntaxNode, source: SourceFile, anchor: string): SyntaxNode {
  if (anchor === 'module') return root;
  const at = source.text.indexOf(anchor);
  if (at < 0) throw new Error(`${anchor} is not in the text`);
  const node = root.namedDescendantForIndex(at, at + anchor.length);
  // Of nodes with the same range the outermost, so that `x` alone can be replaced as an expression wherever it stands.
  return node ?? root;
}
