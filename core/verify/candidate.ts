import type { ChangeSet } from '../edit/change-set';
import { Refusal } from '../edit/refusal';
import type { Document, Snapshot } from '../edit/snapshot';
import { applyEdits, type Origin } from '../edit/text-edit';
import { parsedFile } from '../facts/parse';
import type { ParsedFile } from '../facts/parsed-file';
import { compareText } from '../rule/finding';
import type { SyntaxEngine } from '../syntax/engine';
import { languageOfPath } from '../syntax/language';
import type { SyntaxTree } from '../syntax/node';
import { SourceFile } from '../text/source-file';
import { type ChangedFile, type Movement, movementIn, movementInto, type OldPlace } from './successor';

/** One file as the change would leave it. */
export interface CandidateFile extends ChangedFile {
  readonly file: string;
  readonly before: Document | undefined;
  readonly after: ParsedFile;
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
    const add = (file: string, text: string, before: Document | undefined, { copied, ...movement }: Movement) => {
      const language = languageOfPath(file);
      if (language === undefined)
        throw new Refusal('not-verifiable', { reason: `${file} is in no language that is checked` });
      const tree = engine.parse(text, language);
      trees.push(tree);
      const after = parsedFile(tree.rootNode, new SourceFile(text), language);
      moved.push(...copied.map((origin) => ({ ...origin, to: file })));
      files.push({ file, before, after, ...movement });
    };
    try {
      for (const change of changeSet.changes) {
        const { file, hash, edits } = change;
        const before = await snapshot.open(file);
        if (before.hash !== hash) throw new Refusal('file-changed', { file });
        add(file, applyEdits(before.source.text, edits), before, movementIn(change));
      }
      for (const creation of changeSet.creations) {
        const { file, text } = creation;
        if (await snapshot.exists(file)) throw new Refusal('file-exists', { file });
        add(file, text, undefined, movementInto(creation));
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
