import { isStandardLibrary } from '../modules/python/standard-library';
import type { ModuleResolver } from '../modules/resolver';
import type { FileFacts } from './collect';
import type { FactCollector, ParsedFile } from './parsed-file';
import { joinPath, type ObjectPaths, PythonNames, pythonParts } from './python-names';

/** A name that a test replaces by another object. */
export type PatchFact = {
  /** Dotted, with leading dots if the test names its module so; `a.b.*` where the last part is only known at run time. */
  readonly target: string;
  /** 0-based line of the first call that replaces it. */
  readonly line: number;
  /** How many calls do, where there are several. */
  readonly count?: number;
  /** The object may be another: the file binds its name more than once. */
  readonly uncertain?: true;
};

export const PATCHED_NAMES_ID = 'base:patched-names';

/**
 * What is replaced through `unittest.mock`, `pytest-mock` and pytest's `monkeypatch`, except for the standard library's own names. Read
 * off the text alone: neither nodes nor the semantic model are asked, because a fact too many only makes a cure refuse.
 */
export const patchedNamesCollector: FactCollector<readonly PatchFact[]> = {
  id: PATCHED_NAMES_ID,
  version: 2,
  families: ['python'],
  kinds: () => [],
  // Without word boundaries, which cost more than they spare.
  trigger: () => /[pP]atch|mocker/,
  start: (file) => ({
    finish: () => {
      const found = patchesIn(file);
      return found.length > 0 ? found : undefined;
    },
  }),
};

function patchesIn(file: ParsedFile): PatchFact[] {
  const { text } = file.source;
  const names = new PythonNames(file);
  const found = new Map<string, PatchFact>();
  for (const call of text.matchAll(CALL)) {
    const kind = kindOf(call[1]!, call.index, text);
    const replaced = kind && (targetsOfPlain(kind, call, names) ?? targetsOf(kind, text, call.index, names));
    for (const dotted of replaced?.targets ?? []) {
      const target = knownPart(dotted);
      const key = replaced!.certain ? target : `${target}?`;
      const known = found.get(key);
      if (known) found.set(key, { ...known, count: (known.count ?? 1) + 1 });
      else if (isOurs(target) && isCode(file, call.index)) {
        const line = file.source.lineAt(call.index);
        found.set(key, { target, line, ...(replaced!.certain ? {} : { uncertain: true as const }) });
      }
    }
  }
  return [...found.values()];
}

/** A file's places that replace the same name of a module. */
export interface Patch {
  readonly file: string;
  /** 0-based, of the first. */
  readonly line: number;
  readonly count: number;
  /** False where the replaced name, or the module, is only known at run time. */
  readonly certain: boolean;
}

/** A {@link Patch} with what of the module it replaces. */
export interface ModulePatch extends Patch {
  /** The name at module level; undefined where only run time knows it. */
  readonly name: string | undefined;
  /** What inside it is replaced, as in `module.name.a.b`; empty where it is the name itself. */
  readonly inside: readonly string[];
}

/** The part of a workspace that patches are looked up in. */
export interface PatchedWorkspace {
  readonly files: readonly string[];
  readonly modules: ModuleResolver;
  facts(file: string): Pick<FileFacts, 'byCollector'> | undefined;
}

/** Every place that replaces `name` of a module, or something inside it, in the order of the files. */
export function patchesOf(workspace: PatchedWorkspace, module: string, name: string): Patch[] {
  return patchesOfModule(workspace, module)
    .filter((patch) => patch.name === undefined || patch.name === name)
    .map(({ file, line, count, certain }) => ({ file, line, count, certain }));
}

/** Every place that replaces a name of a module, or something inside one, in the order of the files. */
export function patchesOfModule(workspace: PatchedWorkspace, module: string): ModulePatch[] {
  const stem = /([^/]*?)(?:\/__init__)?\.\w+$/.exec(module)?.[1] ?? '';
  return workspace.files.flatMap((file) => {
    const facts = workspace.facts(file)?.byCollector[PATCHED_NAMES_ID] as unknown as readonly PatchFact[] | undefined;
    return (facts ?? []).flatMap(({ target, line, count = 1, uncertain }) => {
      // Only what is relative may leave out the name of its module, or name it by dots alone.
      if (!target.startsWith('.') && !target.includes(stem)) return [];
      const part = partOf(target, file, workspace.modules, module);
      if (!part) return [];
      const [name, ...inside] = part.names;
      const certain = part.certain && !uncertain && name !== '*';
      return [{ file, line, count, certain, name: name === '*' ? undefined : name, inside }];
    });
  });
}

