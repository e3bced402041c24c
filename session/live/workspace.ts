import { isInside } from '../../core/facts/broken';
import type { FileFacts } from '../../core/facts/collect';
import { Analysis } from '../../core/index/analysis';
import { WorkspaceModules } from '../../core/modules/index';
import { compareFindings, type Finding } from '../../core/rule/finding';
import { ParseFailure, type SyntaxEngine } from '../../core/syntax/engine';
import { languageOfPath } from '../../core/syntax/language';
import type { SourceFile } from '../../core/text/source-file';
import { type EffectiveValue, effectiveConfiguration } from '../config/effective';
import type { Config } from '../config/schema';
import { type FolderConfig, resolveSettings, type Settings } from '../config/settings';
import { discover } from '../discovery';
import { loadEngine } from '../engines';
import { examineBatch, type FileRecord } from '../examine';
import { RULES } from '../registry';
import { bringRecords } from '../run';
import { StyleReader } from '../style/reader';
import { UsageError } from '../types';
import { Workspace } from '../workspace';
import { LiveDocument, Mover } from './document';

export interface LiveOptions {
  /** Absolute, with symbolic links resolved. */
  readonly root: string;
  /** What the editor's settings say; below every configuration file. */
  readonly base: Config;
  readonly jobs: number;
  readonly useCache: boolean;
  /** Findings came, went or changed in these files. */
  readonly onFindings: (files: ReadonlySet<string>) => void;
  /** A configuration is wrong (the last good one stays), or is right again. */
  readonly onConfiguration: (problem: UsageError | undefined) => void;
}

/** An open document and, while it is not understood, the text to which its findings still belong. */
interface OpenDocument {
  readonly document: LiveDocument;
  /** The text and the own findings of the last state that was understood in whole. */
  good: { readonly source: SourceFile; readonly own: readonly Finding[] };
  /** Whether its part in groups is that of `good`. */
  isFrozen: boolean;
}

/**
 * A workspace folder in an editor: open documents count as they are in the editor, everything else as it is on disk. The same facts, the
 * same fold and the same rules as in an audit.
 */
export class LiveWorkspace {
  private readonly open = new Map<string, OpenDocument>();
  private readonly facts = new Map<string, FileFacts>();
  private settings: Settings;
  private configs: readonly FolderConfig[] = [];
  private analysis: Analysis;
  private engine: SyntaxEngine | undefined;
  private modules: WorkspaceModules | undefined;
  private current: { readonly workspace: Workspace; leases: number; isStale: boolean } | undefined;
  private scanning: AbortController | undefined;
  /** Files that changed on disk while they were being read. */
  private readonly late = new Set<string>();
  private generation = 0;

  constructor(private options: LiveOptions) {
    this.settings = resolveSettings([], {}, RULES, options.base);
    this.analysis = this.newAnalysis();
  }

  get root(): string {
    return this.options.root;
  }

  /** Counts every change of anything that a cure could have looked at. */
  get version(): number {
    return this.generation;
  }

  /** The effective settings of a file. */
  get lookup(): Settings['lookup'] {
    return this.settings.lookup;
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
    const scope = { root: this.root, targets: [{ path: '', isFolder: true }] };
    try {
      const { files, configs } = await discover(scope, undefined, signal);
      this.configs = configs;
      this.takeSettings(resolveSettings(configs, {}, RULES, this.options.base));
      this.options.onConfiguration(undefined);
      const { jobs, useCache } = this.options;
      const { records } = await bringRecords(scope, files, {
        engine: 'wasm',
        jobs,
        useCache,
        signal,
        ...(onProgress ? { onProgress } : {}),
      });
      const seen = new Set<string>();
      const batch: [string, FileFacts][] = [];
      for (const [index, { file }] of files.entries()) {
        seen.add(file);
        const record = JSON.parse(records[index]!.record()) as FileRecord;
        if ('facts' in record) batch.push([file, record.facts]);
        if (batch.length < FOLD_FILES) continue;
        this.fold(batch.splice(0));
        // One fold of everything would keep the editor waiting.
        await new Promise(setImmediate);
        signal.throwIfAborted();
      }
      const gone = [...this.facts.keys()].filter((file) => !seen.has(file) && !this.open.has(file));
      this.fold([...batch, ...gone.map((file) => [file, undefined] as const)]);
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
      else this.open.set(file, this.opened(new LiveDocument(file, language, this.engine, text)));
    } catch (error) {
      // Too large, or the parser broke on it: the file keeps quiet until it changes again.
      if (!(error instanceof ParseFailure)) throw error;
      return;
    }
    this.judge(this.open.get(file)!, false);
  }

