import type { FileFacts } from '../../core/facts/collect';
import { IMPORTS_ID } from '../../core/facts/imports';
import { WorkspaceModules } from '../../core/modules/index';
import { isEqualJson } from '../../core/rule/finding';

/** The facts of files at one moment, and what their imports mean. */
export interface FactsAtOnce {
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly modules: WorkspaceModules;
}

/** The facts of all files, those of open documents among them, and which files an audit would look at. */
export class KnownFiles {
  private map = new Map<string, FileFacts>();
  /** Whether somebody holds the map, which then stays as it is. */
  private isLent = false;
  private resolver: WorkspaceModules | undefined;
  /** What the last scan found; undefined before the first, and for the folder of a loose file. */
  private listed: Set<string> | undefined;

  has(file: string): boolean {
    return this.map.has(file);
  }

  get names(): string[] {
    return [...this.map.keys()];
  }

  /** To be read at once: it changes with the files. */
  get facts(): ReadonlyMap<string, FileFacts> {
    return this.map;
  }

  /** What is known now, to be kept: what happens later does not show in it. The next change pays for it with a copy of the map. */
  lend(): FactsAtOnce {
    this.isLent = true;
    const facts = this.map;
    this.resolver ??= new WorkspaceModules(this.names.sort(), (file) => facts.get(file));
    return { facts, modules: this.resolver };
  }

  /** @param facts undefined: the file is gone */
  set(file: string, facts: FileFacts | undefined): void {
    const map = this.writable();
    this.resolver = undefined;
    if (facts) map.set(file, facts);
    else map.delete(file);
  }

  /** The same file with another text: as long as it imports the same, all imports mean what they meant. */
  replace(file: string, facts: FileFacts): void {
    const before = this.map.get(file);
    const isSame = before && isEqualJson(before.byCollector[IMPORTS_ID], facts.byCollector[IMPORTS_ID]);
    if (!isSame) this.resolver = undefined;
    this.writable().set(file, facts);
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

  private writable(): Map<string, FileFacts> {
    if (this.isLent) this.map = new Map(this.map);
    this.isLent = false;
    return this.map;
  }
}
