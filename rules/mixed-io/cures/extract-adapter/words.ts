/** The words of a name in whatever case, in lower case. */
export function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z\d]+/g) ?? []).map((one) => one.toLowerCase());
}

/** `model_registry` for `ModelRegistry`. */
export function snake(name: string): string {
  return wordsOf(name).join('_');
}

/** `readModelCard` of words and names in whatever case. */
export function camel(...parts: readonly string[]): string {
  const words = parts.flatMap(wordsOf);
  return words.map((word, at) => (at === 0 ? word : upperFirst(word))).join('');
}

/** `ModelRegistry` for `model_registry`. */
export function pascal(name: string): string {
  return name
    .split(/[_.-]/)
    .filter((one) => one !== '')
    .map(upperFirst)
    .join('');
}

export function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Puts another word behind a name. */
export type Extension = (name: string, word: string) => string;

export const snakeWith: Extension = (name, word) => `${name}_${word}`;

export const camelWith: Extension = (name, word) => `${name}${upperFirst(word)}`;

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
