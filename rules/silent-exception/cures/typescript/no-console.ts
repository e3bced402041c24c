import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import { packageRoot } from './project-loggers';

const CONFIGS = [
  'eslint.config.js',
  'eslint.config.mjs',
  'eslint.config.cjs',
  'eslint.config.ts',
  '.eslintrc.js',
  '.eslintrc.cjs',
];

/** Which calls of `console` the project's linter lets through. */
export interface ConsoleRule {
  readonly isForbidden: boolean;
  readonly allowed: readonly string[];
}

const FREE: ConsoleRule = { isForbidden: false, allowed: [] };

/**
 * Whether ESLint's `no-console` is switched on, as far as configurations in JavaScript and comments in the file tell: they are read as
 * text, never run.
 */
export async function consoleRule(document: Document, snapshot: Snapshot): Promise<ConsoleRule> {
  const { text } = document.source;
  if (/\/\*\s*eslint-disable\s+[^*]*\bno-console\b/.test(text)) return FREE;
  if (/eslint-disable(?:-next)?-line\s[^\n]*\bno-console\b/.test(text)) return { isForbidden: true, allowed: [] };
  const folders = new Set([await packageRoot(document.file, snapshot), '']);
  for (const folder of folders) {
    for (const name of CONFIGS) {
      if (!(await snapshot.exists(folder + name))) continue;
      const config = await snapshot.open(folder + name);
      const rule = readRule(config.source.text);
      if (rule) return rule;
    }
  }
  return FREE;
}

function readRule(text: string): ConsoleRule | undefined {
  const config = text.replace(/^[ \t]*\/\/.*$|\/\*[\s\S]*?\*\//gm, '');
  const given = /["']no-console["']\s*:\s*(\[[^\]]*\][^\]]*\]|\[[^\]]*\]|["']\w+["']|\d)/.exec(config)?.[1];
  if (given === undefined) return undefined;
  if (!/^\[?\s*(?:["'](?:error|warn)["']|[12])/.test(given)) return FREE;
  const allowed = /allow\s*:\s*\[([^\]]*)\]/.exec(given)?.[1] ?? '';
  return { isForbidden: true, allowed: [...allowed.matchAll(/\w+/g)].map(([name]) => name) };
}
