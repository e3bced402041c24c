import type { FileFacts } from '../../core/facts/collect';
import type { Finding } from '../../core/rule/finding';
import { type EffectiveValue, effectiveConfiguration } from '../config/effective';
import type { Config } from '../config/schema';
import { type FolderConfig, resolveSettings } from '../config/settings';
import { RULES } from '../registry';
import { folderOf, type Scope } from '../root';
import { Judgement } from './judgement';
import { KnownFiles } from './known-files';
import type { OpenDocument } from './open-document';

export interface FolderFindingsOptions {
  readonly scope: Scope;
  /** What the editor's settings say; below every configuration file. */
  readonly base: Config;
  /** Findings came, went or changed in these files. */
  readonly onFindings: (files: ReadonlySet<string>) => void;
  /** What a snapshot would hold is another one. */
  readonly onChange: () => void;
}

/** What is found in a folder: the facts of its files and its open documents, judged under its configuration. */
export class FolderFindings {
  readonly open = new Map<string, OpenDocument>();
  readonly files = new KnownFiles();
  judgement: Judgement;
  private configs: readonly FolderConfig[] = [];
  /** All findings, until something changes. */
  private all: readonly Finding[] | undefined;

  constructor(private options: FolderFindingsOptions) {
    this.judgement = this.newJudgement();
  }

  /** What the editor's settings say; takes effect with the next {@link takeConfigs}. */
  get base(): Config {
    return this.options.base;
  }

  set base(base: Config) {
    this.options = { ...this.options, base };
  }

  /** Every value of the configuration that holds for a file, with its origin. */
  configurationOf(file: string, originOf: (key: string) => string): EffectiveValue[] {
    return effectiveConfiguration(this.configs, this.base, originOf, file);
  }

  /** What an editor shows in a file: findings with a place in it, in the order of every output. */
  in(file: string): Finding[] {
    return this.open.get(file)?.findings(this.judgement) ?? this.judgement.findingsIn(file);
  }

  /** Every file that has findings, sorted. */
  filesWithSome(): string[] {
    const files = new Set(this.list().flatMap((one) => [one.file, ...one.related.map(({ file }) => file)]));
    return [...files].sort();
  }

  /** All findings, as an audit reports them. */
  list(): readonly Finding[] {
    this.all ??= this.judgement.findings();
    return this.all;
  }

  /** Brings the findings of an open document up to date. */
  async judge(known: OpenDocument, isSaved: boolean): Promise<void> {
    this.changed();
    const { file } = known;
    if (known.isLeftOut) {
      known.forget();
      return this.fold([[file, undefined]]);
    }
    const { changed, counts } = known.judge(this.judgement, isSaved);
    if (counts) this.files.replace(file, known.document.facts);
    await this.judgement.defer(this.judgement.analysis.findingsIn(file));
    if (known.isNews(this.in(file))) changed.add(file);
    if (changed.size > 0) this.options.onFindings(changed);
  }

  /**
   * Takes in facts of files that are not open. What is open and left out has none: a scan may still bring those of a file that was deleted
   * while it was read.
   */
  async fold(files: readonly (readonly [string, FileFacts | undefined])[]): Promise<void> {
    this.changed();
    const updates = files
      .filter(([file]) => this.open.get(file)?.isLeftOut ?? true)
      .map(([file, facts]) => [file, this.open.has(file) ? undefined : facts] as const);
    for (const [file, facts] of updates) this.files.set(file, facts);
    const changed = await this.judgement.update(updates);
    this.all = undefined;
    if (changed.size > 0) this.options.onFindings(changed);
  }

  /** New settings judge the same facts anew. */
  async takeConfigs(configs: readonly FolderConfig[]): Promise<void> {
    this.configs = configs;
    const before = this.filesWithSome();
    this.judgement = this.newJudgement();
    this.changed();
    const { analysis } = this.judgement;
    analysis.updateAll(this.files.facts);
    await this.judgement.defer(analysis.findings());
    this.all = undefined;
    const changed = new Set([...before, ...this.filesWithSome()]);
    for (const known of this.open.values()) known.rejudged(this.judgement);
    if (changed.size > 0) this.options.onFindings(changed);
  }

  dispose(): void {
    this.changed();
    for (const { document } of this.open.values()) document.dispose();
    this.open.clear();
  }

  private changed(): void {
    this.all = undefined;
    this.options.onChange();
  }

  private newJudgement(): Judgement {
    const { base, scope } = this.options;
    const settings = resolveSettings(this.configs, {}, RULES, base, folderOf(scope));
    return new Judgement(scope.root, settings, (file) => this.open.get(file)?.text);
  }
}
