import { capital } from '../../../../core/text/words';

/** Puts another word behind a name. */
export type Extension = (name: string, word: string) => string;

export const snakeWith: Extension = (name, word) => `${name}_${word}`;

export const camelWith: Extension = (name, word) => `${name}${capital(word)}`;

/** The first of `hint`, `hint_value`, `hint_2`... that is free. */
export function firstFree(hint: string, extended: Extension, isFree: (name: string) => boolean): string {
  if (isFree(hint)) return hint;
  const value = extended(hint, 'value');
  return isFree(value) ? value : numberedFree(hint, extended, isFree);
}

/** The first of `name_2`, `name_3`... that is free. */
export function numberedFree(name: string, extended: Extension, isFree: (name: string) => boolean): string {
  for (let count = 2; ; count++) {
    const numbered = extended(name, String(count));
    if (isFree(numbered)) return numbered;
  }
}
