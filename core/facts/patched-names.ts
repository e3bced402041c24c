import { isStandardLibrary } from '../modules/python/standard-library';
import type { ModuleResolver } from '../modules/resolver';
import { parts } from '../semantics/python/parts';
import type { SyntaxNode } from '../syntax/node';
import { pythonStringValue } from '../syntax/python';
import type { FileFacts } from './collect';
import type { FactCollector, ParsedFile } from './parsed-file';

/** A name that a test replaces by another object. */
export type PatchFact = {
  /** Dotted, with leading dots if the test names its module so; `a.b.*` where the last part is only known at run time. */
  readonly target: string;
  /** 0-based line of the call. */
  readonly line: number;
};

export const PATCHED_NAMES_ID = 'base:patched-names';

/** What is replaced through `unittest.mock`, `pytest-mock` and pytest's `monkeypatch`, except for the standard library's own names. */
export const patchedNamesCollector: FactCollector<readonly PatchFact[]> = {
  id: PATCHED_NAMES_ID,
  version: 1,
  families: ['python'],
  // Candidates are found in the text: visiting every call of a test would cost more.
  kinds: () => [],
  trigger: () => /\bpatch\b|\bmonkeypatch\b|\bMonkeyPatch\b|\bmocker\b/,
  start: (file) => ({
    finish: () => {
      const found: PatchFact[] = [];
      for (const match of file.source.text.matchAll(CALLEE)) {
        const call = callAt(match.index, file);
        const kind = call && kindOf(match[1]!, file.source.slice(call.startIndex, match.index));
        if (!kind) continue;
        const line = file.source.lineAt(call.startIndex);
        for (const target of targetsOf(call, kind, file).map(knownPart))
          if (isOurs(target)) found.push({ target, line });
      }
      return found.length > 0 ? found : undefined;
    },
  }),
};

/** One place that replaces a name of a module. */
export interface Patch {
  readonly file: string;
  /** 0-based. */
  readonly line: number;
  /** False where the replaced name, or the module, is only known at run time. */
  readonly certain: boolean;
}

/** Every place that replaces `name` of a module, or something inside it, in the order of the files. */
export function patchesOf(
  workspace: {
    readonly files: readonly string[];
    readonly modules: ModuleResolver;
    facts(file: string): FileFacts | undefined;
  },
  module: string,
  name: string,
): Patch[] {
  return workspace.files.flatMap((file) => {
    const facts = workspace.facts(file)?.byCollector[PATCHED_NAMES_ID] as unknown as readonly PatchFact[] | undefined;
    return (facts ?? []).flatMap(({ target, line }) => {
      const certain = replaces(target, file, workspace.modules, module, name);
      return certain === undefined ? [] : [{ file, line, certain }];
    });
  });
}

/** Whether a target is a name of a module: the longest part of it that is a module, and then the name. */
function replaces(
  target: string,
  test: string,
  modules: ModuleResolver,
  module: string,
  name: string,
): boolean | undefined {
  const dots = /^\.*/.exec(target)![0];
  const path = target.slice(dots.length).split('.');
  for (let count = path.length - 1; count >= (dots === '' ? 1 : 0); count--) {
    const files = modules.resolve(test, dots + path.slice(0, count).join('.'));
    if (files.length === 0) continue;
    if (!files.includes(module)) return undefined;
    if (path[count] === '*') return false;
    return path[count] === name ? files.length === 1 : undefined;
  }
  return undefined;
}

type Kind = 'path' | 'object' | 'dict' | 'multiple';

