import { isInside } from '../../core/facts/broken';
import { compareFindings, type Finding, isEqualJson } from '../../core/rule/finding';
import type { SourceFile } from '../../core/text/source-file';
import { type LiveDocument, Mover } from './document';
import type { Judgement } from './judgement';

/** An open document and, while it is not understood, the text to which its findings still belong. */
export class OpenDocument {
  /** The text and the own findings of the last state that was understood in whole. */
  private good: { readonly source: SourceFile; readonly own: readonly Finding[] };
  /** Whether its part in groups is that of the last good state. */
  private isFrozen = false;
  /** What was last told of it. */
  private shown: readonly Finding[] = [];

  /**
   * @param isLeftOut excluded, ignored, vendored or deleted: an audit does not look at it, and so it is quiet
   * @param wasThere whether its file was on disk once: what was never saved is nobody's to leave out
   */
  constructor(
    readonly document: LiveDocument,
    public wasThere: boolean,
    public isLeftOut: boolean,
  ) {
    this.good = { source: document.source, own: [] };
  }

  get file(): string {
    return this.document.file;
  }

  get text(): string {
    return this.document.source.text;
  }

  /** It is left out from now on: nothing is kept of what was found in it. */
  forget(): void {
    this.good = { source: this.document.source, own: [] };
  }

  /** New settings judged the facts anew. */
  rejudged({ analysis }: Judgement): void {
    if (!this.document.broken) this.good = { source: this.document.source, own: analysis.ownFindingsIn(this.file) };
  }

  /**
   * Has its facts judged.
   * @param isSaved what is broken now is meant to be so: nothing of an earlier state is kept
   * @returns the files whose findings changed, this one apart, and whether the facts count for groups now
   */
  judge({ analysis }: Judgement, isSaved: boolean): { readonly changed: Set<string>; readonly counts: boolean } {
    const { file, facts, broken, source } = this.document;
    this.isFrozen = broken !== undefined && !isSaved && this.hasGroupPlace(analysis);
    if (this.isFrozen) {
      analysis.updateOwn(file, facts);
      return { changed: new Set(), counts: false };
    }
    const changed = new Set(analysis.update(file, facts).changedFiles);
    if (!broken || isSaved) this.good = { source, own: analysis.ownFindingsIn(file) };
    return { changed, counts: true };
  }

  /** What an editor shows in it. */
  findings(judgement: Judgement): Finding[] {
    const { file, broken, source } = this.document;
    if (!broken) return judgement.findingsIn(file);
    const { analysis } = judgement;
    const mover = new Mover(file, this.good.source, source);
    const groups = judgement.reported(analysis.groupFindingsIn(file));
    const held = judgement
      .reported(this.good.own)
      .map((finding) => mover.finding(finding))
      .filter(({ range }) => isInside(source.offsetAt(range.start), broken.ranges));
    const fresh = judgement
      .reported(analysis.ownFindingsIn(file))
      .filter(({ rule, range }) => !held.some((one) => one.rule === rule && one.range.start.line === range.start.line));
    const moved = this.isFrozen ? groups.map((one) => mover.finding(one)) : groups;
    return [...fresh, ...held, ...moved].sort(compareFindings);
  }

  /** Whether what an editor shows is not what it was last told. */
  isNews(findings: readonly Finding[]): boolean {
    if (isEqualJson(findings, this.shown)) return false;
    this.shown = findings;
    return true;
  }

  /** Whether a broken definition holds a place of a group: that group must not lose it while somebody types. */
  private hasGroupPlace(analysis: Judgement['analysis']): boolean {
    if (this.isFrozen) return true;
    const { source, broken } = this.document;
    const mover = new Mover(this.file, this.good.source, source);
    return analysis
      .groupFindingsIn(this.file)
      .map((finding) => mover.finding(finding))
      .flatMap((finding) => [finding, ...finding.related])
      .some(({ file, range }) => file === this.file && isInside(source.offsetAt(range.start), broken!.ranges));
  }
}
