import type { Finding } from '../../../core/rule/finding';

/** Linters whose settings are understood. */
export const LINTERS = ['ruff', 'pylint', 'eslint'] as const;
export type Linter = (typeof LINTERS)[number];

/** A check of another linter, and which findings of one of our rules it reports as well. */
export interface Equivalent {
  readonly linter: Linter;
  readonly check: string;
  /** Values of the finding's `data.kind` and, where they matter, of `data.form`. */
  readonly kinds: readonly string[];
  readonly forms?: readonly string[];
  /** The check is content with a comment inside the construct. */
  readonly acceptsComment?: boolean;
}

const SWALLOWING = ['pass', 'ellipsis', 'continue', 'break', 'return-constant'];

/**
 * By rule. Codes are among the rule's aliases, which say whose suppression comments count; here it matters in addition which case of the
 * rule the check knows of.
 */
export const EQUIVALENTS: Readonly<Record<string, readonly Equivalent[]>> = {
  'silent-exception': [
    { linter: 'ruff', check: 'S110', kinds: ['bare', 'broad'], forms: ['pass'] },
    { linter: 'ruff', check: 'S112', kinds: ['bare', 'broad'], forms: ['continue'] },
    { linter: 'ruff', check: 'E722', kinds: ['bare'] },
    { linter: 'ruff', check: 'BLE001', kinds: ['broad'], forms: SWALLOWING },
    { linter: 'pylint', check: 'W0702', kinds: ['bare'], forms: SWALLOWING },
    { linter: 'pylint', check: 'W0718', kinds: ['broad'], forms: SWALLOWING },
    { linter: 'eslint', check: 'no-empty', kinds: ['broad', 'narrow'], forms: ['empty'], acceptsComment: true },
  ],
};

/** The checks of these linters that report the very same thing as a finding. */
export function equivalentsOf({ rule, file, data }: Finding, linters: readonly Linter[]): Equivalent[] {
  const isPython = /\.pyi?$/.test(file);
  return (EQUIVALENTS[rule] ?? []).filter(
    ({ linter, kinds, forms }) =>
      linters.includes(linter) &&
      (linter !== 'eslint') === isPython &&
      kinds.includes(String(data.kind)) &&
      (forms?.includes(String(data.form)) ?? true),
  );
}
