import { join } from 'node:path';
import type { FileFacts } from '../../core/facts/collect';
import { Analysis } from '../../core/index/analysis';
import type { Finding } from '../../core/rule/finding';
import { languageOfPath } from '../../core/syntax/language';
import { Deferral } from '../config/defer/index';
import type { Settings } from '../config/settings';
import { readDecoded } from '../read-text';
import { RULES } from '../registry';

/** The rules at work under one configuration: what they find, without what the configuration leaves to another linter. */
export class Judgement {
  readonly analysis: Analysis;
  private readonly deferral: Deferral;
  /** Findings that the configuration leaves to another linter. */
  private readonly deferred = new WeakSet<Finding>();

  /**
   * @param root absolute
   * @param openText the text of a file that is open in the editor; undefined where the disk counts
   */
  constructor(
    root: string,
    readonly settings: Settings,
    openText: (file: string) => string | undefined,
  ) {
    this.analysis = newAnalysis(settings);
    this.deferral = new Deferral(root, settings.deferTo, async (file) => {
      const language = languageOfPath(file);
      return openText(file) ?? (language && (await readDecoded(join(root, file), language))?.text);
    });
  }

  /** Takes in facts; resolves to the files whose findings changed. */
  async update(files: Iterable<readonly [string, FileFacts | undefined]>): Promise<Set<string>> {
    const { changedFiles } = this.analysis.updateAll(files);
    for (const file of changedFiles) await this.defer(this.analysis.findingsIn(file));
    return new Set(changedFiles);
  }

  /** Notes which findings are left to another linter; where nothing is left to any, at no cost. */
  async defer(findings: readonly Finding[]): Promise<void> {
    for (const one of await this.deferral.of(findings)) this.deferred.add(one);
  }

  reported(findings: readonly Finding[]): Finding[] {
    return findings.filter((one) => !this.deferred.has(one));
  }

  /** All findings, as an audit reports them. */
  findings(): Finding[] {
    return this.reported(this.analysis.findings());
  }

  findingsIn(file: string): Finding[] {
    return this.reported(this.analysis.findingsIn(file));
  }
}

export const newAnalysis = ({ rules, lookup }: Settings): Analysis => new Analysis(rules, lookup, RULES);
