import type { LanguageFamily } from '../../core/syntax/language';

/** Below this share of lines in functions and methods a module is data: literals, tables, translations, types, data classes. */
const LEAST_BEHAVIOUR = 0.25;

/** Whether a module holds next to nothing but data and declarations: its length is then no matter of structure. */
export function isMostlyData(behaviour: number, lines: number): boolean {
  return behaviour < LEAST_BEHAVIOUR * lines;
}

/** A pattern, and plain texts of which any match holds one: they are searched for much faster than the pattern. */
interface Mark {
  readonly holds: readonly string[];
  readonly pattern: RegExp;
}

/** The author has told another linter that the length of this file is meant, or that nothing in it is to be looked at. */
const WAIVERS: Readonly<Record<LanguageFamily, readonly Mark[]>> = {
  python: [
    {
      holds: ['-many-lines', 'C0302'],
      pattern: /^#[ \t]*pylint:[ \t]*disable=[^\n]*\b(?:too-many-lines|C0302)\b/m,
    },
  ],
  typescript: [
    {
      holds: ['-disable'],
      pattern: /\/\*[ \t]*eslint-disable[ \t]+(?:\*\/|[^*\n]*\bmax-lines\b(?!-))/,
    },
    {
      holds: [':disable'],
      pattern: /\/\*[ \t]*tslint:disable(?:[ \t]*\*\/|:[^*\n]*\bmax-file-line-count\b)/,
    },
  ],
};

/** A database migration: written once, mostly by a tool, and never changed afterwards. */
const MIGRATIONS: Readonly<Record<LanguageFamily, readonly Mark[]>> = {
  python: [
    { holds: ['\ndown_revision'], pattern: /^down_revision\b/m },
    { holds: ['(migrations.Migration):'], pattern: /\(migrations\.Migration\):/ },
  ],
  typescript: [
    { holds: ['MigrationInterface'], pattern: /\bimplements[ \t]+MigrationInterface\b/ },
    { holds: ['queryInterface'], pattern: /\bqueryInterface[ \t]*[:,]/ },
  ],
};

/** Whether a text is long for a reason that it tells itself: its author has waived the limit, it is a migration, or it is a copy. */
export function isExempt(text: string, family: LanguageFamily): boolean {
  return isVendored(text) || isMarked(text, WAIVERS[family]) || isMarked(text, MIGRATIONS[family]);
}

function isMarked(text: string, marks: readonly Mark[]): boolean {
  return marks.some(({ holds, pattern }) => holds.some((part) => text.includes(part)) && pattern.test(text));
}

/** Migrations by their folder, and their helpers, which are as frozen as they are. */
export function isMigrationPath(file: string): boolean {
  return /(?:^|\/)(?:migrations|migrate|alembic\/versions)\//.test(file);
}

/** Whether the comment at the top says that the text was taken from elsewhere: whoever parts it can no longer take in new versions. */
function isVendored(text: string): boolean {
  return /^[\s"'#/*]*(?:This file (?:is|was) )?(?:vendored|copied|taken) (?:\w+ )?from\b.{0,80}(?:https?:|github)/i.test(
    text.slice(0, 400),
  );
}
