/** A name of two parts in lower case. */
export function joined(verb: string, noun: string): string {
  return [verb, noun]
    .filter((one) => one !== '')
    .join('_')
    .replace(/[^a-z\d_]+/gi, '_')
    .replace(/_{2,}/g, '_')
    .toLowerCase();
}
