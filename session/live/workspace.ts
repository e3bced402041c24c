import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { isInside } from '../../core/facts/broken';
import type { FileFacts } from '../../core/facts/collect';
import { Analysis } from '../../core/index/analysis';
import { WorkspaceModules } from '../../core/modules/index';
import { compareFindings, type Finding, isEqualJson } from '../../core/rule/finding';
import { ParseFailure, type SyntaxEngine } from '../../core/syntax/engine';
import { languageOfPath } from '../../core/syntax/language';
import type { SourceFile } from '../../core/text/source-file';
import { Deferral } from '../config/defer/index';
import { type EffectiveValue, effectiveConfiguration } from '../config/effective';
import type { Config } from '../config/schema';
import { type FolderConfig, resolveSettings, type Settings } from '../config/settings';
import { discover } from '../discovery';
import { loadEngine } from '../engines';
import { examineBatch, type FileRecord } from '../examine';
import { factsOf } from '../facts';
import { readDecoded } from '../read-text';
import { RULES } from '../registry';
import { bringRecords } from '../run';
import { StyleReader } from '../style/reader';
import { wholeOf } from '../survey';
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
  /** What was last told of it. */
  shown: readonly Finding[];
  /** Excluded, ignored, vendored or deleted: an audit does not look at it, and so it is quiet. */
  isLeftOut: boolean;
  /** Whether its file was on disk once: what was never saved is nobody's to leave out. */
  wasThere: boolean;
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
  /** Findings that the configuration leaves to another linter. */
  private readonly deferred = new WeakSet<Finding>();
  private deferral: Deferral;
  /** What the last scan found; undefined before the first, and for the folder of a loose file. */
  private listed: Set<string> | undefined;
  /** All findings, until something changes. */
  private all: Finding[] | undefined;

  constructor(private options: LiveOptions) {
    this.settings = resolveSettings([], {}, RULES, options.base);
    this.analysis = this.newAnalysis();
    this.deferral = this.newDeferral();
  }

  get root(): string {
    return this.options.root;
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
    const scope = wholeOf(this.root);
    try {
      const { files, configs } = await discover(scope, undefined, signal, this.options.base.exclude);
      this.configs = configs;
      await this.takeSettings(resolveSettings(configs, {}, RULES, this.options.base));
      this.options.onConfiguration(undefined);
      const { jobs, useCache } = this.options;
      const { records } = await bringRecords(scope, files, {
        engine: 'wasm',
        jobs,
        useCache,
        signal,
        ...(onProgress ? { onProgress } : {}),
      });
      const seen = new Set(files.map(({ file }) => file));
      const batch: (readonly [string, FileFacts])[] = [];
      for (const entry of factsOf(files, records)) {
        batch.push(entry);
        if (batch.length < FOLD_FILES) continue;
        await this.fold(batch.splice(0));
        // One fold of everything would keep the editor waiting.
        await new Promise(setImmediate);
        signal.throwIfAborted();
      }
      this.listed = seen;
      for (const known of this.open.values()) await this.place(known);
      const gone = [...this.facts.keys()].filter((file) => !seen.has(file) && !this.open.has(file));
      await this.fold([...batch, ...gone.map((file) => [file, undefined] as const)]);
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
      const language = languageOfPath(file);
      const known = this.open.get(file);
      this.listed?.add(file);
      if (known) await this.place(known);
      if (!language || known) continue;
      const batch = { root: this.root, engine: 'wasm', files: [{ file, language, knownHashes: [] }] } as const;
      const { outcomes } = await examineBatch(batch);
      const record = JSON.parse(outcomes[0]!.record!) as FileRecord;
      updates.push([file, 'facts' in record ? record.facts : undefined]);
    }
    if (updates.length > 0) await this.fold(updates);
  }

  /** Of changed files those that an audit would look at: what is new may be ignored, excluded or vendored. */
  private async ofOurs(files: readonly string[]): Promise<readonly string[]> {
    if (files.every((file) => this.facts.has(file))) return files;
    const ours = await discover(wholeOf(this.root), undefined, undefined, this.options.base.exclude).then(
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
    if (!known?.document.broken) return this.reported(this.analysis.findingsIn(file));
    const { document, good, isFrozen } = known;
    const mover = new Mover(file, good.source, document.source);
    const groups = this.reported(this.analysis.groupFindingsIn(file));
    const { ranges } = document.broken!;
    const held = this.reported(good.own)
      .map((finding) => mover.finding(finding))
      .filter(({ range }) => isInside(document.source.offsetAt(range.start), ranges));
    const fresh = this.reported(this.analysis.ownFindingsIn(file)).filter(
      ({ rule, range }) => !held.some((one) => one.rule === rule && one.range.start.line === range.start.line),
    );
    return [...fresh, ...held, ...(isFrozen ? groups.map((one) => mover.finding(one)) : groups)].sort(compareFindings);
  }

  /** Every file that has findings, sorted. */
  filesWithFindings(): string[] {
    const files = new Set(this.findings().flatMap((one) => [one.file, ...one.related.map(({ file }) => file)]));
    return [...files].sort();
  }

  /** All findings, as an audit reports them. */
  findings(): readonly Finding[] {
    this.all ??= this.reported(this.analysis.findings());
    return this.all;
  }

  /**
   * Works on the workspace as it is now: what happens meanwhile does not show.
   */
  async withSnapshot<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    this.engine ??= await loadEngine('wasm');
    this.modules ??= new WorkspaceModules([...this.facts.keys()].sort(), (file) => this.facts.get(file));
    this.current ??= {
      workspace: new Workspace({
        scope: wholeOf(this.root),
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

  private async opened(document: LiveDocument): Promise<OpenDocument> {
    const wasThere = await this.isThere(document.file);
    const isLeftOut = wasThere && this.listed !== undefined && !this.listed.has(document.file);
    return { isLeftOut, wasThere, document, good: { source: document.source, own: [] }, isFrozen: false, shown: [] };
  }

  /** Looks whether an audit would pass an open document over: the last scan did, or its file is gone from where it was. */
  private async place(known: OpenDocument): Promise<void> {
    const { file } = known.document;
    const isThere = await this.isThere(file);
    const isLeftOut = isThere ? this.listed !== undefined && !this.listed.has(file) : known.wasThere;
    known.wasThere ||= isThere;
    if (isLeftOut === known.isLeftOut) return;
    known.isLeftOut = isLeftOut;
    await this.judge(known, true);
  }

  private isThere(file: string): Promise<boolean> {
    return access(join(this.root, file)).then(
      () => true,
      () => false,
    );
  }

  /** Brings the findings of an open document up to date. */
  private async judge(known: OpenDocument, isSaved: boolean): Promise<void> {
    const { document } = known;
    const { file, facts, source, broken } = document;
    this.outdate();
    if (known.isLeftOut) {
      known.good = { source, own: [] };
      return this.fold([[file, undefined]]);
    }
    known.isFrozen = broken !== undefined && !isSaved && this.hasGroupPlaceIn(known);
    const changed = new Set<string>();
    if (known.isFrozen) {
      this.analysis.updateOwn(file, facts);
    } else {
      this.facts.set(file, facts);
      for (const one of this.analysis.update(file, facts).changedFiles) changed.add(one);
      if (!broken || isSaved) known.good = { source, own: this.analysis.ownFindingsIn(file) };
    }
    await this.defer(this.analysis.findingsIn(file));
    const shown = this.findingsIn(file);
    if (!isEqualJson(shown, known.shown)) changed.add(file);
    known.shown = shown;
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

  /** Takes in facts of files that are not open, or that are open and left out. */
  private async fold(files: readonly (readonly [string, FileFacts | undefined])[]): Promise<void> {
    this.outdate();
    this.modules = undefined;
    const updates = files.filter(([file]) => this.open.get(file)?.isLeftOut ?? true);
    for (const [file, facts] of updates) {
      if (facts) this.facts.set(file, facts);
      else this.facts.delete(file);
    }
    const { changedFiles } = this.analysis.updateAll(updates);
    for (const file of changedFiles) await this.defer(this.analysis.findingsIn(file));
    this.all = undefined;
    if (changedFiles.size > 0) this.options.onFindings(changedFiles);
  }

  /** New settings judge the same facts anew. */
  private async takeSettings(settings: Settings): Promise<void> {
    this.settings = settings;
    const before = new Set(this.filesWithFindings());
    this.analysis = this.newAnalysis();
    this.deferral = this.newDeferral();
    this.outdate();
    this.analysis.updateAll(this.facts);
    await this.defer(this.analysis.findings());
    this.all = undefined;
    const changed = new Set([...before, ...this.filesWithFindings()]);
    for (const [file, known] of this.open) {
      if (known.document.broken) continue;
      known.good = { source: known.document.source, own: this.analysis.ownFindingsIn(file) };
    }
    if (changed.size > 0) this.options.onFindings(changed);
  }

  /** Notes which findings are left to another linter; where nothing is left to any, at no cost. */
  private async defer(findings: readonly Finding[]): Promise<void> {
    for (const one of await this.deferral.of(findings)) this.deferred.add(one);
  }

  private reported(findings: readonly Finding[]): Finding[] {
    return findings.filter((one) => !this.deferred.has(one));
  }

  private newDeferral(): Deferral {
    const { deferTo } = this.settings;
    const textOf = async (file: string) => {
      const language = languageOfPath(file);
      const open = this.open.get(file)?.document.source.text;
      return open ?? (language && (await readDecoded(join(this.root, file), language))?.text);
    };
    return new Deferral(this.root, deferTo, textOf);
  }

  private newAnalysis(): Analysis {
    return new Analysis(this.settings.rules, this.settings.lookup, RULES);
  }

  private outdate(): void {
    this.all = undefined;
    if (!this.current) return;
    this.current.isStale = true;
    if (this.current.leases === 0) this.current.workspace.dispose();
    this.current = undefined;
  }
}

/** Files that are folded before other work gets its turn. */
const FOLD_FILES = 200;
