import { Refusal } from '../../core/edit/refusal';
import type { FileFacts } from '../../core/facts/collect';
import type { Finding } from '../../core/rule/finding';
import { ParseFailure, type SyntaxEngine } from '../../core/syntax/engine';
import { languageOfPath } from '../../core/syntax/language';
import type { EffectiveValue } from '../config/effective';
import type { Config } from '../config/schema';
import type { FolderConfig } from '../config/settings';
import { loadEngine } from '../engines';
import { folderOf, isRoot, type Scope } from '../root';
import { StyleReader } from '../style/reader';
import { UsageError } from '../types';
import type { Workspace } from '../workspace';
import { configsAbove, factsBeyond, factsOnDisk, isOnDisk, type ScanRequest, scanDisk, standingOf } from './disk';
import { LiveDocument } from './document';
import { Early } from './early';
import { FolderFindings } from './folder-findings';
import { OpenDocument } from './open-document';
import { Reading } from './reading';
import { Snapshots } from './snapshots';

export interface LiveOptions {
  /** The folder that is looked after and the root that it lies in, as an audit of that folder has them. */
  readonly scope: Scope;
  /** What the editor's settings say; below every configuration file. */
  readonly base: Config;
  /** Only what is open counts: for documents outside every folder of the workspace, and for untitled ones. */
  readonly isLoose?: boolean;
  readonly jobs: number;
  readonly useCache: boolean;
  /** Findings came, went or changed in these files. */
  readonly onFindings: (files: ReadonlySet<string>) => void;
  /** A configuration is wrong (the last good one stays), or is right again. */
  readonly onConfiguration: (problem: UsageError | undefined) => void;
  /** A defect of ours: an open file could not be judged, and keeps quiet until it changes again. */
  readonly onFailure: (file: string, error: unknown) => void;
}

/**
 * A workspace folder in an editor: open documents count as they are in the editor, everything else as it is on disk. The same facts, the
 * same fold and the same rules as in an audit. Files are named relative to the root.
 */
export class LiveWorkspace {
  private readonly found: FolderFindings;
  private readonly snapshots = new Snapshots(() => this.present());
  private engine: SyntaxEngine | undefined;
  private readonly reading = new Reading();
  /** Files that changed on disk while they were being read. */
  private readonly late = new Set<string>();
  /** Changes on disk are taken in one after the other, so that the newest text of a file is the last. */
  private turn: Promise<void> = Promise.resolve();
  private readonly early: Early;
  /** Resolves when the configuration has been read for the first time, or found to be wrong. */
  readonly whenConfigured: Promise<void>;
  private tellConfigured!: () => void;
  /** Whether all files were read once. */
  private isKnown = false;
  /** What is wrong with the configuration. */
  private problem: UsageError | undefined;

  constructor(private readonly options: LiveOptions) {
    this.found = new FolderFindings({ ...options, onChange: () => this.snapshots.outdate() });
    this.whenConfigured = new Promise((resolve) => {
      this.tellConfigured = resolve;
    });
    this.early = new Early(options.scope);
    this.early.isOver = options.isLoose === true;
  }

  get root(): string {
    return this.options.scope.root;
  }

  /** What the editor's settings say. */
  get base(): Config {
    return this.found.base;
  }

  /**
   * Finds all files, reads the configuration and computes what is not known yet; open documents are answered meanwhile. A second call
   * starts again and gives up the first, which then ends with the second. Of loose documents it reads the configuration alone.
   */
  scan(onProgress?: (done: number, total: number) => void): Promise<void> {
    return this.reading.start((signal) => this.read(signal, onProgress));
  }

  /** The editor's settings changed: they hold with the next {@link scan}; before the first has found anything, at once. */
  async configure(base: Config): Promise<void> {
    this.found.base = base;
    if (!this.early.isOver) await this.found.takeConfigs(this.early.known);
  }

  /** Resolves when the folder has been read, and is not being read again; before the first scan it waits for that. */
  async whenRead(): Promise<void> {
    await this.loadedEngine();
    await this.reading.over();
  }

  /** Whether the folder is being read, or about to be: what is known of it is not all. */
  get isReading(): boolean {
    return this.reading.isUnderWay;
  }

