import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { TypeScriptCheck, TypeScriptDiagnostic, TypeScriptVerdict } from '../../core/verify/typescript';
import { isOfComments } from './comment-change';
import { addedDiagnostics } from './diff';
import { diagnosticsOfNodes } from './internals';
import { changesFlow, declaresForOthers, insertedStatements } from './local-change';
import { isMissingGlobal, missingTypes, NODE_TYPES, unresolvedOf } from './missing';
import { relativeTo, withRelativePaths } from './paths';
import type { SourceCache } from './program';
import { BrokenProject, type Project } from './project';
import { type SeenChange, seenChange, seesAdditions } from './shape';
import { Group, States } from './states';
import { withStack } from './too-deep';

/** Thrown by {@link Check.step} to end a check that nobody waits for. */
export class Cancelled extends Error {}

export interface Check {
  readonly request: TypeScriptCheck;
  /** Absolute, with `/`. */
  readonly root: string;
  readonly cache: SourceCache;
  /** Called between two pieces of work, so that others get their turn. */
  step(): Promise<void>;
  /** Whether memory runs short: then programs go as soon as they have said what they know. */
  isShort?(): boolean;
}

/**
 * Compares diagnostics after and before. A file in which the compiler finds nothing after is not looked at before, and importing files
 * are looked at only where the touched ones look different from outside.
 * @throws Cancelled
 */
export async function check(one: Check): Promise<TypeScriptVerdict> {
  if (isOfComments(one.request)) return { kind: 'checked', added: [], unresolved: [] };
  try {
    return await new Comparison(one).verdict();
  } catch (error) {
    if (error instanceof BrokenProject) return { kind: 'unavailable', reason: error.message };
    throw error;
  }
}

const CHECKED = /\.[cm]?[jt]sx?$/i;

class Comparison {
  private readonly root: string;
  private readonly states: States;
  private readonly touched: ReadonlySet<string>;
  private readonly groups: readonly Group[];

  private readonly after: TypeScriptDiagnostic[] = [];
  private readonly before: TypeScriptDiagnostic[] = [];
  private readonly unresolved = new Set<string>();
  private readonly configs = new Set<string>();
  /** Touched files of which nothing but what came into them can have changed its meaning. */
  private readonly local = new Set<string>();

  constructor(private readonly one: Check) {
    const { request, root, cache } = one;
    this.root = root;
    this.states = new States(request, root, cache);
    const there = (files: readonly string[]) =>
      files
        .map((file) => posix.join(root, file))
        .filter((path) => CHECKED.test(path) && this.states.after.view.fileExists(path))
        .sort();
    this.touched = new Set(there(request.files.map(({ file }) => file)));
    const paths = new Set([...this.touched, ...there(request.importers)]);
    this.groups = groupsOf(paths, this.states);
  }

  async verdict(): Promise<TypeScriptVerdict> {
    const isTouched = (path: string) => this.touched.has(path);
    for (const group of this.groups) await this.examine(group, group.paths.filter(isTouched));
    const seen = await this.seenChange();
    const isConcerned = (path: string) => !isTouched(path) && this.isConcerned(path, seen);
    const concerned = this.groups
      .map((group) => ({ group, paths: group.paths.filter(isConcerned) }))
      .filter(({ paths }) => paths.length > 0);
    for (const [index, { group, paths }] of concerned.entries()) {
      await this.examine(group, paths);
      // Each project may be as much as a process can hold; the last one is for the next request.
      if (index < concerned.length - 1 && this.one.isShort?.()) group.release();
    }
    if (this.after.length > 0) await this.examineVanished();
    return {
      kind: 'checked',
      added: addedDiagnostics(this.before, this.after),
      unresolved: [...this.unresolved].sort(),
      ...(this.configs.size > 0 ? { project: [...this.configs].sort().join(', ') } : {}),
    };
  }

  /** Adds what there is to say of files of a group after the change and, where there is anything, before it. */
  private async examine(group: Group, paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    await this.one.step();
    const { project } = group;
    const { view } = this.states.after;
    if (project.config) this.configs.add(relativeTo(this.root, project.config));
    for (const missing of [...project.missing, ...missingTypes(project, view)]) this.unresolved.add(missing);
    this.makeRoomFor(group);
    const faulty: string[] = [];
    for (const path of paths) {
      await this.one.step();
      const all = this.diagnosticsAfter(group, path);
      const found = all.filter((one) => !isMissingGlobal(one, project, view));
      if (found.length < all.length) this.unresolved.add(NODE_TYPES);
      this.after.push(...found);
      for (const specifier of unresolvedOf(group.newer, path, view)) this.unresolved.add(specifier);
      if (found.length > 0) faulty.push(path);
    }
    if (faulty.length > 0 && this.one.isShort?.()) group.releaseNewer();
    for (const path of faulty) {
      await this.one.step();
      this.before.push(...this.diagnosticsOf(group.older, path));
    }
  }