/** `patch`, `mock.patch.object`, `mocker.spy`, `monkeypatch.setattr`: the last parts of what is called. */
const CALLEE = /\b(patch(?:\s*\.\s*(?:object|dict|multiple))?|setattr|delattr|spy)\s*\(/g;

/** The call whose function is written with the identifier at an offset; undefined in strings and comments. */
function callAt(offset: number, { root }: ParsedFile): SyntaxNode | undefined {
  let node = root.namedDescendantForIndex(offset, offset);
  if (node?.type !== 'identifier') return undefined;
  while (node?.parent?.type === 'attribute') node = node.parent;
  const call = node?.parent;
  return call?.type === 'call' && call.startIndex === node?.startIndex && !call.hasError ? call : undefined;
}

/** @param receiver what stands before the name, with its dot */
function kindOf(callee: string, receiver: string): Kind | undefined {
  const name = callee.replace(/\s/g, '');
  if (name.startsWith('patch')) return name === 'patch' ? 'path' : (name.slice('patch.'.length) as Kind);
  if (name === 'spy') return /mocker/.test(receiver) ? 'object' : undefined;
  return /monkey|(?:^|\.)mp\s*\.\s*$/i.test(receiver) ? 'object' : undefined;
}

function targetsOf(call: SyntaxNode, kind: Kind, file: ParsedFile): string[] {
  const list = call.childForFieldName('arguments');
  if (list?.type !== 'argument_list') return [];
  const all = parts(list);
  const keyword = (name: string): SyntaxNode | undefined =>
    all
      .find((one) => one.type === 'keyword_argument' && textOf(one.childForFieldName('name'), file) === name)
      ?.childForFieldName('value') ?? undefined;
  const positional = all.filter((one) => one.type !== 'keyword_argument');
  const first = positional[0] ?? keyword('target') ?? keyword('in_dict');
  if (!first) return [];
  const base = stringPath(first, file, 0) ?? (kind === 'path' ? undefined : objectPath(first, file));
  if (base === undefined) return [];
  if (kind === 'path' || kind === 'dict') return [base];
  if (kind === 'multiple') {
    const names = all.flatMap((one) =>
      one.type === 'keyword_argument' ? [textOf(one.childForFieldName('name'), file)] : [],
    );
    return names
      .filter((name) => !/^(?:spec|create|spec_set|autospec|new_callable)$/.test(name))
      .map((name) => `${base}.${name}`);
  }
  const second = positional[1] ?? keyword('attribute') ?? keyword('name');
  // `monkeypatch.setattr("a.b.c", value)` has the whole path in one string.
  if (first.type !== 'identifier' && first.type !== 'attribute') return [base];
  if (!second) return [];
  const name = stringPath(second, file, 0);
  if (name === undefined && stringPath(first, file, 0) !== undefined) return [base];
  return [joined(base, name !== undefined && /^\w+$/.test(name) ? name : '*')];
}

const joined = (base: string, name: string): string => (base.endsWith('.') ? base + name : `${base}.${name}`);

/** What an expression of a module or class means, by the file's imports. */
function objectPath(node: SyntaxNode, file: ParsedFile): string | undefined {
  const path =
    node.type === 'identifier' || node.type === 'attribute' ? file.semantics.qualifiedName(node)?.path : undefined;
  if (path === undefined) return undefined;
  const top = path.replace(/^\.+/, '').split('.', 1)[0]!;
  // A class of the test itself, or a builtin, is no name of another module.
  const isImported = file.semantics.imports.some(
    ({ local, module }) => module.startsWith('.') || module.split('.', 1)[0] === top || local === top,
  );
  return isImported ? path : undefined;
}

/** Constants of constants that are followed. */
const DEPTH = 4;

/** The text of a string, an f-string or a sum of them, with constants of the file put in; `*` for what only run time knows. */
function stringPath(node: SyntaxNode, file: ParsedFile, depth: number): string | undefined {
  const literal = pythonStringValue(node, file.source);
  if (literal) return literal.isBytes ? undefined : literal.value;
  if (depth > DEPTH) return undefined;
  const part = (one: SyntaxNode | null): string | undefined => (one ? stringPath(one, file, depth + 1) : undefined);
  switch (node.type) {
    case 'parenthesized_expression':
      return part(node.firstNamedChild);
    case 'concatenated_string': {
      const values = parts(node).map((one) => part(one));
      return values.every((one) => one !== undefined) ? values.join('') : undefined;
    }
    case 'string':
      return formatted(node, file, depth);
    case 'binary_operator': {
      const left = part(node.childForFieldName('left'));
      if (left === undefined || textOf(node.childForFieldName('operator'), file) !== '+') return undefined;
      return left + (part(node.childForFieldName('right')) ?? '*');
    }
    case 'attribute': {
      // `module.__name__` is the dotted name of the module.
      const object = node.childForFieldName('object');
      return textOf(node.childForFieldName('attribute'), file) === '__name__' && object
        ? objectPath(object, file)
        : undefined;
    }
    case 'identifier':
      return constant(node, file, depth);
    default:
      return undefined;
  }
}

function formatted(node: SyntaxNode, file: ParsedFile, depth: number): string | undefined {
  let text = '';
  for (const child of node.namedChildren) {
    if (child.type === 'string_content') text += textOf(child, file);
    else if (child.type === 'interpolation') {
      const value = child.childForFieldName('expression');
      text += (value && stringPath(value, file, depth + 1)) ?? '*';
    }
  }
  return text;
}

/** The value of a name that the file binds once, by an assignment. */
function constant(node: SyntaxNode, file: ParsedFile, depth: number): string | undefined {
  const binding = file.semantics.bindingAt(node.startIndex);
  if (binding?.writes.length !== 1) return undefined;
  const { start, end } = binding.writes[0]!;
  const target = file.root.namedDescendantForIndex(start, end);
  const statement = target?.parent;
  const value = statement?.type === 'assignment' ? statement.childForFieldName('right') : null;
  return value && statement?.childForFieldName('left')?.id === target?.id
    ? stringPath(value, file, depth + 1)
    : undefined;
}

function textOf(node: SyntaxNode | null, { source }: ParsedFile): string {
  return node ? source.slice(node.startIndex, node.endIndex) : '';
}

/** `a.b.c_*` -> `a.b.*`, `a.*.c` -> `a.*` */
function knownPart(target: string): string {
  const star = target.indexOf('*');
  return star < 0 ? target : `${target.slice(0, target.lastIndexOf('.', star) + 1)}*`;
}

/** A dotted path that can be a name of the workspace. */
const PATH = /^\.*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\.(?:[A-Za-z_]\w*|\*)$/;

function isOurs(target: string): boolean {
  return PATH.test(target) && !isStandardLibrary(target);
}
