import type { FileFacts } from '../../core/facts/collect';
import type { Finding } from '../../core/rule/finding';
import { ParseFailure, type SyntaxEngine } from '../../core/syntax/engine';
import { languageOfPath } from '../../core/syntax/language';
import { type EffectiveValue, effectiveConfiguration } from '../config/effective';
import type { Config } from '../config/schema';
import { type FolderConfig, resolveSettings, type Settings } from '../config/settings';
import { loadEngine } from '../engines';
import { RULES } from '../registry';
import { folderOf, type Scope } from '../root';
import { StyleReader } from '../style/reader';
import { UsageError } from '../types';
import { Workspace, type WorkspaceState } from '../workspace';
import { factsOnDisk, inTurns, isOnDisk, listed, scanDisk } from './disk';
import { LiveDocument } from './document';
import { Judgement, newAnalysis } from './judgement';
import { KnownFiles } from './known-files';
import { OpenDocument } from './open-document';
import { Snapshots } from './snapshots';

export interface LiveOptions {
  /** The folder that is looked after and the root that it lies in, as an audit of that folder has them. */
  readonly scope: Scope;
  /** What the editor's settings say; below every configuration file. */
  readonly base: Config;
  readonly jobs: number;
  readonly useCache: boolean;
  /** Findings came, went or changed in these files. */
  readonly onFindings: (files: ReadonlySet<string>) => void;
  /** A configuration is wrong (the last good one stays), or is right again. */
  readonly onConfiguration: (problem: UsageError | undefined) => void;
}

/**
 * A workspace folder in an editor: open documents count as they are in the editor, everything else as it is on disk. The same facts, the
 * same fold and the same rules as in an audit. Files are named relative to the root.
 */
export class LiveWorkspace {
  private readonly open = new Map<string, OpenDocument>();
  private readonly files = new KnownFiles();
  private configs: readonly FolderConfig[] = [];
  private judgement: Judgement;
  private engine: SyntaxEngine | undefined;
  private readonly snapshots = new Snapshots();
  private scanning: AbortController | undefined;
  /** Files that changed on disk while they were being read. */
  private readonly late = new Set<string>();
  /** All findings, until something changes. */
  private all: readonly Finding[] | undefined;

  constructor(private options: LiveOptions) {
    this.judgement = this.newJudgement(this.settingsOf([]));
  }

  get root(): string {
    return this.options.scope.root;
  }

  /** What the editor's settings say. */
  get base(): Config {
    return this.options.base;
  }

  /**
   * Finds all files, reads the configuration and computes what is not known yet; open documents are answered meanwhile. A second call
   * starts again and gives up the first.
   */
  async scan(onProgress?: (done: number, total: number) => void): Promise<void> {
    this.scanning?.abort();
    const scanning = new AbortController();
    this.scanning = scanning;
    const { signal } = scanning;
    this.engine ??= await loadEngine('wasm');
    const { scope, jobs, useCache, base } = this.options;
    const request = { jobs, useCache, signal, exclude: base.exclude, ...(onProgress ? { onProgress } : {}) };
    try {
      const { files, batches } = await scanDisk(scope, request, (configs) => this.takeConfigs(configs));
      for await (const batch of batches) await this.fold(batch);
      this.files.list(files);
      for (const known of this.open.values()) await this.place(known);
      const gone = this.files.names.filter((file) => !files.has(file) && !this.open.has(file));
      await this.fold(gone.map((file) => [file, undefined]));
      this.scanning = undefined;
      const late = [...this.late];
      this.late.clear();
      await this.filesChanged(late);
    } catch (error) {
      if (signal.aborted) return;
      this.scanning = undefined;
      if (!(error instanceof UsageError)) throw error;
      this.options.onConfiguration(error);
    }
  }

  /** The editor's settings changed. */
  async configure(base: Config): Promise<void> {
    this.options = { ...this.options, base };
    await this.scan();
  }

  /** Every value of the configuration that holds for a file, with its origin. */
  configurationOf(file: string, originOf: (key: string) => string): EffectiveValue[] {
    return effectiveConfiguration(this.configs, this.options.base, originOf, file);
  }

  /** A document was opened, or its text changed. Resolves when its findings are up to date. */
  async setText(file: string, text: string): Promise<void> {
    const language = languageOfPath(file);
    if (!language) return;
    this.engine ??= await loadEngine('wasm');
    try {
      const known = this.open.get(file);
      if (known) known.document.update(text);
      else this.open.set(file, await this.opened(new LiveDocument(file, language, this.engine, text)));
    } catch (error) {
      // Too large, or the parser broke on it: the file keeps quiet until it changes again.
      if (!(error instanceof ParseFailure)) throw error;
      return;
    }
    await this.judge(this.open.get(file)!, false);
  }

  /** A document was saved: what was kept from before it broke is let go. */
  async saved(file: string): Promise<void> {
    const known = this.open.get(file);
    if (known?.document.broken) await this.judge(known, true);
  }

  /** A document was closed: the disk counts again. */
  async close(file: string): Promise<void> {
    this.open.get(file)?.document.dispose();
    this.open.delete(file);
    await this.filesChanged([file]);
  }

  /** Files changed on disk, came or went. */
  async filesChanged(files: readonly string[]): Promise<void> {
    if (this.scanning) for (const file of files) this.late.add(file);
    const updates: [string, FileFacts | undefined][] = [];
    for (const file of await this.ofOurs(files)) {
      const known = this.open.get(file);
      this.files.add(file);
      if (known) await this.place(known);
      else if (languageOfPath(file)) updates.push([file, await factsOnDisk(this.root, file)]);
    }
    if (updates.length > 0) await this.fold(updates);
  }

