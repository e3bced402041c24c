import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config, UsageError } from '../session/index';
import { LiveWorkspace } from '../session/index';
import { pathOfDocument, pathOfUri, uriOfPath, within } from './locate';

/** One workspace folder, or the folder of a document that lies in none. */
export interface Folder {
  readonly path: string;
  readonly live: LiveWorkspace;
  /** False for the folder of a document outside the workspace: only what is open in it counts. */
  readonly isScanned: boolean;
}

/** A file as a folder knows it. */
export interface FileInFolder {
  readonly folder: Folder;
  /** Relative to the folder, with `/`. */
  readonly file: string;
}

export interface FolderEvents {
  onFindings(uris: ReadonlySet<string>): void;
  onConfiguration(folder: string, problem: UsageError | undefined): void;
}

/** The folders of the workspace and the documents that are open in them. */
export class Folders {
  private readonly folders = new Map<string, Folder>();
  /** The client's own spelling of the URI of each open document, by path. */
  private readonly uris = new Map<string, string>();
  private readonly languages = new Map<string, string>();

  constructor(private readonly events: FolderEvents) {}

  get all(): readonly Folder[] {
    return [...this.folders.values()];
  }

  /** Starts to look after a workspace folder; nothing is read before it is scanned. */
  add(uri: string, settings: Config): Folder | undefined {
    const path = pathOfUri(uri);
    if (path === undefined) return undefined;
    this.remove(uri);
    return this.make(path, settings, true);
  }

  remove(uri: string): void {
    const path = pathOfUri(uri);
    const folder = path === undefined ? undefined : this.folders.get(path);
    folder?.live.dispose();
    if (path !== undefined) this.folders.delete(path);
  }

  /** Notes an open document, so that answers spell its URI as the client does. */
  opened(uri: string, languageId: string): FileInFolder | undefined {
    const document = pathOfDocument(uri, languageId);
    if (!document) return undefined;
    this.uris.set(document.path, uri);
    this.languages.set(uri, languageId);
    return this.find(uri) ?? this.loose(document.path);
  }

  closed(uri: string): void {
    const document = pathOfDocument(uri, this.languages.get(uri));
    if (document) this.uris.delete(document.path);
    this.languages.delete(uri);
  }

  /** The file behind a URI; the innermost folder counts. Undefined for what is none of ours. */
  find(uri: string): FileInFolder | undefined {
    const document = pathOfDocument(uri, this.languages.get(uri));
    return document && this.findPath(document.path);
  }

  findPath(path: string): FileInFolder | undefined {
    let best: FileInFolder | undefined;
    for (const folder of this.folders.values()) {
      const file = within(folder.path, path);
      if (file !== undefined && (!best || folder.path.length > best.folder.path.length)) best = { folder, file };
    }
    return best;
  }

  folderUri({ path }: Folder): string {
    return uriOfPath(path);
  }

  uriOf({ folder, file }: FileInFolder): string {
    const path = join(folder.path, file);
    return this.uris.get(path) ?? uriOfPath(path);
  }

  dispose(): void {
    for (const { live } of this.folders.values()) live.dispose();
    this.folders.clear();
  }

  private loose(path: string): FileInFolder {
    const folder = dirname(path);
    return { folder: this.make(folder, {}, false), file: within(folder, path)! };
  }

  private make(path: string, base: Config, isScanned: boolean): Folder {
    const folder: Folder = {
      path,
      isScanned,
      live: new LiveWorkspace({
        root: path,
        base,
        jobs: Math.max(1, Math.min(availableParallelism() - 1, 3)),
        useCache: true,
        onFindings: (files) => this.events.onFindings(new Set([...files].map((file) => this.uriOf({ folder, file })))),
        onConfiguration: (problem) => this.events.onConfiguration(path, problem),
      }),
    };
    this.folders.set(path, folder);
    return folder;
  }
}