/** What of a module a target replaces: the longest part of the target that is a module, and then the names. */
function partOf(
  target: string,
  test: string,
  modules: ModuleResolver,
  module: string,
): { names: readonly string[]; certain: boolean } | undefined {
  const dots = /^\.*/.exec(target)![0];
  const path = target.slice(dots.length).split('.');
  for (let count = path.length - 1; count >= (dots === '' ? 1 : 0); count--) {
    const files = modules.resolve(test, dots + path.slice(0, count).join('.'));
    if (files.length === 0) continue;
    return files.includes(module) ? { names: path.slice(count), certain: files.length === 1 } : undefined;
  }
  return undefined;
}

type Kind = 'path' | 'object' | 'dict' | 'multiple';

/**
 * `patch`, `mock.patch.object`, `mocker.spy`, `monkeypatch.setattr`: the last parts of what is called, and the arguments where they are
 * plain, as most are: a path in quotes, or a dotted name and a name in quotes.
 */
const CALL =
  /\b(patch(?:\s*\.\s*(?:object|dict|multiple))?|setattr|delattr|spy)\s*\((?:\s*(?:(["'])([\w.]+)\2|([A-Za-z_][\w.]*)\s*,\s*(["'])(\w+)\5)\s*[,)])?/g;

/** Code units before a call that are looked at. */
const BEFORE = 400;

function kindOf(callee: string, at: number, text: string): Kind | undefined {
  const name = callee.replace(/\s/g, '');
  if (name.startsWith('patch')) return name === 'patch' ? 'path' : (name.slice('patch.'.length) as Kind);
  const receiver = /[\w.]*\.\s*$/.exec(text.slice(Math.max(0, at - 80), at))?.[0] ?? '';
  if (name === 'spy') return receiver.includes('mocker') ? 'object' : undefined;
  return /monkey|(?:^|\.)mp?\s*\.\s*$/i.test(receiver) ? 'object' : undefined;
}

/** False in comments, and in strings that begin on the same line. */
function isCode({ source }: ParsedFile, at: number): boolean {
  const { character } = source.positionAt(at);
  if (character > BEFORE) return true;
  const before = source.slice(at - character, at);
  if (!/["'#]/.test(before) || /"""|'''/.test(before)) return true;
  return !/["'#]/.test(before.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, ''));
}

interface Targets {
  readonly targets: readonly string[];
  readonly certain: boolean;
}

/** What a match of {@link CALL} replaces; undefined where its arguments must be read one by one. */
function targetsOfPlain(kind: Kind, [, , , path, object, , name]: RegExpExecArray, names: PythonNames) {
  if (path !== undefined && kind !== 'multiple') return { targets: [path], certain: true };
  return kind === 'object' && object !== undefined ? inside(names.object(object), [name!]) : undefined;
}

/** @param start where the name of what is called begins */
function targetsOf(kind: Kind, text: string, start: number, names: PythonNames): Targets | undefined {
  const parts = pythonParts(text, text.indexOf('(', start) + 1, ',');
  if (!parts) return undefined;
  const keywords = new Map<string, string>();
  const positional: string[] = [];
  for (const part of parts) {
    const keyword = /^(\w+)\s*=(?!=)\s*/.exec(part);
    if (keyword) keywords.set(keyword[1]!, part.slice(keyword[0].length));
    else positional.push(part);
  }
  const first = positional[0] ?? keywords.get('target') ?? keywords.get('in_dict');
  if (first === undefined) return undefined;
  const path = names.string(first);
  const base = path === undefined && kind !== 'path' ? names.object(first) : undefined;
  if (kind === 'multiple') {
    const members = [...keywords.keys()].filter((name) => !OPTION.test(name));
    return inside(path === undefined ? base : { paths: [path], certain: true }, members);
  }
  // `monkeypatch.setattr("a.b.c", value)` has the whole path in one string.
  if (path !== undefined) return { targets: [path], certain: true };
  if (kind === 'dict') return base && { targets: base.paths, certain: base.certain };
  const second = positional[1] ?? keywords.get('attribute') ?? keywords.get('name');
  if (second === undefined) return undefined;
  const name = names.string(second);
  return inside(base, [name !== undefined && /^\w+$/.test(name) ? name : '*']);
}

function inside(object: ObjectPaths | undefined, members: readonly string[]): Targets | undefined {
  return (
    object && {
      targets: object.paths.flatMap((path) => members.map((member) => joinPath(path, member))),
      certain: object.certain,
    }
  );
}

const OPTION = /^(?:target|spec|create|spec_set|autospec|new_callable)$/;

/** `a.b.c_*` -> `a.b.*`, `a.*.c` -> `a.*` */
function knownPart(target: string): string {
  const star = target.indexOf('*');
  return star < 0 ? target : `${target.slice(0, target.lastIndexOf('.', star) + 1)}*`;
}

/** A dotted path that can be a name of the workspace. */
const PATH = /^\.*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\.(?:[A-Za-z_]\w*|\*)$|^\.+(?:[A-Za-z_]\w*|\*)$/;

function isOurs(target: string): boolean {
  return PATH.test(target) && !isStandardLibrary(target);
}
