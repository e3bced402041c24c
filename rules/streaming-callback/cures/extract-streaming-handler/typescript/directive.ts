/** `eslint-disable-next-line`, `@ts-expect-error`, `biome-ignore`: what tools look for in comments ends in one of a few verbs. */
const DIRECTIVE = /(?:@\w+-|\b\w+[-:])(?:disable-next-line|ignore|expect-error)\b/;

/** Whether a comment switches a check off for the line on which a place stands. */
export function isUnderDirective(text: string, offset: number): boolean {
  const lines = text.slice(0, text.lastIndexOf('\n', offset - 1) + 1).split('\n');
  for (let at = lines.length - 2; at >= 0 && /^\s*(?:\/\/|\/?\*)/.test(lines[at]!); at--)
    if (DIRECTIVE.test(lines[at]!)) return true;
  return false;
}
