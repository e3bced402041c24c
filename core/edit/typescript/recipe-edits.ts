import type { MessageArgs } from '../../rule/finding';
import { Fragment } from '../fragment';
import type { TypeScriptImportRequest } from './imports';
import type { RecipeAnswer, RecipeEdits, RecipePlace } from './recipe';

type Edits = Extract<RecipeAnswer, { kind: 'edits' }>;
type Mutable<T> = T extends readonly (infer One)[] ? One[] : never;

/** The edits of one run of a recipe, as they are told to whoever asked for it. */
export class CollectedEdits implements RecipeEdits {
  private readonly edits: Mutable<Edits['edits']> = [];
  private readonly rewritten: Mutable<Edits['rewritten']> = [];
  private readonly creations: Mutable<Edits['creations']> = [];
  private readonly imports: Mutable<Edits['imports']> = [];
  private readonly notes: Mutable<Edits['notes']> = [];

  replace(file: string, start: number, end: number, code: string | Fragment): void {
    this.edits.push({ file, start, end, code: Fragment.of(code).pieces });
  }

  rewrite(file: string, start: number, end: number): void {
    this.rewritten.push({ file, start, end });
  }

  insert(file: string, offset: number, code: string | Fragment): void {
    this.replace(file, offset, offset, code);
  }

  remove(file: string, start: number, end: number): void {
    this.replace(file, start, end, '');
  }

  createFile(file: string, code: string | Fragment, near: string): void {
    this.creations.push({ file, code: Fragment.of(code).pieces, near });
  }

  ensureImport(file: string, request: TypeScriptImportRequest): void {
    const isSame = (one: TypeScriptImportRequest & { file: string }): boolean =>
      one.file === file &&
      one.specifier === request.specifier &&
      one.member === request.member &&
      one.local === request.local;
    if (!this.imports.some(isSame)) this.imports.push({ file, ...request });
  }

  note(messageId: string, args: MessageArgs = {}, at?: RecipePlace): void {
    this.notes.push({ messageId, args, ...(at ? { at } : {}), isDoubt: false });
  }

  doubt(messageId: string, args: MessageArgs = {}, at?: RecipePlace): void {
    this.notes.push({ messageId, args, ...(at ? { at } : {}), isDoubt: true });
  }

  get answer(): RecipeAnswer {
    const { edits, rewritten, creations, imports, notes } = this;
    return { kind: 'edits', edits, rewritten, creations, imports, notes };
  }
}
