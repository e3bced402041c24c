import type { OwnNames } from './own-names';

/**
 * A cheap gate in front of the tables of what calls raise: the names that their patterns spell, without imports and types. A name must
 * be spelt out in its pattern; only its ending may be optional.
 */
export class KnownCalls {
  private readonly names: ReadonlySet<string>;
  /** What may stand at the end of a name: `Sync`. */
  private readonly endings: readonly string[];
  /** Modules and classes all of whose members are known. */
  private readonly owners: ReadonlySet<string>;

  /**
   * @param patterns of the qualified names that a table knows
   * @param keywords words of the language in front of a parenthesis that is no call
   */
  constructor(
    patterns: readonly RegExp[],
    private readonly keywords: ReadonlySet<string>,
  ) {
    const text = patterns.map(({ source }) => source);
    this.names = new Set(text.flatMap((one) => one.match(/[A-Za-z_]\w*/g) ?? []));
    this.endings = [
      ...new Set(text.flatMap((one) => [...one.matchAll(/\(\?:(\w+)\)\?/g)].map(([, ending]) => ending!))),
    ];
    this.owners = new Set(text.flatMap((one) => [...one.matchAll(/(\w+)\)?\\\.\\w/g)].map(([, owner]) => owner!)));
  }

  /**
   * Whether each call in a text may be one that the table knows, or one of a function that the file itself names elsewhere. False is
   * certain but for names that were assigned; true only means that it is worth to resolve the names.
   */
  mayKnow(text: string, own: OwnNames): boolean {
    for (const [, owner, dot, name] of text.matchAll(CALL)) {
      // `items.delete(x)` is a call.
      if (dot === undefined && this.keywords.has(name!)) continue;
      if (this.isSpelt(name!) || (owner !== undefined && this.owners.has(owner))) continue;
      if (!own.has(name!)) return false;
    }
    return true;
  }

  private isSpelt(name: string): boolean {
    if (this.names.has(name)) return true;
    return this.endings.some((ending) => name.endsWith(ending) && this.names.has(name.slice(0, -ending.length)));
  }
}

/** What is asked, the dot behind it, and the name that is called; three dots are no member's. */
const CALL = /(?:([\w$]+)?\s*\??((?<!\.)\.)\s*)?([\p{L}_$][\w$]*)\s*(?:\?\.)?\(/gu;