  /** A document was saved: what was kept from before it broke is let go. */
  saved(file: string): void {
    const known = this.open.get(file);
    if (known?.document.broken) this.judge(known, true);
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
      const language = languageOfPath(file);
      if (!language || this.open.has(file)) continue;
      const batch = { root: this.root, engine: 'wasm', files: [{ file, language, knownHashes: [] }] } as const;
      const { outcomes } = await examineBatch(batch);
      const record = JSON.parse(outcomes[0]!.record!) as FileRecord;
      updates.push([file, 'facts' in record ? record.facts : undefined]);
    }
    if (updates.length > 0) this.fold(updates);
  }

  /** Of changed files those that an audit would look at: what is new may be ignored, excluded or vendored. */
  private async ofOurs(files: readonly string[]): Promise<readonly string[]> {
    if (files.every((file) => this.facts.has(file))) return files;
    const whole = { root: this.root, targets: [{ path: '', isFolder: true }] };
    const ours = await discover(whole, undefined).then(
      (discovery) => new Set(discovery.files.map(({ file }) => file)),
      (error: unknown) => {
        // The configuration is wrong, which the next scan tells; until it is right, only known files are followed.
        if (error instanceof UsageError) return new Set<string>();
        throw error;
      },
    );
    return files.filter((file) => this.facts.has(file) || ours.has(file));
  }

  /** What an editor shows in a file: findings with a place in it, in the order of every output. */
  findingsIn(file: string): Finding[] {
    const known = this.open.get(file);
    if (!known?.document.broken) return this.analysis.findingsIn(file);
    const { document, good, isFrozen } = known;
    const mover = new Mover(file, good.source, document.source);
    const groups = this.analysis.groupFindingsIn(file);
    const { ranges } = document.broken!;
    const held = good.own
      .map((finding) => mover.finding(finding))
      .filter(({ range }) => isInside(document.source.offsetAt(range.start), ranges));
    const fresh = this.analysis
      .ownFindingsIn(file)
      .filter(({ rule, range }) => !held.some((one) => one.rule === rule && one.range.start.line === range.start.line));
    return [...fresh, ...held, ...(isFrozen ? groups.map((one) => mover.finding(one)) : groups)].sort(compareFindings);
  }

  /** Every file that has findings, sorted. */
  filesWithFindings(): string[] {
    const files = new Set(
      this.analysis.findings().flatMap((one) => [one.file, ...one.related.map(({ file }) => file)]),
    );
    return [...files].sort();
  }

  /** All findings, as an audit reports them. */
  findings(): Finding[] {
    return this.analysis.findings();
  }

  /**
   * Works on the workspace as it is now: what happens meanwhile does not show, and makes {@link version} differ.
   */
  async withSnapshot<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    this.engine ??= await loadEngine('wasm');
    this.modules ??= new WorkspaceModules([...this.facts.keys()].sort(), (file) => this.facts.get(file));
    this.current ??= {
      workspace: new Workspace({
        scope: { root: this.root, targets: [{ path: '', isFolder: true }] },
        settings: this.settings,
        analysis: this.analysis,
        facts: this.facts,
        engine: this.engine,
        overlay: new Map([...this.open].map(([file, { document }]) => [file, document.source.text])),
        styles: new StyleReader(this.root),
        modules: this.modules,
      }),
      leases: 0,
      isStale: false,
    };
    const lease = this.current;
    lease.leases++;
    try {
      return await work(lease.workspace);
    } finally {
      lease.leases--;
      if (lease.isStale && lease.leases === 0) lease.workspace.dispose();
    }
  }

  dispose(): void {
    this.scanning?.abort();
    this.outdate();
    for (const { document } of this.open.values()) document.dispose();
    this.open.clear();
  }

  private opened(document: LiveDocument): OpenDocument {
    return { document, good: { source: document.source, own: [] }, isFrozen: false };
  }

  /** Brings the findings of an open document up to date. */
  private judge(known: OpenDocument, isSaved: boolean): void {
    const { document, good } = known;
    const { file, facts, source, broken } = document;
    this.outdate();
    const isHeld = broken !== undefined && !isSaved && this.hasGroupPlaceIn(known);
    const before = JSON.stringify(this.analysis.findingsIn(file));
    if (isHeld) {
      this.analysis.updateOwn(file, facts);
      known.isFrozen = true;
      this.options.onFindings(new Set([file]));
      return;
    }
    known.isFrozen = false;
    this.facts.set(file, facts);
    const { changedFiles } = this.analysis.update(file, facts);
    if (!broken || isSaved) known.good = { source, own: this.analysis.ownFindingsIn(file) };
    const isChanged = changedFiles.has(file) || broken !== undefined || good.own.length > 0;
    const changed = new Set(changedFiles);
    if (isChanged && before !== JSON.stringify(this.findingsIn(file))) changed.add(file);
    if (changed.size > 0) this.options.onFindings(changed);
  }

  /** Whether a broken definition holds a place of a group: that group must not lose it while somebody types. */
  private hasGroupPlaceIn({ document, good, isFrozen }: OpenDocument): boolean {
    if (isFrozen) return true;
    const mover = new Mover(document.file, good.source, document.source);
    return this.analysis
      .groupFindingsIn(document.file)
      .map((finding) => mover.finding(finding))
      .flatMap((finding) => [finding, ...finding.related])
      .some(
        ({ file, range }) =>
          file === document.file && isInside(document.source.offsetAt(range.start), document.broken!.ranges),
      );
  }

  /** Takes in facts of files that are not open. */
  private fold(files: readonly (readonly [string, FileFacts | undefined])[]): void {
    this.outdate();
    this.modules = undefined;
    const updates = files.filter(([file]) => !this.open.has(file));
    for (const [file, facts] of updates) {
      if (facts) this.facts.set(file, facts);
      else this.facts.delete(file);
    }
    const { changedFiles } = this.analysis.updateAll(updates);
    if (changedFiles.size > 0) this.options.onFindings(changedFiles);
  }

  /** New settings judge the same facts anew. */
  private takeSettings(settings: Settings): void {
    this.settings = settings;
    const before = new Set(this.filesWithFindings());
    this.analysis = this.newAnalysis();
    this.outdate();
    this.analysis.updateAll(this.facts);
    const changed = new Set([...before, ...this.filesWithFindings()]);
    for (const [file, known] of this.open) {
      if (known.document.broken) continue;
      known.good = { source: known.document.source, own: this.analysis.ownFindingsIn(file) };
    }
    if (changed.size > 0) this.options.onFindings(changed);
  }

  private newAnalysis(): Analysis {
    return new Analysis(this.settings.rules, this.settings.lookup, RULES);
  }

  private outdate(): void {
    this.generation++;
    if (!this.current) return;
    this.current.isStale = true;
    if (this.current.leases === 0) this.current.workspace.dispose();
    this.current = undefined;
  }
}

/** Files that are folded before other work gets its turn. */
const FOLD_FILES = 200;