  /** Every value of the configuration that holds for a file, with its origin. */
  configurationOf(file: string, originOf: (key: string) => string): EffectiveValue[] {
    return this.found.configurationOf(file, originOf);
  }

  /** A document was opened, or its text changed. Resolves when its findings are up to date. */
  async setText(file: string, text: string): Promise<void> {
    const language = languageOfPath(file);
    if (!language) return;
    const engine = await this.loadedEngine();
    const { open } = this.found;
    try {
      const known = open.get(file);
      if (known) known.document.update(text);
      else open.set(file, await this.opened(new LiveDocument(file, language, engine, text)));
      await this.found.judge(open.get(file)!, false);
    } catch (error) {
      // Too large, or the parser broke on it: the file keeps quiet until it changes again. So it does where a rule breaks on it.
      if (!(error instanceof ParseFailure)) this.options.onFailure(file, error);
    }
  }

  /** A document was saved: what was kept from before it broke is let go. */
  async saved(file: string): Promise<void> {
    const known = this.found.open.get(file);
    if (known?.document.broken) await this.found.judge(known, true);
  }

  /** A document was closed: the disk counts again. */
  async close(file: string): Promise<void> {
    this.found.open.get(file)?.document.dispose();
    this.found.open.delete(file);
    if (this.options.isLoose) await this.found.fold([[file, undefined]]);
    else await this.filesChanged([file]);
  }

  /** Files changed on disk, came or went. */
  filesChanged(files: readonly string[]): Promise<void> {
    if (this.isReading) for (const file of files) this.late.add(file);
    return this.inTurn(files);
  }

  /** The files that are known below a folder, also after it is gone. */
  filesBelow(folder: string): string[] {
    return this.found.files.below(folder);
  }

  /** What an editor shows in a file: findings with a place in it, in the order of every output. */
  findingsIn(file: string): Finding[] {
    return this.found.in(file);
  }

  /** Every file that has findings, sorted. */
  filesWithFindings(): string[] {
    return this.found.filesWithSome();
  }

  /** All findings, as an audit reports them. */
  findings(): readonly Finding[] {
    return this.found.list();
  }

