import { posix } from 'node:path';
import type { ts } from 'ts-morph';
import type { TypeScriptCheck } from '../../core/verify/typescript';
import { ambientFiles } from './ambient';
import { Disk, isLib, View } from './disk';
import { declarationsOf } from './internals';
import { createProgram, type SourceCache } from './program';
import { BrokenProject, type Project, Projects } from './project';

/** What the compiler sees: the disk with the texts of a request before it. */
export interface State {
  readonly view: View;
  readonly projects: Projects;
}

/**
 * @param root absolute, with `/`
 * @param texts by absolute paths; undefined for a file that is not there
 */
export function stateOf(
  root: string,
  texts: readonly (readonly [path: string, text: string | undefined])[],
  disk = new Disk(),
): State {
  const view = new View(disk, root, texts);
  return { view, projects: new Projects(root, view) };
}

/** The workspace before and after a change. */
export class States {
  readonly before: State;
  readonly after: State;
  private readonly created: readonly string[];

  /** @param root absolute, with `/` */
  constructor(
    readonly request: TypeScriptCheck,
    readonly root: string,
    readonly cache: SourceCache,
  ) {
    const disk = new Disk();
    const paths = request.files.map(({ file }) => posix.join(root, file));
    const state = (texts: readonly (string | undefined)[]): State =>
      stateOf(
        root,
        paths.map((path, index) => [path, texts[index]] as const),
        disk,
      );
    this.before = state(request.files.map(({ before }) => before));
    this.after = state(request.files.map(({ after }) => after));
    this.created = paths.filter((_, index) => request.files[index]!.before === undefined);
  }

  /** Whether a file comes with the change. */
  isCreated(path: string): boolean {
    return this.created.includes(path);
  }

  get hasCreated(): boolean {
    return this.created.length > 0;
  }

  /** Whether a file names what may be a created one: its import led elsewhere before, or nowhere. */
  mayImportCreated(path: string): boolean {
    const text = this.created.length > 0 ? (this.after.view.readFile(path) ?? '') : '';
    return this.created.some((created) => text.includes(stemOf(created)));
  }
}

/** The part of a path that a specifier cannot do without. */
function stemOf(path: string): string {
  const stem = posix.basename(path).replace(/(?:\.d)?\.[^.]+$/, '');
  return stem === 'index' ? posix.basename(posix.dirname(path)) : stem;
}

/** Files of one project, in a program for each state; both are made when they are first asked for. */
export class Group {
  private after: ts.Program | undefined;
  private before: ts.Program | undefined;
  private ambient: readonly string[] | undefined;

  /** @param paths absolute, there in the state after */
  constructor(
    readonly project: Project,
    readonly paths: readonly string[],
    private readonly states: States,
  ) {}

  get newer(): ts.Program {
    this.after ??= this.program(this.states.after, this.paths);
    return this.after;
  }

  get older(): ts.Program {
    const { before } = this.states;
    this.before ??= this.program(
      before,
      this.paths.filter((path) => before.view.fileExists(path)),
      this.newer,
    );
    return this.before;
  }

  private program(state: State, files: readonly string[], sibling?: ts.Program): ts.Program {
    const { root, cache, hasCreated } = this.states;
    const { project } = this;
    // The touched files are there in any case, so that both states have the same others.
    this.ambient ??= ambientFiles(project, state.view, cache.scans);
    const there = this.ambient.filter((path) => state.view.fileExists(path));
    const request = { project, ...state, root, cache, files: [...new Set([...files, ...there])] };
    const program = createProgram({ ...request, sibling, hasSameFiles: !hasCreated });
    if (files.length > 0) refuseWithoutLib(program, project);
    return program;
  }
}

/**
 * Without the types of the language nothing has a type, and everything would pass.
 * @throws BrokenProject
 */
export function refuseWithoutLib(program: ts.Program, { options }: Project): void {
  if (options.noLib || program.getSourceFiles().some(({ fileName }) => isLib(fileName))) return;
  throw new BrokenProject('no library of TypeScript was found: neither its own nor one that the configuration names');
}

/**
 * What a file shows to those that import it: its declarations, as `tsc --watch` and `--incremental` compare them to know which files a
 * change concerns. Undefined where the program has no such file.
 */
export function shapeOf(program: ts.Program, path: string): string | undefined {
  const source = program.getSourceFile(path);
  if (!source || source.isDeclarationFile) return source?.text;
  // Where declarations cannot tell, the whole text stands for them.
  return declarationsOf(program, source) ?? source.text;
}
