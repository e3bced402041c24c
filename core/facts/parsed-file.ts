import type { SemanticModel } from '../semantics/model';
import type { LanguageFamily, LanguageId } from '../syntax/language';
import type { SyntaxNode } from '../syntax/node';
import type { SourceFile } from '../text/source-file';
import type { ImportLines } from './import-lines';

/** One file while its tree is alive: what collectors may look at. */
export interface ParsedFile {
  readonly language: LanguageId;
  readonly family: LanguageFamily;
  readonly source: SourceFile;
  readonly root: SyntaxNode;
  /** Scopes, imports and types of the file; built on first use and shared by all collectors. Costs about one more parse. */
  readonly semantics: SemanticModel;
  /** What the lines of a Python file import, by their text: a cheap gate, found on first use and shared by all collectors. */
  readonly pythonImports: ImportLines;
}

/** Computes one kind of facts of one file, fed by the shared pass. */
export interface FactVisitor<F> {
  /** Called for every node of the collector's kinds, in document order. Definitions that do not parse are left out. */
  visit?(node: SyntaxNode): void;
  /** Called once at the end; undefined when the file has nothing to tell. */
  finish(): F | undefined;
}

/**
 * Describes how facts of one kind are computed. Facts are plain data, depend on one file's text and language alone (no path, no
 * options, no clock), and are cached by content: bump `version` whenever the same text could give other facts.
 */
export interface FactCollector<F> {
  /** Key in {@link FileFacts}; for a rule's facts the rule's id. */
  readonly id: string;
  readonly version: number;
  readonly families: readonly LanguageFamily[];
  /** Node types to be visited; they join the one `descendantsOfType` of the file. */
  kinds(family: LanguageFamily): readonly string[];
  /** Files whose text does not match are not visited at all: a cheap gate in front of the tree. */
  trigger?(family: LanguageFamily): RegExp | undefined;
  start(file: ParsedFile): FactVisitor<F>;
}
