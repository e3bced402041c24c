/** An error of CPython that the checker does not see, and why that is so. */
export interface KnownGap {
  readonly message: RegExp;
  readonly example: string;
  readonly why: string;
}

export const KNOWN_GAPS: readonly KnownGap[] = [
  {
    message: /unknown Unicode character name/,
    example: "x = '\\N{no such character}'\n",
    why: 'the names of characters are a database of a megabyte',
  },
];
