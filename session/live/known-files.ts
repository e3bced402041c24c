import type { FileFacts } from '../../core/facts/collect';
import { WorkspaceModules } from '../../core/modules/index';

/** The facts of all files, those of open documents among them, and which files an audit would look at. */
export class KnownFiles {
  readonly facts = new Map<string, FileFacts>();
  private resolver: WorkspaceModules | undefined;
  /** What the last scan found; undefined before the first, and for the folder of a loose file. */
  private listed: Set<string> | undefined;

  has(file: string): boolean {
    return this.facts.has(file);
  }

  get names(): string[] {
    return [...this.facts.keys()];
  }

  get modules(): WorkspaceModules {
    this.resolver ??= new WorkspaceModules(this.names.sort(), (file) => this.facts.get(file));
    return this.resolver;
  }

  /** @param facts undefined: the file is gone */
  set(file: string, facts: FileFacts | undefined): void {
    this.resolver = undefined;
    if (facts) this.facts.set(file, facts);
    else this.facts.delete(file);
  }

  /** The same file with another text: what modules there are stays as it was. */
  replace(file: string, facts: FileFacts): void {
    if (!this.facts.has(file)) this.resolver = undefined;
    this.facts.set(file, facts);
  }

  /** A scan found these. */
  list(files: ReadonlySet<string>): void {
    this.listed = new Set(files);
  }

  /** A file that came later than the scan. */
  add(file: string): void {
    this.listed?.add(file);
  }

  /** Whether the last scan passed a file over. */
  isUnlisted(file: string): boolean {
    return this.listed !== undefined && !this.listed.has(file);
  }

  /** Those below a folder, also after it is gone. */
  below(folder: string): string[] {
    return this.names.filter((file) => file.startsWith(`${folder}/`));
  }
}
