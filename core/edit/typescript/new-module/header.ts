import type { Document } from '../../snapshot';

/** The licence and the directive that all of some files begin with, as a new file is to begin. */
export function headerOf(documents: readonly Document[]): string {
  const heads = documents.map(({ source: { text } }) => {
    const comment = /^\s*(\/\*(?:(?!\*\/)[\s\S])*\*\/|(?:\/\/[^\n]*\n)+)/.exec(text)?.[1]?.trim();
    return comment !== undefined && /copyright|licen[sc]e|SPDX/i.test(comment) ? comment : undefined;
  });
  const isStrict = documents.every(({ source: { text } }) =>
    /^(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*['"]use strict['"]/.test(text),
  );
  const [first] = heads;
  const licence =
    first !== undefined && heads.every((one) => one === first) ? `${first.replace(/\r\n/g, '\n')}\n\n` : '';
  const directive = isStrict ? /['"]use strict['"];?/.exec(documents[0]!.source.text)![0] : '';
  return licence + (directive === '' ? '' : `${directive}\n\n`);
}
