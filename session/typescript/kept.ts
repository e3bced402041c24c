import { ts } from 'ts-morph';
import { canonical, Disk } from './disk';
import { createProgram, type SourceCache } from './program';
import { type Project, Projects } from './project';
import { View } from './view';

/** What is known of a workspace from one request to the next, as long as nothing has changed that it rests on. */
export class Kept {
  private readonly disk = new Disk();
  private projects: Projects | undefined;
  private readonly byProject = new Map<string, KeptProject>();

  /** @param root absolute, with `/` */
  constructor(
    private readonly root: string,
    private readonly sources: SourceCache,
  ) {}

  /** Looks at the disk anew: to be called as a request begins. */
  refresh(): void {
    if (this.disk.refresh()) this.forget();
  }

  /** Lets programs go, with all that their checkers found out; the next request pays for it. */
  forget(): void {
    this.projects = undefined;
    this.byProject.clear();
  }

  /** Lets the programs of all projects go but of the one that was asked for last. */
  forgetOthers(): void {
    for (const key of [...this.byProject.keys()].slice(0, -1)) this.byProject.delete(key);
  }

  /** The workspace with the given texts, by absolute path; undefined for a file that is not there. */
  view(texts: readonly (readonly [path: string, text: string | undefined])[]): View {
    return new View(this.disk, this.root, texts);
  }

  projectsOf(view: View): Projects {
    if (view.others.length > 0) return new Projects(this.root, view);
    this.projects ??= new Projects(this.root, this.view([]));
    return this.projects;
  }

  of({ config, options }: Project): KeptProject {
    // One tsconfig may be read in two ways: with JavaScript, and without.
    const key = `${config ?? ''} ${options.allowJs ?? ''}`;
    const known = this.byProject.get(key) ?? new KeptProject(this.root, this.sources);
    // The last one is the latest: see forgetOthers.
    this.byProject.delete(key);
    this.byProject.set(key, known);
    return known;
  }
}

/** A project as one view of the workspace has it. */
export interface ViewedProject {
  readonly project: Project;
  readonly projects: Projects;
  readonly view: View;
}

/** Where names lead in one project, and its latest program. */
export class KeptProject {
  private latest: ts.Program | undefined;
  private readonly resolved = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();
  private readonly packages: ts.PackageJsonInfoCache;

  constructor(
    private readonly root: string,
    private readonly sources: SourceCache,
  ) {
    this.packages = ts.createModuleResolutionCache(root, canonical).getPackageJsonInfoCache();
  }

  /**
   * A program that has these files and what they import, as the view shows them: the latest one where it does, with the types that it
   * knows already.
   */
  programOf(viewed: ViewedProject, files: readonly string[]): ts.Program {
    const { latest } = this;
    const { view } = viewed;
    const roots = (latest?.getRootFileNames() ?? []).filter((path) => view.fileExists(path));
    const all = [...new Set([...roots, ...files])];
    // Files that are not on disk may be where names lead: such a program is for this request alone.
    if (view.others.length > 0) return this.variant(viewed, all, latest);
    const isCurrent = latest?.getSourceFiles().every((source) => this.sources.isCurrent(source, view));
    if (latest && isCurrent && files.every((path) => latest.getSourceFile(path))) return latest;
    this.latest = this.variant(viewed, all, latest);
    return this.latest;
  }

  /** Lets the latest program go; the next one is made from the files alone. */
  release(): void {
    this.latest = undefined;
  }

  /** A program that is not kept. What it has in common with a sibling is taken from that. */
  variant(viewed: ViewedProject, files: readonly string[], sibling: ts.Program | undefined): ts.Program {
    const { root, sources } = this;
    return createProgram({ ...viewed, root, files, sources, kept: this, sibling });
  }

  /** Caches of module resolution for one piece of work: they hold more than is worth keeping. */
  resolutionCache({ options, references }: Project): ts.ModuleResolutionCache {
    // Links to referenced projects are noticed where a package is looked for, by each program for itself.
    return ts.createModuleResolutionCache(this.root, canonical, options, references ? undefined : this.packages);
  }

  /** Where a specifier leads. It is looked up once, unless a file of the view that is not on disk may be meant. */
  resolve(
    specifier: string,
    from: string,
    view: View,
    look: () => ts.ResolvedModuleWithFailedLookupLocations,
    ...circumstances: readonly (string | number | undefined)[]
  ): ts.ResolvedModuleWithFailedLookupLocations {
    if (view.mayLeadToOther(specifier)) return look();
    const key = [from.slice(0, from.lastIndexOf('/')), specifier, ...circumstances].join(' ');
    let known = this.resolved.get(key);
    if (!known) {
      // Without the places where it was not found.
      known = { resolvedModule: look().resolvedModule };
      this.resolved.set(key, known);
    }
    return known;
  }
}
