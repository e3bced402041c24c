import type { FileFacts } from '../facts/collect';
import type { ParsedFile } from '../facts/parsed-file';
import type { WorkspaceModules } from '../modules/index';
import type { CodeStyle } from './style';

/** One file of a snapshot with its text, its tree and how new code in it is to look. */
export interface Document extends ParsedFile {
  /** Relative to the root, with `/`. */
  readonly file: string;
  /** {@link contentHash} of the text. */
  readonly hash: string;
  readonly style: CodeStyle;
}

/**
 * A workspace at one moment: what a cure may look at. Everything that it hands out stays as it was, whatever happens on disk; the
 * trees live until whoever made the snapshot lets it go.
 */
export interface Snapshot {
  /** Every analysed file, sorted. */
  readonly files: readonly string[];
  /** Which files imports mean. */
  readonly modules: WorkspaceModules;
  /** What is known of an analysed file. */
  facts(file: string): FileFacts | undefined;
  /**
   * Reads and parses one file.
   * @throws Refusal `unreadable` when it is not there, is no text, or is in a language that is not ours
   */
  open(file: string): Promise<Document>;
  /** The text of a file that is not analysed, such as a package.json; undefined where it is not there, or cannot be read. */
  text?(path: string): Promise<string | undefined>;
  /** Whether any file or folder, analysed or not, has this path. */
  exists(path: string): Promise<boolean>;
}
