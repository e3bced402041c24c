/** The words of a name in whatever case, in lower case: `read`, `http`, `url` of `readHTTPUrl`, `read_http_url` and `READ-HTTP-URL`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .split(/[^A-Za-z\d]+/)
    .filter((one) => one !== '')
    .map((one) => one.toLowerCase());
}

/** `ModelRegistry` of words, or of a name in whatever case. */
export function pascalOf(name: string | readonly string[]): string {
  return listOf(name).map(capital).join('');
}

/** `modelRegistry` of words, or of a name in whatever case. */
export function camelOf(name: string | readonly string[]): string {
  const [first = '', ...rest] = listOf(name);
  return first + rest.map(capital).join('');
}

/** `model_registry` of words, or of a name in whatever case. */
export function snakeOf(name: string | readonly string[]): string {
  return listOf(name).join('_');
}

function listOf(name: string | readonly string[]): readonly string[] {
  return typeof name === 'string' ? wordsOf(name) : name;
}

/** `Model` for `model`; what stands behind the first letter stays. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
