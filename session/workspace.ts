import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '../core/edit/change-set';
import { Refusal } from '../core/edit/refusal';
import type { Document, Snapshot } from '../core/edit/snapshot';
import { styleOf } from '../core/edit/style';
import { collectFacts, type FileFacts } from '../core/facts/collect';
import { parsedFile } from '../core/facts/parse';
import type { ParsedFile } from '../core/facts/parsed-file';
import { Analysis } from '../core/index/analysis';
import { WorkspaceModules } from '../core/modules/index';
import { compareText, type Finding } from '../core/rule/finding';
import type { SyntaxEngine } from '../core/syntax/engine';
import { familyOf, languageOfPath } from '../core/syntax/language';
import type { SyntaxTree } from '../core/syntax/node';
import { SourceFile } from '../core/text/source-file';
import type { Reanalysis } from '../core/verify/findings';
import type { VerifiedChange } from '../core/verify/index';
import { COLLECTORS } from './collectors';
import { withoutDeferred } from './config/defer/index';
import type { Settings } from './config/settings';
import { loadEngine } from './engines';
import { factsOf } from './facts';
import { readDecoded } from './read-text';
import { RULES } from './registry';
import type { Scope } from './root';
import { bringRecords } from './run';
import type { Printing } from './style/printing';
import { StyleReader } from './style/reader';
import { survey } from './survey';
import type { AuditRequest } from './types';

/** What a workspace knows already. */
export interface WorkspaceState {
  readonly scope: Scope;
  readonly settings: Settings;
  readonly analysis: Analysis;
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly engine: SyntaxEngine;
  /** Texts that stand in for those on disk. */
  readonly overlay?: ReadonlyMap<string, string>;
  readonly styles?: StyleReader;
  readonly modules?: WorkspaceModules;
  /** Of a snapshot whose analysis goes on without it: throws once it is another one than that of the facts. */
  readonly ensureCurrent?: () => void;
}

/**
 * All files of a root with their facts and findings, kept up to date file by file: what cures are prepared, built and verified on. Each
 * document is read once and stays as it was until {@link take} or {@link dispose}.
 */
export class Workspace implements Snapshot {
  /** What the caller asked for. */
  readonly scope: Scope;
  readonly engine: SyntaxEngine;
  private readonly documents = new Map<string, Promise<Document>>();
  private readonly trees: SyntaxTree[] = [];
  private readonly settings: Settings;
  private readonly analysis: Analysis;
  private byFile: ReadonlyMap<string, FileFacts>;
  private ownFacts: Map<string, FileFacts> | undefined;
  private readonly ensureCurrent: () => void;
  private readonly overlay: Map<string, string>;
  private readonly styles: StyleReader;
  private resolver: WorkspaceModules | undefined;
  private order: readonly string[] | undefined;

  constructor(state: WorkspaceState) {
    this.scope = state.scope;
    this.engine = state.engine;
    this.settings = state.settings;
    this.analysis = state.analysis;
    this.byFile = state.facts;
    this.overlay = new Map(state.overlay);
    this.styles = state.styles ?? new StyleReader(state.scope.root, state.engine);
    this.resolver = state.modules;
    this.ensureCurrent = state.ensureCurrent ?? (() => undefined);
  }

  /**
   * Analyses everything below the root of the paths, because a cure must know who else uses what it touches; the paths say what the
   * caller is about.
   * @throws UsageError when a path, a rule or a configuration is wrong
   */
  static async open(request: AuditRequest): Promise<Workspace> {
    const { scope, analysed, discovery, settings, engine, jobs } = await survey(request, true);
    const { files } = discovery;
    const { records } = await bringRecords(analysed, files, { ...request, engine, jobs });
    const facts = new Map(factsOf(files, records));
    const analysis = new Analysis(settings.rules, settings.lookup, RULES);
    analysis.updateAll(facts);
    return new Workspace({ scope, settings, analysis, facts, engine: await loadEngine(engine) });
  }

  get root(): string {
    return this.scope.root;
  }

  get files(): readonly string[] {
    this.order ??= [...this.byFile.keys()].sort(compareText);
    return this.order;
  }

  get modules(): WorkspaceModules {
    this.resolver ??= new WorkspaceModules(this.files, (file) => this.byFile.get(file));
    return this.resolver;
  }

