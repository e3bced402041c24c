import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { sample } from '../../../test/oracle/sample';
import { added, type Failure, type Oracle, type ProvedFile } from './types';
import { CompilerProject, configsAbove, readConfig } from './typescript-project';

/** Files that import a touched one and are checked with it; of more than these a seeded choice is. */
const MOST_IMPORTERS = 20;

/** Projects that are kept: changes come sorted by file, so that one is enough most of the time. */
const KEPT = 2;

/** Stands for the project of all files that are in none. */
const LOOSE = '';

const CHECKED = /\.[cm]?[jt]sx?$/;

/**
 * The `typescript` package with the project's own tsconfig: no error may be new in a touched file or one that imports it, no name unused
 * that was used, and every comment must still be somewhere. Errors are compared as multisets of (file, code, message).
 */
export class TypeScriptOracle implements Oracle {
  private readonly projects = new Map<string, CompilerProject>();
  private readonly configOf = new Map<string, string | undefined>();

  /** @param root absolute */
  constructor(
    private readonly root: string,
    private readonly seed: number,
  ) {}

  async check(files: readonly ProvedFile[]): Promise<readonly Failure[]> {
    const touched = files.filter(({ file }) => CHECKED.test(file));
    if (touched.length === 0) return [];
    const failures: Failure[] = [];
    const texts = new Map(touched.map(({ file, after }) => [this.absolute(file), after]));
    for (const [key, group] of this.grouped(touched)) {
      const project = this.project(key, group);
      const paths = group.map(({ file }) => this.absolute(file));
      const importers = sample(project.importers(paths), MOST_IMPORTERS, this.seed);
      const before = [...paths, ...importers].flatMap((path) => project.known(path));
      project.overlay(texts);
      const after = [...paths, ...importers].flatMap((path) => project.opinion(path));
      for (const path of paths.filter((one) => !project.holds(one)))
        failures.push({ check: 'compile', message: `${path}: the compiler was not asked, its program lacks the file` });
      project.overlay(new Map());
      const textsOf = (all: typeof after, check: 'compile' | 'names') =>
        all.filter((one) => one.check === check).map(({ text }) => text);
      for (const check of ['compile', 'names'] as const) {
        const news = added(textsOf(before, check), textsOf(after, check));
        failures.push(...news.map((message) => ({ check, message: `TypeScript says ${message}` })));
      }
    }
    const comments = (text: string | undefined, file: string) => (text === undefined ? [] : commentsOf(file, text));
    const had = touched.flatMap(({ file, before }) => comments(before, file));
    const kept = touched.flatMap(({ file, after }) => comments(after, file));
    for (const comment of added(kept, had)) failures.push({ check: 'comments', message: `lost: ${comment}` });
    return failures;
  }

  dispose(): void {
    for (const project of this.projects.values()) project.dispose();
    this.projects.clear();
  }

  /** How much the compiler can know, in words. */
  describe(files: readonly string[]): string {
    const own = files.filter((file) => CHECKED.test(file));
    if (own.length === 0) return '-';
    const covered = own.filter((file) => this.config(file) !== undefined).length;
    const hasPackages = existsSync(join(this.root, 'node_modules'));
    return `${hasPackages ? 'packages installed' : 'no packages'}, ${covered} of ${own.length} files in a tsconfig`;
  }

  private grouped(files: readonly ProvedFile[]): Map<string, ProvedFile[]> {
    const groups = new Map<string, ProvedFile[]>();
    for (const one of files) {
      const key = this.config(one.file) ?? LOOSE;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return groups;
  }

  private project(key: string, group: readonly ProvedFile[]): CompilerProject {
    const paths = key === LOOSE ? group.map(({ file }) => this.absolute(file)) : [];
    const known = this.projects.get(key);
    known?.add(paths);
    if (known) return known;
    for (const old of [...this.projects.keys()].slice(0, Math.max(0, this.projects.size - KEPT + 1))) {
      this.projects.get(old)?.dispose();
      this.projects.delete(old);
    }
    const project = new CompilerProject(this.root, key === LOOSE ? undefined : key);
    project.add(paths);
    this.projects.set(key, project);
    return project;
  }

  /** The nearest tsconfig that includes the file: `tsconfig.json` before others of its folder. */
  private config(file: string): string | undefined {
    if (this.configOf.has(file)) return this.configOf.get(file);
    const path = this.absolute(file);
    const found = configsAbove(this.root, path).find((config) => readConfig(config).names.has(path));
    this.configOf.set(file, found);
    return found;
  }

  private absolute(file: string): string {
    return posix.join(this.root, file);
  }
}

/** The text of every comment, white space collapsed: what stands before and after each token of the compiler's tree. */
export function commentsOf(file: string, text: string): string[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<number, string>();
  const add = (ranges: readonly ts.CommentRange[] | undefined) => {
    for (const { pos, end } of ranges ?? []) found.set(pos, text.slice(pos, end).replace(/\s+/g, ' ').trim());
  };
  const shown: ts.TextRange[] = [];
  const open: ts.Node[] = [tree];
  while (open.length > 0) {
    const node = open.pop()!;
    const children = node.getChildren(tree);
    open.push(...children);
    if (ts.isJsxText(node)) shown.push({ pos: node.pos, end: node.end });
    if (children.length > 0 || ts.isJsxText(node)) continue;
    add(ts.getLeadingCommentRanges(text, node.pos));
    add(ts.getTrailingCommentRanges(text, node.end));
  }
  // What a page shows is text, whatever it looks like.
  const isShown = (at: number) => shown.some(({ pos, end }) => pos <= at && at < end);
  return [...found].filter(([at]) => !isShown(at)).map(([, comment]) => comment);
}
