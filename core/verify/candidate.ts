import type { ChangeSet } from '../edit/change-set';
import { Refusal } from '../edit/refusal';
import type { Document, Snapshot } from '../edit/snapshot';
import { applyEdits, OffsetMap, type Origin } from '../edit/text-edit';
import { parsedFile } from '../facts/parse';
import type { ParsedFile } from '../facts/parsed-file';
import { compareText } from '../rule/finding';
import type { SyntaxEngine } from '../syntax/engine';
import { languageOfPath } from '../syntax/language';
import type { SyntaxTree } from '../syntax/node';
import { SourceFile } from '../text/source-file';

/** A character of the workspace before the change. */
export interface OldPlace {
  readonly file: string;
  readonly offset: number;
}

/** One file as the change would leave it. */
export interface CandidateFile {
  readonly file: string;
  /** Undefined for a file that the change creates. */
  readonly before: Document | undefined;
  readonly after: ParsedFile;
  readonly offsets: OffsetMap;
  /** Where a character of the new text stood before; undefined for one that was written. */
  originOf(offset: number): OldPlace | undefined;
}

/** A change applied in memory and parsed. Its trees live until {@link Candidate.dispose}. */
export class Candidate {
  private constructor(
    /** Sorted by file. */
    readonly files: readonly CandidateFile[],
    private readonly trees: readonly SyntaxTree[],
    private readonly moved: readonly (Origin & { readonly to: string })[],
  ) {}

  /**
   * Applies a change to the texts of a snapshot and parses the results.
   * @throws Refusal `file-changed`, `file-exists`, `unreadable`
   */
  static async of(changeSet: ChangeSet, snapshot: Snapshot, engine: SyntaxEngine): Promise<Candidate> {
    const trees: SyntaxTree[] = [];
    const files: CandidateFile[] = [];
    const moved: (Origin & { readonly to: string })[] = [];
    const add = (file: string, text: string, before: Document | undefined, offsets: OffsetMap, copied: Origin[]) => {
      const language = languageOfPath(file);
      if (language === undefined)
        throw new Refusal('not-verifiable', { reason: `${file} is in no language that is checked` });
      const tree = engine.parse(text, language);
      trees.push(tree);
      const after = parsedFile(tree.rootNode, new SourceFile(text), language);
      moved.push(...copied.map((origin) => ({ ...origin, to: file })));
      files.push({
        file,
        before,
        after,
        offsets,
        originOf: (offset) => originOf(offset, file, before, offsets, copied),
      });
    };
    try {
      for (const { file, hash, edits } of changeSet.changes) {
        const before = await snapshot.open(file);
        if (before.hash !== hash) throw new Refusal('file-changed', { file });
        add(file, applyEdits(before.source.text, edits), before, new OffsetMap(edits), originsOf(edits));
      }
      for (const { file, text, origins = [] } of changeSet.creations) {
        if (await snapshot.exists(file)) throw new Refusal('file-exists', { file });
        add(file, text, undefined, new OffsetMap([{ start: 0, end: 0, newText: text }]), [...origins]);
      }
    } catch (error) {
      for (const tree of trees) tree.delete();
      throw error;
    }
    return new Candidate(
      files.sort((a, b) => compareText(a.file, b.file)),
      trees,
      moved,
    );
  }

  get(file: string): CandidateFile | undefined {
    return this.files.find((one) => one.file === file);
  }

  /** Every place at which a character of the old text stands after the change: none when it was deleted. */
  destinationsOf(place: OldPlace): OldPlace[] {
    const found: OldPlace[] = [];
    const stayed = this.get(place.file)?.offsets.forward(place.offset);
    if (stayed !== undefined) found.push({ file: place.file, offset: stayed });
    for (const { to, at, length, file, start } of this.moved) {
      if (file === place.file && start <= place.offset && place.offset < start + length)
        found.push({ file: to, offset: at + place.offset - start });
    }
    return found;
  }

  dispose(): void {
    for (const tree of this.trees) tree.delete();
  }
}

/** The copied parts of all edits, by their offsets in the text after the edits. */
function originsOf(edits: ChangeSet['changes'][number]['edits']): Origin[] {
  const found: Origin[] = [];
  let shift = 0;
  for (const { start, end, newText, origins = [] } of edits) {
    found.push(...origins.map((origin) => ({ ...origin, at: start + shift + origin.at })));
    shift += newText.length - (end - start);
  }
  return found;
}

function originOf(
  offset: number,
  file: string,
  before: Document | undefined,
  offsets: OffsetMap,
  copied: readonly Origin[],
): OldPlace | undefined {
  const stayed = before ? offsets.back(offset) : undefined;
  if (stayed !== undefined) return { file, offset: stayed };
  const origin = copied.find(({ at, length }) => at <= offset && offset < at + length);
  return origin && { file: origin.file, offset: origin.start + offset - origin.at };
}
