import { literalPattern } from '../../../../core/text/pattern';
import { wordsOf } from '../../../../core/text/words';

/**
 * Which variables code does nothing with but let them grow.
 * @param code the text of the callbacks
 */
export function growing(names: readonly Changed[], code: string): Growing[] {
  const found = names.map(({ name, first, isSeen }): Growing | undefined => {
    const word = `(?<![\\w$.])${literalPattern(name)}`;
    const adds = new RegExp(`${word}\\s*(?:\\+=|\\+\\+|\\.(?:append|extend|add|push|write)\\s*\\()|\\+\\+${word}\\b`);
    const other = new RegExp(
      `${word}\\s*(?:=(?!=)|-=|\\[[^\\]\\n]*\\]\\s*=(?!=)|\\.(?:pop|clear|splice|shift|unshift|remove|delete|insert|set)\\b)`,
    );
    if (!adds.test(code) || other.test(code)) return undefined;
    const kind = /^-?\d/.test(first) ? 'number' : /^[rbuf]*["'\x60]/i.test(first) ? 'text' : 'container';
    // Of a value that comes from elsewhere nothing says what adding to it means.
    return first === '' ? undefined : { words: wordsOf(name), kind, isSeen };
  });
  // What else is kept is as much of what the class is.
  return found.every((one) => one !== undefined) ? found : [];
}

/** A variable that callbacks only add to. */
export interface Growing {
  readonly words: readonly string[];
  readonly kind: 'number' | 'text' | 'container';
  /** Others look at it. */
  readonly isSeen: boolean;
}

/** A variable that callbacks change. */
export interface Changed {
  readonly name: string;
  /** How its first value is written; empty for what comes from elsewhere. */
  readonly first: string;
  /** Others look at it. */
  readonly isSeen: boolean;
}