  /** The files that are known below a folder, also after it is gone. */
  filesBelow(folder: string): string[] {
    return this.files.below(folder);
  }

  /** What an editor shows in a file: findings with a place in it, in the order of every output. */
  findingsIn(file: string): Finding[] {
    return this.open.get(file)?.findings(this.judgement) ?? this.judgement.findingsIn(file);
  }

  /** Every file that has findings, sorted. */
  filesWithFindings(): string[] {
    const files = new Set(this.findings().flatMap((one) => [one.file, ...one.related.map(({ file }) => file)]));
    return [...files].sort();
  }

  /** All findings, as an audit reports them. */
  findings(): readonly Finding[] {
    this.all ??= this.judgement.findings();
    return this.all;
  }

  /** Works on the workspace as it is now: what happens meanwhile does not show. */
  async withSnapshot<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const engine = await this.loadedEngine();
    const { modules, facts } = this.files;
    const { analysis } = this.judgement;
    return this.snapshots.with(() => new Workspace({ ...this.state(engine), analysis, facts, modules }), work);
  }

  /** Works on a copy of the workspace as it is now, which may take in changes; it costs a fold of everything, in turns with other work. */
  async withCopy<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const state = this.state(await this.loadedEngine());
    const facts = new Map(this.files.facts);
    const analysis = newAnalysis(state.settings);
    for await (const batch of inTurns(facts)) analysis.updateAll(batch);
    const workspace = new Workspace({ ...state, analysis, facts });
    try {
      return await work(workspace);
    } finally {
      workspace.dispose();
    }
  }

  dispose(): void {
    this.scanning?.abort();
    this.outdate();
    for (const { document } of this.open.values()) document.dispose();
    this.open.clear();
  }

  private state(engine: SyntaxEngine): Omit<WorkspaceState, 'analysis' | 'facts'> {
    return {
      scope: this.options.scope,
      settings: this.judgement.settings,
      engine,
      overlay: new Map([...this.open].map(([file, { text }]) => [file, text])),
      styles: new StyleReader(this.root),
    };
  }

  private async loadedEngine(): Promise<SyntaxEngine> {
    this.engine ??= await loadEngine('wasm');
    return this.engine;
  }

  /** Of changed files those that an audit would look at: what is new may be ignored, excluded or vendored. */
  private async ofOurs(files: readonly string[]): Promise<readonly string[]> {
    if (files.every((file) => this.files.has(file))) return files;
    const { scope, base } = this.options;
    const ours = await listed(scope, base.exclude);
    return files.filter((file) => this.files.has(file) || ours?.has(file));
  }

  private async opened(document: LiveDocument): Promise<OpenDocument> {
    const wasThere = await isOnDisk(this.root, document.file);
    return new OpenDocument(document, wasThere, wasThere && this.files.isUnlisted(document.file));
  }

  /** Looks whether an audit would pass an open document over: the last scan did, or its file is gone from where it was. */
  private async place(known: OpenDocument): Promise<void> {
    const isThere = await isOnDisk(this.root, known.file);
    const isLeftOut = isThere ? this.files.isUnlisted(known.file) : known.wasThere;
    known.wasThere ||= isThere;
    if (isLeftOut === known.isLeftOut) return;
    known.isLeftOut = isLeftOut;
    await this.judge(known, true);
  }

  /** Brings the findings of an open document up to date. */
  private async judge(known: OpenDocument, isSaved: boolean): Promise<void> {
    this.outdate();
    const { file } = known;
    if (known.isLeftOut) {
      known.forget();
      return this.fold([[file, undefined]]);
    }
    const { changed, counts } = known.judge(this.judgement, isSaved);
    if (counts) this.files.replace(file, known.document.facts);
    await this.judgement.defer(this.judgement.analysis.findingsIn(file));
    if (known.isNews(this.findingsIn(file))) changed.add(file);
    if (changed.size > 0) this.options.onFindings(changed);
  }

  /** Takes in facts of files that are not open, or that are open and left out. */
  private async fold(files: readonly (readonly [string, FileFacts | undefined])[]): Promise<void> {
    this.outdate();
    const updates = files.filter(([file]) => this.open.get(file)?.isLeftOut ?? true);
    for (const [file, facts] of updates) this.files.set(file, facts);
    const changed = await this.judgement.update(updates);
    this.all = undefined;
    if (changed.size > 0) this.options.onFindings(changed);
  }

  /** New settings judge the same facts anew. */
  private async takeConfigs(configs: readonly FolderConfig[]): Promise<void> {
    this.configs = configs;
    const before = this.filesWithFindings();
    this.judgement = this.newJudgement(this.settingsOf(configs));
    this.outdate();
    const { analysis } = this.judgement;
    analysis.updateAll(this.files.facts);
    await this.judgement.defer(analysis.findings());
    this.all = undefined;
    const changed = new Set([...before, ...this.filesWithFindings()]);
    for (const known of this.open.values()) known.rejudged(this.judgement);
    if (changed.size > 0) this.options.onFindings(changed);
    this.options.onConfiguration(undefined);
  }

  private settingsOf(configs: readonly FolderConfig[]): Settings {
    const { base, scope } = this.options;
    return resolveSettings(configs, {}, RULES, base, folderOf(scope));
  }

  private newJudgement(settings: Settings): Judgement {
    return new Judgement(this.root, settings, (file) => this.open.get(file)?.text);
  }

  private outdate(): void {
    this.all = undefined;
    this.snapshots.outdate();
  }
}
