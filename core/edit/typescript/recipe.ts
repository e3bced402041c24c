import type { ts } from 'ts-morph';
import type { MessageArgs } from '../../rule/finding';
import type { Copied, Fragment } from '../fragment';
import { Refusal } from '../refusal';
import type { CodeStyle } from '../style';
import type { TypeScriptImportRequest } from './imports';

/**
 * Recipes: the parts of TypeScript cures that need real types, symbols and module resolution. They run in the process that holds the
 * compiler and tell what they would change as plain data; the cure puts that into its ChangeBuilder, and `verify` judges it as any other.
 */

/** A file as the snapshot has it, which may differ from the one on disk. */
export interface RecipeFile {
  /** Relative to the root, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly style: CodeStyle;
}

export interface RecipeRequest {
  /** Names the recipe: the cure's id. */
  readonly recipe: string;
  /** The files that it may read as code of its own and change. All others are taken from disk. */
  readonly files: readonly RecipeFile[];
  /** What the recipe wants to know; plain data, in the recipe's own shape. */
  readonly args: unknown;
}

/** A place by UTF-16 offsets, `end` exclusive. */
export interface RecipePlace {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export type RecipeCode = readonly (string | Copied)[];

export interface RecipeNote {
  readonly messageId: string;
  readonly args: MessageArgs;
  readonly at?: RecipePlace;
  readonly isDoubt: boolean;
}

export type RecipeAnswer =
  | {
      readonly kind: 'edits';
      readonly edits: readonly (RecipePlace & { readonly code: RecipeCode })[];
      /** Names that mean something else from now on, spelled as they are. */
      readonly rewritten: readonly RecipePlace[];
      readonly creations: readonly { readonly file: string; readonly code: RecipeCode; readonly near: string }[];
      readonly imports: readonly (TypeScriptImportRequest & { readonly file: string })[];
      readonly notes: readonly RecipeNote[];
    }
  | { readonly kind: 'refused'; readonly code: string; readonly args: MessageArgs; readonly at?: RecipePlace }
  /** No compiler, a broken configuration, too slow, out of memory. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Runs recipes. Implemented outside the core, in a child process. Never throws and always ends. */
export interface TypeScriptRecipes {
  run(request: RecipeRequest, signal?: AbortSignal): Promise<RecipeAnswer>;
}

/** A refusal that names its place in offsets. */
export class RecipeRefusal extends Refusal {
  constructor(
    code: string,
    args: MessageArgs = {},
    readonly span?: RecipePlace,
  ) {
    super(code, args);
  }
}

/** One recipe. It reads through its context only, and changes nothing but by `context.edits`. */
export interface Recipe {
  readonly id: string;
  /** @throws RecipeRefusal */
  run(context: RecipeContext): Promise<void>;
}

/** What a recipe sees of the project. */
export interface RecipeContext {
  readonly args: unknown;
  readonly edits: RecipeEdits;
  /**
   * One of the requested files, checked by the options of its nearest tsconfig.json.
   * @throws Refusal `unreadable` for a file that was not requested
   */
  source(file: string): RecipeSource;
  /**
   * What an import in one file would write to reach another, in the project's habit: an alias where the file uses them, else a
   * relative path, with the ending that module resolution wants.
   * @param to relative to the root; need not exist yet
   * @throws Refusal `unreachable-module` where no way of writing it leads there
   */
  specifier(from: string, to: string): string;
  /** The file of the workspace that a specifier leads to; undefined for packages, and for what leads nowhere. */
  resolve(from: string, specifier: string): string | undefined;
  /** Lets others have their turn, and ends the recipe when nobody waits for it any more: call it between pieces of work. */
  step(): Promise<void>;
}

export interface RecipeSource {
  readonly file: string;
  readonly style: CodeStyle;
  readonly text: string;
  readonly node: ts.SourceFile;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
}

/** Collects what a recipe wants to change, in offsets of the texts as they are before. */
export interface RecipeEdits {
  replace(file: string, start: number, end: number, code: string | Fragment): void;
  /** A name means something else after the change, spelled as it is: see `ChangeBuilder.rewrite`. */
  rewrite(file: string, start: number, end: number): void;
  insert(file: string, offset: number, code: string | Fragment): void;
  remove(file: string, start: number, end: number): void;
  /** @param near the file whose line endings and style it takes */
  createFile(file: string, code: string | Fragment, near: string): void;
  /** Makes an exported name available in a file, by the imports that it has or a new one. */
  ensureImport(file: string, request: TypeScriptImportRequest): void;
  note(messageId: string, args?: MessageArgs, at?: RecipePlace): void;
  /** A note that makes the change one for review. */
  doubt(messageId: string, args?: MessageArgs, at?: RecipePlace): void;
}
