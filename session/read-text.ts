import { readFile } from 'node:fs/promises';
import { familyOf, type LanguageId } from '../core/syntax/language';
import { type DecodedText, decodeText } from '../core/text/decode';

/** Reads a source file; undefined where it is not there or is no text of its language. */
export async function readDecoded(path: string, language: LanguageId): Promise<DecodedText | undefined> {
  try {
    const decoded = decodeText(await readFile(path), familyOf(language));
    return decoded.ok ? decoded : undefined;
  } catch {
    return undefined;
  }
}