  /** Opens a project; where that leaves little memory, the others go. They are opened anew where they are asked again. */
  private makeRoomFor(group: Group): void {
    group.open();
    const others = this.groups.filter((one) => one !== group && one.isOpen);
    if (others.length === 0 || !this.one.isShort?.()) return;
    for (const other of others) other.release();
  }

  /** What importing files can see of the change of the touched ones. */
  private async seenChange(): Promise<SeenChange> {
    let seen: SeenChange = 'none';
    for (const group of this.groups) {
      for (const path of group.paths) {
        if (!this.touched.has(path) || this.states.isCreated(path) || this.local.has(path)) continue;
        await this.one.step();
        const change = seenChange(group.older, group.newer, path);
        if (change === 'any') return change;
        if (change === 'additions') seen = change;
      }
    }
    return seen;
  }

  private isConcerned(path: string, seen: SeenChange): boolean {
    if (seen === 'any' || this.states.mayImportCreated(path)) return true;
    return seen === 'additions' && seesAdditions(this.states.after.view.readFile(path) ?? '');
  }

  /** An error may have moved from a touched file that is clean now. */
  private async examineVanished(): Promise<void> {
    const seen = new Set(this.after.map(({ file }) => file));
    for (const group of this.groups) {
      for (const path of group.paths) {
        if (!this.touched.has(path) || this.local.has(path) || seen.has(relativeTo(this.root, path))) continue;
        await this.one.step();
        this.before.push(...this.diagnosticsOf(group.older, path));
      }
    }
  }

  /** The whole file is looked at only where more can matter than what came into it. */
  private diagnosticsAfter(group: Group, path: string): TypeScriptDiagnostic[] {
    const isChanged = this.touched.has(path) && !this.states.isCreated(path);
    const inserted = isChanged ? insertedInto(group, path) : undefined;
    if (inserted) {
      const found = this.diagnosticsOf(group.newer, path, inserted);
      if (found.every((one) => isMissingGlobal(one, group.project, this.states.after.view))) {
        this.local.add(path);
        return found;
      }
    }
    return this.diagnosticsOf(group.newer, path);
  }

  /** @param nodes to look at in the file, all of it without them */
  private diagnosticsOf(program: ts.Program, path: string, nodes?: readonly ts.Node[]): TypeScriptDiagnostic[] {
    const source = program.getSourceFile(path);
    if (!source) return [];
    const found = withStack(path, () => [
      ...program.getSyntacticDiagnostics(source),
      ...(nodes ? diagnosticsOfNodes(program, source, nodes) : program.getSemanticDiagnostics(source)),
      // What its declaration file could not say: statements that only came into it declare nothing.
      ...(program.getCompilerOptions().declaration && !nodes ? program.getDeclarationDiagnostics(source) : []),
    ]);
    return found
      .filter(({ category }) => category === ts.DiagnosticCategory.Error)
      .map(({ code, messageText, start }) => {
        const { line, character } = source.getLineAndCharacterOfPosition(start ?? 0);
        return {
          file: relativeTo(this.root, path),
          code,
          message: withRelativePaths(ts.flattenDiagnosticMessageText(messageText, '\n'), this.root),
          at: { line, column: character },
        };
      });
  }
}

function groupsOf(paths: Iterable<string>, states: States): Group[] {
  const byProject = new Map<Project, string[]>();
  for (const path of paths) {
    const project = states.after.projects.projectOf(path);
    const group = byProject.get(project);
    if (group) group.push(path);
    else byProject.set(project, [path]);
  }
  return [...byProject].map(([project, members]) => new Group(project, members, states));
}

/** See {@link insertedStatements}; undefined as well where the change brings files into the program that declare more than their names. */
function insertedInto({ older, newer }: Group, path: string): readonly ts.Statement[] | undefined {
  const [before, after] = [older.getSourceFile(path), newer.getSourceFile(path)];
  const inserted = before && after && insertedStatements(before, after);
  if (!inserted || inserted.some((one) => changesFlow(one, newer.getTypeChecker()))) return undefined;
  const isNew = ({ fileName }: ts.SourceFile): boolean => !older.getSourceFile(fileName);
  return newer.getSourceFiles().some((one) => isNew(one) && declaresForOthers(one)) ? undefined : inserted;
}
