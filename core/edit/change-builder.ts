import { compareText, type MessageArgs, type Place } from '../rule/finding';
import type { ChangeNote, ChangeSet, FileCreation } from './change-set';
import { Fragment } from './fragment';
import { Refusal } from './refusal';
import type { Document, Snapshot } from './snapshot';
import { sortedEdits, type TextEdit } from './text-edit';

interface Pending {
  readonly document: Document;
  readonly edits: TextEdit[];
}

/**
 * Collects what a cure wants to change. It speaks of offsets in the texts as they are before the change; the editors of the two
 * languages put the intents (insert a statement, ensure an import) on top of it.
 */
export class ChangeBuilder {
  private readonly pending = new Map<string, Pending>();
  private readonly creations = new Map<string, FileCreation>();
  private readonly notes: ChangeNote[] = [];
  private readonly finishers: (() => void)[] = [];

  constructor(readonly snapshot: Snapshot) {}

  /**
   * Replaces `[start, end)` of a document. Line breaks in written code become those of the place.
   * @throws Refusal `lone-carriage-returns`
   */
  replace(document: Document, start: number, end: number, code: string | Fragment): void {
    const { text, origins } = Fragment.of(code).render(lineEndingAt(document, start));
    this.pendingOf(document).edits.push({ start, end, newText: text, ...(origins.length > 0 ? { origins } : {}) });
  }

  /** Says that a name, spelled as it is, means something else after the change: its definition went, and an import takes its place. */
  rewrite(document: Document, start: number, end: number): void {
    const newText = document.source.text.slice(start, end);
    this.pendingOf(document).edits.push({ start, end, newText, isRewritten: true });
  }

  /** Inserts before the character at `offset`; insertions at one place keep the order in which they were made. */
  insert(document: Document, offset: number, code: string | Fragment): void {
    this.replace(document, offset, offset, code);
  }

  remove(document: Document, start: number, end: number): void {
    this.replace(document, start, end, '');
  }

  /**
   * Creates a file.
   * @param near the file whose line endings it takes
   * @throws Refusal `file-exists`
   */
  async createFile(file: string, code: string | Fragment, near: Document): Promise<void> {
    if (this.creations.has(file) || (await this.snapshot.exists(file))) throw new Refusal('file-exists', { file });
    const { text, origins } = Fragment.of(code).render(near.style.lineEnding);
    this.creations.set(file, { file, text, ...(origins.length > 0 ? { origins } : {}) });
  }

  /** Tells the reader something that does not make the change doubtful. */
  note(messageId: string, args: MessageArgs = {}, at?: Place): void {
    this.notes.push({ messageId, args, ...(at ? { at } : {}), isDoubt: false });
  }

  /** Makes the change one for review, and says why. */
  doubt(messageId: string, args: MessageArgs = {}, at?: Place): void {
    this.notes.push({ messageId, args, ...(at ? { at } : {}), isDoubt: true });
  }

  /** Calls a function once when the change is built: for intents that are gathered before they become edits. */
  beforeBuild(finish: () => void): void {
    this.finishers.push(finish);
  }

  /**
   * What has been collected.
   * @throws OverlappingEdits when two intents want the same text, which is a defect of the cure
   */
  build(): ChangeSet {
    for (const finish of this.finishers.splice(0)) finish();
    const changes = [...this.pending.values()]
      .map(({ document, edits }) => ({
        file: document.file,
        hash: document.hash,
        edits: sortedEdits(edits, document.source.text),
      }))
      .filter(({ edits }) => edits.length > 0);
    return {
      changes: changes.sort((a, b) => compareText(a.file, b.file)),
      creations: [...this.creations.values()].sort((a, b) => compareText(a.file, b.file)),
      applicability: this.notes.some(({ isDoubt }) => isDoubt) ? 'review' : 'safe',
      notes: this.notes,
    };
  }

  private pendingOf(document: Document): Pending {
    const known = this.pending.get(document.file);
    if (known) return known;
    if (/\r(?!\n)/.test(document.source.text)) throw new Refusal('lone-carriage-returns', { file: document.file });
    const made = { document, edits: [] };
    this.pending.set(document.file, made);
    return made;
  }
}

/** The line ending at an offset: that of its own line, else of the line before, so that mixed files stay mixed as they are. */
function lineEndingAt({ source: { text }, style }: Document, offset: number): '\n' | '\r\n' {
  const next = text.indexOf('\n', offset);
  const at = next >= 0 ? next : text.lastIndexOf('\n', offset);
  if (at < 0) return style.lineEnding;
  return text[at - 1] === '\r' ? '\r\n' : '\n';
}
