import { posix } from 'node:path';
import type { ts } from 'ts-morph';
import type { TypeScriptCheck } from '../../core/verify/typescript';
import { ambientFiles } from './ambient';
import type { Kept } from './kept';
import { isLib } from './lib';
import type { SourceCache } from './program';
import { BrokenProject, type Project, type Projects } from './project';
import { stemOf, type View } from './view';

/** What the compiler sees: the disk with the texts of a request before it. */
export interface State {
  readonly view: View;
  readonly projects: Projects;
}

/** @param texts by absolute paths; undefined for a file that is not there */
export function stateOf(kept: Kept, texts: readonly (readonly [path: string, text: string | undefined])[]): State {
  const view = kept.view(texts);
  return { view, projects: kept.projectsOf(view) };
}

/** The workspace before and after a change. */
export class States {
  readonly before: State;
  readonly after: State;
  readonly kept: Kept;
  readonly created: readonly string[];

  /** @param root absolute, with `/` */
  constructor(
    readonly request: TypeScriptCheck,
    readonly root: string,
    readonly cache: SourceCache,
  ) {
    this.kept = cache.of(root);
    this.kept.refresh();
    const paths = request.files.map(({ file }) => posix.join(root, file));
    const state = (texts: readonly (string | undefined)[]): State =>
      stateOf(
        this.kept,
        paths.map((path, index) => [path, texts[index]] as const),
      );
    this.before = state(request.files.map(({ before }) => before));
    this.after = state(request.files.map(({ after }) => after));
    this.created = paths.filter((_, index) => request.files[index]!.before === undefined);
  }

  /** Whether a file comes with the change. */
  isCreated(path: string): boolean {
    return this.created.includes(path);
  }

  /** Whether a file names what may be a created one: its import led elsewhere before, or nowhere. */
  mayImportCreated(path: string): boolean {
    const text = this.created.length > 0 ? (this.after.view.readFile(path) ?? '') : '';
    return this.created.some((created) => text.includes(stemOf(created)));
  }
}

/** Files of one project, in a program for each state; both are made when they are first asked for. */
export class Group {
  private after: ts.Program | undefined;
  private before: ts.Program | undefined;

  /** @param paths absolute, there in the state after */
  constructor(
    readonly project: Project,
    readonly paths: readonly string[],
    private readonly states: States,
  ) {}

  /** Makes both programs. */
  open(): void {
    void this.newer;
  }

  /** Whether it holds a program. */
  get isOpen(): boolean {
    return this.after !== undefined || this.before !== undefined;
  }

  /** Lets the program of the state after go, with all that its checker found out; it is made anew where it is asked for again. */
  releaseNewer(): void {
    this.after = undefined;
  }

  /** Lets both programs go, and what is kept for the next request. */
  release(): void {
    this.after = undefined;
    this.before = undefined;
    this.states.kept.of(this.project).release();
    this.states.cache.forgetSources(this.project.options);
  }

  get newer(): ts.Program {
    const { project, paths, states, older } = this;
    if (!this.after) {
      const files = new Set([...older.getRootFileNames(), ...paths]);
      this.after = states.kept.of(project).variant({ project, ...states.after }, [...files], older);
      refuseWithoutLib(this.after, project);
    }
    return this.after;
  }

  get older(): ts.Program {
    const { project, paths, states } = this;
    const { before, kept, cache } = states;
    if (!this.before) {
      const own = kept.of(project);
      // The touched files are there in any case, so that both states have the same others.
      const all = [...paths, ...ambientFiles(project, states.after.view, cache.scans, own)];
      const files = [...new Set(all)].filter((path) => before.view.fileExists(path));
      this.before = own.programOf({ project, ...before }, files);
    }
    return this.before;
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
