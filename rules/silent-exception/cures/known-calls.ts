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

  /** @param patterns of the qualified names that a table knows */
  constructor(patterns: readonly RegExp[]) {
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
  mayKnow(text: string, file: string): boolean {
    for (const [, owner, name] of text.matchAll(CALL)) {
      if (NO_CALL.has(name!) || this.isSpelt(name!) || (owner !== undefined && this.owners.has(owner))) continue;
      if (!isNamedIn(file, name!)) return false;
    }
    return true;
  }

  private isSpelt(name: string): boolean {
    if (this.names.has(name)) return true;
    return this.endings.some((ending) => name.endsWith(ending) && this.names.has(name.slice(0, -ending.length)));
  }
}

const CALL = /(?:([\w$]+)\s*\??\.\s*)?([\p{L}_$][\w$]*)\s*(?:\?\.)?\(/gu;

/** Words in front of a parenthesis that is no call. */
const NO_CALL: ReadonlySet<string> = new Set(
  'if elif else for while switch catch return and or not in is lambda await async function throw raise except assert with yield typeof void delete of del from import print'.split(
    ' ',
  ),
);

/** Defined in the file, or imported under this name. */
function isNamedIn(file: string, name: string): boolean {
  const word = name.replaceAll('$', '\\$');
  return new RegExp(`\\b(?:def|class|function|as|const|let|var)\\s+${word}(?![\\w$])`).test(file);
}
