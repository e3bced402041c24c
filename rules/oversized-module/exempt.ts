import type { LanguageFamily } from '../../core/syntax/language';

/** Below this share of lines in functions and methods a module is data: literals, tables, translations, types, data classes. */
const LEAST_BEHAVIOUR = 0.25;

/** Whether a module holds next to nothing but data and declarations: its length is then no matter of structure. */
export function isMostlyData(behaviour: number, lines: number): boolean {
  return behaviour < LEAST_BEHAVIOUR * lines;
}

const WAIVER = {
  python: /^#[ \t]*pylint:[ \t]*disable=[^\n]*\b(?:too-many-lines|C0302)\b/m,
  typescript:
    /\/\*[ \t]*eslint-disable[ \t]+(?:\*\/|[^*\n]*\bmax-lines\b(?!-))|\/\*[ \t]*tslint:disable(?:[ \t]*\*\/|:[^*\n]*\bmax-file-line-count\b)/,
} as const;

/** Whether the author has told another linter that the length of this file is meant, or that nothing in it is to be looked at. */
export function isWaived(text: string, family: LanguageFamily): boolean {
  return WAIVER[family].test(text);
}

const MIGRATION = {
  python: /^down_revision\b|\(migrations\.Migration\):/m,
  typescript: /\bimplements[ \t]+MigrationInterface\b|\bqueryInterface[ \t]*[:,]/,
} as const;

/** Whether a text is a database migration: written once, mostly by a tool, and never changed afterwards. */
export function isMigration(text: string, family: LanguageFamily): boolean {
  return MIGRATION[family].test(text);
}

/** Migrations by their folder, and their helpers, which are as frozen as they are. */
export function isMigrationPath(file: string): boolean {
  return /(?:^|\/)(?:migrations|migrate|alembic\/versions)\//.test(file);
}

/** Whether the comment at the top says that the text was taken from elsewhere: whoever parts it can no longer take in new versions. */
export function isVendored(text: string): boolean {
  return /^[\s"'#/*]*(?:This file (?:is|was) )?(?:vendored|copied|taken) (?:\w+ )?from\b.{0,80}(?:https?:|github)/i.test(
    text.slice(0, 400),
  );
}
