/** `eslint-disable-next-line`, `@ts-expect-error`, `biome-ignore`: what tools look for in comments ends in one of a few verbs. */
const DIRECTIVE = /(?:@\w+-|\b\w+[-:])(?:disable-next-line|ignore|expect-error)\b/;

const COMMENT = /^\s*(?:\/\/|\/?\*)/;

/** Whether a comment switches a check off for the line on which a place stands: one of the comments right above it. */
export function isUnderDirective(text: string, offset: number): boolean {
  for (let end = text.lastIndexOf('\n', offset - 1); end >= 0; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (!COMMENT.test(line)) return false;
    if (DIRECTIVE.test(line)) return true;
    end = start - 1;
  }
  return false;
}
