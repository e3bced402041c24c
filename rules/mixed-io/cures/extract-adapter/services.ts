import { wordsOf } from '../../../../core/text/words';
import { brandIn, serviceOfUrl } from './brands';
import type { Piece } from './piece';
import type { Subject } from './subject';

/** What stands at a call. */
type Placed = Pick<Piece, 'site'>;

/** How a language says whom a call talks to. */
export interface ServiceLanguage<S extends Subject, P extends Placed> {
  /** The text of the URL, and of the values of the names in it. */
  urlText(piece: P, subject: S): string;
  /** What names no service in it: hosts, and functions that put it together. */
  readonly noService: RegExp;
  /** The service of an SDK, by the qualified name of a call of it. */
  sdkOf(path: string): string;
  programOf(piece: P, subject: S): string | undefined;
}

/** The service that a piece talks to, in lower case; undefined where nothing in it says. */
export function serviceOf<S extends Subject, P extends Placed>(
  piece: P,
  subject: S,
  language: ServiceLanguage<S, P>,
): string | undefined {
  const { call, methodName } = piece.site;
  switch (call.kind) {
    case 'http': {
      const url = language.urlText(piece, subject);
      const near = [url.replace(language.noService, ''), subject.symbol, methodName];
      return serviceOfUrl(url) ?? brandIn(near.flatMap(wordsOf));
    }
    case 'cloud':
      return language.sdkOf(call.path);
    case 'process':
      return language.programOf(piece, subject);
    default:
      return undefined;
  }
}

/**
 * The program that a command line runs, in lower case, where its first word is written there.
 * @param endings of the files of programs, which are no part of their names
 */
export function programIn([first]: readonly string[], endings: RegExp): string | undefined {
  if (first === undefined || first.startsWith('-')) return undefined;
  const name = first.split(/[\\/]/).at(-1)!.replace(endings, '');
  if (!/^[A-Za-z][\w.+-]*$/.test(name)) return undefined;
  return name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .replace(/_\d*$/, '');
}
