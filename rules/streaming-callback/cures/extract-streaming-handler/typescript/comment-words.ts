import { isVerb } from '../../../../../core/text/agent-noun';
import { singular } from '../../../../../core/text/inflection';
import { wordsOf } from '../../../../../core/text/words';

/** A comment right above the declaration of a variable that would go to a class. */
export interface Above {
  readonly comment: string;
  /** The names that are declared below it. */
  readonly names: readonly string[];
  /** It begins a branch or the body of a loop. */
  readonly isFirst: boolean;
  /** Right below stands more that would not stand there in the class. */
  readonly isShared: boolean;
}

const FEW_LINES = 3;

/** Whether a comment may be about more than the variable below it: about the branch that it begins, the lines below, or what is done there. */
export function isAboutMore({ comment, names, isFirst, isShared }: Above): boolean {
  // What a doc comment is about is said by the language.
  if (comment === '' || comment.startsWith('/**')) return false;
  // Who tells a variable takes a line or two; what is longer tells how something is done.
  if (comment.split('\n').length > FEW_LINES) return true;
  const own = new Set(names.flatMap(wordsOf).map(singular));
  const said = wordsOf(comment);
  const isOrder = said[0] !== undefined && isVerb(said[0]) && !own.has(said[0]);
  return isFirst || isOrder || (isShared && !said.some((word) => word.length > 2 && own.has(singular(word))));
}