  facts(file: string): FileFacts | undefined {
    return this.byFile.get(file);
  }

  /** The findings as an audit of the whole root reports them. */
  findings(): Finding[] {
    this.ensureCurrent();
    return this.analysis.findings();
  }

  /** The findings without those that the configuration leaves to other linters: what is shown. */
  reportedFindings(): Promise<readonly Finding[]> {
    const textOf = async (file: string) => (await this.open(file).catch(() => undefined))?.source.text;
    return withoutDeferred(this.root, this.findings(), this.settings.deferTo, textOf);
  }

  open(file: string): Promise<Document> {
    let document = this.documents.get(file);
    if (!document) {
      document = this.read(file);
      this.documents.set(file, document);
    }
    return document;
  }

  async text(path: string): Promise<string | undefined> {
    return this.overlay.get(path) ?? (await readFile(join(this.root, path), 'utf8').catch(() => undefined));
  }

  async exists(path: string): Promise<boolean> {
    if (this.byFile.has(path) || this.overlay.has(path)) return true;
    return stat(join(this.root, path)).then(
      () => true,
      () => false,
    );
  }

  /** Judges the workspace as if the given files were as given; afterwards everything is as before. */
  reanalyse(files: ReadonlyMap<string, ParsedFile>): Reanalysis {
    const before = this.findings();
    this.analysis.updateAll([...files].map(([file, parsed]) => [file, collectFacts(parsed, COLLECTORS)]));
    try {
      return { before, after: this.analysis.findings() };
    } finally {
      this.analysis.updateAll([...files.keys()].map((file) => [file, this.byFile.get(file)]));
    }
  }

  /** Goes on as if a change were written, so that the next cure builds upon it. */
  async take(change: VerifiedChange): Promise<void> {
    for (const { file, after } of change.files) this.overlay.set(file, after);
    await this.update(change.files.map(({ file }) => file));
  }

  /** Goes back to where the workspace was before {@link take}; nothing may have been taken since. */
  async takeBack(change: VerifiedChange): Promise<void> {
    for (const { file, before } of change.files) {
      if (before !== undefined) {
        this.overlay.set(file, before);
        continue;
      }
      this.overlay.delete(file);
      this.know(file, undefined);
      this.analysis.update(file, undefined);
    }
    await this.update(change.files.filter(({ before }) => before !== undefined).map(({ file }) => file));
  }

  private async update(files: readonly string[]): Promise<void> {
    this.dispose();
    for (const file of files) {
      const facts = collectFacts(await this.open(file), COLLECTORS);
      this.know(file, facts);
      this.analysis.update(file, facts);
    }
    this.order = undefined;
    this.resolver = undefined;
  }

  private know(file: string, facts: FileFacts | undefined): void {
    // What was handed in may be somebody else's.
    this.ownFacts ??= new Map(this.byFile);
    this.byFile = this.ownFacts;
    if (facts) this.ownFacts.set(file, facts);
    else this.ownFacts.delete(file);
  }

  /** Lets all documents go. */
  dispose(): void {
    for (const tree of this.trees.splice(0)) tree.delete();
    this.documents.clear();
  }

  /** How the formatters that are configured for a file print it: see {@link StyleReader.printingsFor}. */
  printingsFor(file: string): Promise<Printing[]> {
    return this.styles.printingsFor(file);
  }

  private async read(file: string): Promise<Document> {
    const language = languageOfPath(file);
    const text = language && (this.overlay.get(file) ?? (await readDecoded(join(this.root, file), language))?.text);
    if (!language || text === undefined) throw new Refusal('unreadable', { file });
    const source = new SourceFile(text);
    const tree = this.engine.parse(text, language);
    this.trees.push(tree);
    const family = familyOf(language);
    return Object.assign(parsedFile(tree.rootNode, source, language), {
      file,
      hash: contentHash(text),
      style: styleOf(source, family, await this.styles.settingsFor(file)),
    });
  }
}

/** Whether a finding, or one of its related places, lies in what the caller asked for. */
export function isInScope({ targets }: Scope, finding: Finding): boolean {
  return [finding, ...finding.related].some(({ file }) =>
    targets.some(({ path, isFolder }) => path === '' || file === path || (isFolder && file.startsWith(`${path}/`))),
  );
}
