import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config, Scope, UsageError } from '../session/index';
import { folderOf, LiveWorkspace, resolveScope, wholeOf } from '../session/index';
import { pathOfDocument, pathOfUri, uriOfPath, within } from './locate';

/** One workspace folder, or the folder of a document that lies in none. */
export interface Folder {
  /** As the client spells it. */
  readonly path: string;
  readonly live: LiveWorkspace;
  /** False for the folder of a document outside the workspace: only what is open in it counts. */
  readonly isScanned: boolean;
  /** Where it lies below the root of its repository or configuration, with `/` at the end; empty for that root itself. */
  readonly prefix: string;
}

/** A file as a folder knows it. */
export interface FileInFolder {
  readonly folder: Folder;
  /** Relative to the root that the folder lies in, with `/`, as in an audit. */
  readonly file: string;
}

export interface FolderEvents {
  /** What the client's settings say of a document outside the workspace. */
  settingsOf(uri: string): Promise<Config>;
  /** The folder of a document outside the workspace is looked after from now on, or no longer. */
  onLoose(): void;
  onFindings(uris: ReadonlySet<string>): void;
  onConfiguration(folder: Folder, problem: UsageError | undefined): void;
  /** A defect of ours, which costs the findings of one file. */
  onFailure(file: string, error: unknown): void;
}

/** The folders of the workspace and the documents that are open in them. */
export class Folders {
  private readonly folders = new Map<string, Folder>();
  /** The client's own spelling of the URI of each open document, by path. */
  private readonly uris = new Map<string, string>();
  private readonly languages = new Map<string, string>();
  /** Folders of documents outside the workspace that are being prepared, by path. */
  private readonly loose = new Map<string, Promise<void>>();

  constructor(private readonly events: FolderEvents) {}

  get all(): readonly Folder[] {
    return [...this.folders.values()];
  }

  /** Starts to look after a workspace folder; nothing is read before it is scanned. */
  async add(uri: string, settings: Config): Promise<Folder | undefined> {
    const path = pathOfUri(uri);
    if (path === undefined) return undefined;
    const scope = await scopeOf(path);
    this.remove(uri);
    // Its documents lie in the workspace now.
    for (const folder of this.all)
      if (!folder.isScanned && (folder.path === path || within(path, folder.path) !== undefined)) this.letGo(folder);
    return this.make(path, scope, settings, true);
  }

  remove(uri: string): void {
    const path = pathOfUri(uri);
    const folder = path === undefined ? undefined : this.folders.get(path);
    if (folder) this.letGo(folder);
  }

  /**
   * Looks whether folders lie in another root now, because a configuration or a repository came or went, and begins anew with those.
   * @returns whether there are such folders: they know no document yet
   */
  async renew(): Promise<boolean> {
    let isNew = false;
    for (const folder of this.all) {
      const scope = await scopeOf(folder.path);
      if (scope.root === folder.live.root || this.folders.get(folder.path) !== folder) continue;
      this.letGo(folder);
      // Those of loose documents come with their documents.
      if (folder.isScanned) this.make(folder.path, scope, folder.live.base, true);
      isNew = true;
    }
    return isNew;
  }

  /**
   * Notes an open document, so that answers spell its URI as the client does. Resolves when the folder is known that it lies in, and what the
   * configuration says there.
   */
  async opened(uri: string, languageId: string): Promise<void> {
    const document = pathOfDocument(uri, languageId);
    if (!document) return;
    const { path, isUntitled } = document;
    this.uris.set(path, uri);
    this.languages.set(uri, languageId);
    const found = this.findPath(path)?.folder;
    const folder = dirname(path);
    // A configuration may lie between the folder of another loose document and this one.
    if (found && (found.isScanned || found.path === folder)) return;
    let made = this.loose.get(folder);
    if (!made) {
      made = this.makeLoose(folder, uri, isUntitled).finally(() => this.loose.delete(folder));
      this.loose.set(folder, made);
    }
    await made;
  }

  closed(uri: string): void {
    const document = pathOfDocument(uri, this.languages.get(uri));
    this.languages.delete(uri);
    if (!document) return;
    this.uris.delete(document.path);
    const folder = this.findPath(document.path)?.folder;
    if (folder) this.leave(folder);
  }

  /** The file behind a URI; the innermost folder counts. Undefined for what is none of ours. */
  find(uri: string): FileInFolder | undefined {
    const document = pathOfDocument(uri, this.languages.get(uri));
    return document && this.findPath(document.path);
  }

  findPath(path: string): FileInFolder | undefined {
    let best: FileInFolder | undefined;
    for (const folder of this.folders.values()) {
      const local = within(folder.path, path);
      if (local !== undefined && (!best || folder.path.length > best.folder.path.length))
        best = { folder, file: folder.prefix + local };
    }
    return best;
  }

  folderUri({ path }: Folder): string {
    return uriOfPath(path);
  }

  uriOf({ folder, file }: FileInFolder): string {
    const path = file.startsWith(folder.prefix)
      ? join(folder.path, file.slice(folder.prefix.length))
      : join(folder.live.root, file);
    return this.uris.get(path) ?? uriOfPath(path);
  }

  dispose(): void {
    for (const { live } of this.folders.values()) live.dispose();
    this.folders.clear();
  }

  /** What was found in a folder is told to be gone. */
  private letGo(folder: Folder): void {
    const { live, path } = folder;
    const files = live.filesWithFindings();
    live.dispose();
    this.folders.delete(path);
    if (files.length > 0) this.events.onFindings(new Set(files.map((file) => this.uriOf({ folder, file }))));
    this.events.onConfiguration(folder, undefined);
  }

  private async makeLoose(path: string, uri: string, isUntitled: boolean): Promise<void> {
    const scope = isUntitled ? wholeOf(path) : await scopeOf(path);
    const folder = this.make(path, scope, await this.events.settingsOf(uri), false);
    await folder.live.scan();
    this.events.onLoose();
    // Closed meanwhile.
    this.leave(folder);
  }

  /** Stops to look after a folder outside the workspace with its last document. */
  private leave(folder: Folder): void {
    if (folder.isScanned || [...this.uris.keys()].some((path) => this.findPath(path)?.folder === folder)) return;
    this.letGo(folder);
    this.events.onLoose();
  }

  private make(path: string, scope: Scope, base: Config, isScanned: boolean): Folder {
    const below = folderOf(scope);
    const folder: Folder = {
      path,
      isScanned,
      prefix: below === '' ? '' : `${below}/`,
      live: new LiveWorkspace({
        scope,
        base,
        isLoose: !isScanned,
        jobs: Math.max(1, Math.min(availableParallelism() - 1, 3)),
        useCache: true,
        onFindings: (files) => this.events.onFindings(new Set([...files].map((file) => this.uriOf({ folder, file })))),
        onConfiguration: (problem) => this.events.onConfiguration(folder, problem),
        onFailure: (file, error) => this.events.onFailure(file, error),
      }),
    };
    this.folders.set(path, folder);
    return folder;
  }
}

/** A file as the user sees it: relative to the folder that is open. */
export function shortName({ prefix }: Folder, file: string): string {
  return file.startsWith(prefix) ? file.slice(prefix.length) : file;
}

/** The root that an audit of a folder has; the folder itself where it is not there yet. */
function scopeOf(path: string): Promise<Scope> {
  return resolveScope([path], path).catch(() => wholeOf(path));
}
