import type { ChangeBuilder } from '../edit/change-builder';
import type { Applicability } from '../edit/change-set';
import type { Document, Snapshot } from '../edit/snapshot';
import type { TypeScriptRecipes } from '../edit/typescript/recipe';
import type { LanguageFamily } from '../syntax/language';
import type { Finding, Message, Place } from './finding';

/** What is told about a cure without running it. */
export interface CureMeta {
  /** Names the cure in kebab case; unique among all rules. */
  readonly id: string;
  /** What it does, for lists: `Log the exception`. */
  readonly title: string;
  readonly languages: readonly LanguageFamily[];
  /** The kind of code action, as LSP names them. */
  readonly kind: 'quickfix' | 'refactor.extract' | 'refactor.move' | 'refactor.rewrite';
  /** ICU templates in English by message id, for the titles of plans and for notes. */
  readonly messages: Readonly<Record<string, string>>;
  /** ICU templates of the reasons for which this cure alone may refuse, by code; the common ones are in `core/edit/refusal.ts`. */
  readonly refusals: Readonly<Record<string, string>>;
}

/** What the user decided; every choice has a default of its own. */
export interface CureChoices {
  /** The name of what is created. */
  readonly name?: string;
  /** The file that new code goes to, relative to the root. */
  readonly into?: string;
  /** Only these places of a group: 1-based lines. */
  readonly places?: readonly { readonly file: string; readonly line: number }[];
  /** Why something is meant as it is: the text of an explaining comment. */
  readonly reason?: string;
}

/** What a cure will do, found from the finding's own file. */
export interface CurePlan {
  /** What will happen, in the cure's messages: `Log the exception with logger`. */
  readonly title: Message;
  /** As far as can be told before building; building may find doubts. */
  readonly applicability: Applicability;
  /** The name of what would be created, and the file that it would go to, where the cure creates something. */
  readonly name?: string;
  readonly into?: string;
  /** The place that the plan is about, where it is not the finding's own. */
  readonly at?: Place;
}

export interface CureRequest {
  readonly finding: Finding;
  /** The file of the finding. */
  readonly document: Document;
  readonly choices: CureChoices;
  /** The workspace: cures of a group look at the files of its other places before they say what they will do. */
  readonly snapshot: Snapshot;
}

/** A request that is carried out. */
export interface BuildRequest extends CureRequest {
  /** Where cures of TypeScript are computed that need real types. */
  readonly recipes: TypeScriptRecipes;
  readonly signal?: AbortSignal;
}

/** Carries one refactoring out. Both steps are pure but for what they read through the snapshot. */
export interface Cure extends CureMeta {
  /**
   * Looks at the one file whether the cure fits: cheap enough for every opening of the lightbulb. A cure of a group may look at the files
   * of the group as well, and at no others.
   * @throws Refusal
   */
  prepare(request: CureRequest): CurePlan | Promise<CurePlan>;
  /**
   * Fills the builder. Prepared before for the same request.
   * @throws Refusal
   */
  build(request: BuildRequest, changes: ChangeBuilder): Promise<void>;
}
