/** The languages that Seamline reads; one grammar each. */
export type LanguageId = 'python' | 'typescript' | 'tsx' | 'javascript';

/** What a rule is written for: JavaScript, TypeScript and TSX share one implementation. */
export type LanguageFamily = 'python' | 'typescript';

const BY_EXTENSION: Readonly<Record<string, LanguageId>> = {
  '.py': 'python',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'tsx',
  '.js': 'javascript',
  '.jsx': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
};

export const LANGUAGES: readonly LanguageId[] = ['python', 'typescript', 'tsx', 'javascript'];

/**
 * The language of a file by its name, or undefined where Seamline does not read it.
 * Declaration files (`.d.ts`) hold types only and are not read.
 */
export function languageOfPath(path: string): LanguageId | undefined {
  if (/\.d\.[cm]?ts$/.test(path)) return undefined;
  const dot = path.lastIndexOf('.');
  return dot < 0 ? undefined : BY_EXTENSION[path.slice(dot).toLowerCase()];
}

export function familyOf(language: LanguageId): LanguageFamily {
  return language === 'python' ? 'python' : 'typescript';
}
