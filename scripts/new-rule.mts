/**
 * Makes a rule's room: code, options, page and fixtures together, ready to be filled. Refuses to overwrite.
 *
 *     npm run new-rule -- rule-id "Title of the smell"
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [id, title] = process.argv.slice(2);
if (!id || !/^[a-z]+(-[a-z]+)*$/.test(id) || !title) {
  process.stderr.write(
    'usage: npm run new-rule -- rule-id "Title of the smell" (the id in kebab case names the smell, not the cure)\n',
  );
  process.exit(2);
}
const name = id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const folder = fileURLToPath(new URL(`../rules/${id}/`, import.meta.url));

const FILES: Readonly<Record<string, string>> = {
  'index.ts': `import type { Json } from '../../core/rule/finding';
import { type AnyRule, defineRule, type RuleMeta } from '../../core/rule/rule';
import { options, type Options } from './options';

const meta: RuleMeta = {
  id: '${id}',
  title: '${title}',
  languages: ['python', 'typescript'],
  severity: 'warning',
  profile: 'default',
  messages: { found: 'say what is wrong here, and what the plan is' },
  advice: { reason: 'What the smell costs.', recommendation: 'What to do about it.' },
  cures: [],
};

/** What the rule remembers of one file: plain data, no options. */
type Facts = readonly Json[];

/** One sentence: what the rule finds. */
export const ${name}: AnyRule = defineRule<Facts, Options>({
  meta,
  options,
  collect: {
    id: meta.id,
    version: 1,
    families: meta.languages,
    kinds: () => [],
    start: () => ({ finish: () => undefined }),
  },
  check: () => [],
});
`,
  'options.ts': `import { z } from 'zod';

export const options = z.strictObject({});

export type Options = z.infer<typeof options>;
`,
  'README.md': `# ${id}

${title}.

## What it does

## Why

## Before

## After

## Options
None.

## What is not a finding

## Severity
`,
  'fixtures/python.md': `# ${id} in Python

## Title of the case: what it shows
One sentence of prose.
`,
  'fixtures/typescript.md': `# ${id} in TypeScript, TSX and JavaScript

## Title of the case: what it shows
One sentence of prose.
`,
};

await mkdir(join(folder, 'fixtures'), { recursive: true });
for (const [file, text] of Object.entries(FILES)) {
  try {
    await writeFile(join(folder, file), text, { flag: 'wx' });
    process.stdout.write(`rules/${id}/${file}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    process.stderr.write(`rules/${id}/${file} exists already and was left as it is\n`);
    process.exitCode = 1;
  }
}
process.stdout.write(
  'Then register the rule in session/registry.ts; test/rules/completeness.test.ts says what is still missing.\n',
);