  /** Works on the folder as it is now: what happens meanwhile does not show. */
  async withSnapshot<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    await this.loadedEngine();
    return this.snapshots.with(work);
  }

  /**
   * Works on the folder as it is when it has been read, and on everything else below its root: a change must know who uses what it touches,
   * in the editor as on the command line.
   * @throws Refusal `not-verifiable` when a configuration of the root is wrong, or was from the beginning, so that no file was ever read
   */
  async withWhole<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    await this.ensureKnown();
    return (await this.isAlone()) ? this.snapshots.with(work) : this.snapshots.withWhole(() => this.beyond(), work);
  }

  /**
   * Works on a copy of {@link withWhole}, which may take in changes.
   * @throws Refusal as that
   */
  async withCopy<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    await this.ensureKnown();
    return this.snapshots.withCopy(() => this.beyond(), work);
  }

  dispose(): void {
    this.reading.dispose();
    this.tellConfigured();
    this.found.dispose();
  }

  private async read(
    signal: AbortSignal,
    onProgress: ((done: number, total: number) => void) | undefined,
  ): Promise<void> {
    const { scope, jobs, useCache, isLoose } = this.options;
    try {
      if (isLoose) await this.takeConfigs(await configsAbove(scope, signal), signal);
      else {
        const { exclude } = this.base;
        await this.loadedEngine();
        const request = { jobs, useCache, signal, exclude, ...(onProgress ? { onProgress } : {}) };
        await this.takeAll(scope, request);
      }
      this.isKnown = true;
      while (this.late.size > 0) {
        const late = [...this.late];
        this.late.clear();
        await this.inTurn(late);
        signal.throwIfAborted();
      }
    } catch (error) {
      if (signal.aborted) throw error;
      this.tellConfigured();
      if (!(error instanceof UsageError)) throw error;
      this.problem = error;
      this.options.onConfiguration(error);
    }
  }

  private async takeAll(scope: Scope, request: ScanRequest): Promise<void> {
    const { found } = this;
    const { signal } = request;
    let files: ReadonlySet<string> = new Set();
    const batches = await scanDisk(scope, request, async (standing) => {
      files = standing.files;
      await this.takeConfigs(standing.configs, signal);
      found.files.list(files);
      for (const known of [...found.open.values()]) await this.place(known);
    });
    for await (const batch of batches) await found.fold(batch);
    signal.throwIfAborted();
    const gone = found.files.names.filter((file) => !files.has(file) && !found.open.has(file));
    await found.fold(gone.map((file) => [file, undefined]));
  }

  private async takeConfigs(configs: readonly FolderConfig[], signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.early.isOver = true;
    this.problem = undefined;
    await this.found.takeConfigs(configs);
    signal.throwIfAborted();
    this.tellConfigured();
    this.options.onConfiguration(undefined);
  }

  private inTurn(files: readonly string[]): Promise<void> {
    const done = this.turn.then(() => this.takeIn(files));
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async takeIn(files: readonly string[]): Promise<void> {
    const updates: [string, FileFacts | undefined][] = [];
    for (const file of await this.ofOurs(files)) {
      const known = this.found.open.get(file);
      this.found.files.add(file);
      if (known) await this.place(known);
      else if (languageOfPath(file)) updates.push([file, await factsOnDisk(this.root, file)]);
    }
    if (updates.length > 0) await this.found.fold(updates);
  }

  /** @throws Refusal where no file but the open ones was ever read: what uses them is not known */
  private async ensureKnown(): Promise<void> {
    await this.whenRead();
    if (!this.isKnown)
      throw new Refusal('not-verifiable', { reason: this.problem?.message ?? 'the folder was not read' });
  }

  /** Whether nothing lies around the folder that anybody knows to belong to it: so it is with a loose document in no repository. */
  private async isAlone(): Promise<boolean> {
    const { scope, isLoose } = this.options;
    return isLoose ? !(await isRoot(scope.root)) : folderOf(scope) === '';
  }

  /** The facts of files outside the folder. */
  private async beyond(): Promise<ReadonlyMap<string, FileFacts>> {
    if (await this.isAlone()) return new Map();
    const { scope, jobs, useCache, isLoose } = this.options;
    return factsBeyond(scope.root, isLoose ? undefined : folderOf(scope), { jobs, useCache });
  }

  private present() {
    const { judgement, files, open } = this.found;
    return {
      scope: this.options.scope,
      settings: judgement.settings,
      analysis: judgement.analysis,
      files,
      engine: this.engine!,
      overlay: new Map([...open].map(([file, { text }]) => [file, text])),
      styles: new StyleReader(this.root, this.engine!),
    };
  }

  private async loadedEngine(): Promise<SyntaxEngine> {
    this.engine ??= await loadEngine('wasm');
    return this.engine;
  }

  /** Of changed files those that an audit would look at: what is new may be ignored, excluded or vendored. */
  private async ofOurs(files: readonly string[]): Promise<readonly string[]> {
    const { files: known } = this.found;
    if (files.every((file) => known.has(file))) return files;
    const ours = await standingOf(this.options.scope, files, this.base.exclude);
    return files.filter((file) => known.has(file) || ours?.files.has(file));
  }

  private async opened(document: LiveDocument): Promise<OpenDocument> {
    const { file } = document;
    const wasThere = await isOnDisk(this.root, file);
    const early = await this.early.standing(file, this.base.exclude);
    if (early?.configs && !this.early.isOver) await this.found.takeConfigs(early.configs);
    const isUnlisted = early?.isUnlisted ?? this.found.files.isUnlisted(file);
    return new OpenDocument(document, wasThere, wasThere && isUnlisted);
  }

  /** Looks whether an audit would pass an open document over: the last scan did, or its file is gone from where it was. */
  private async place(known: OpenDocument): Promise<void> {
    const isThere = await isOnDisk(this.root, known.file);
    const isLeftOut = isThere ? this.found.files.isUnlisted(known.file) : known.wasThere;
    known.wasThere ||= isThere;
    if (isLeftOut === known.isLeftOut) return;
    known.isLeftOut = isLeftOut;
    await this.found.judge(known, true);
  }
}
