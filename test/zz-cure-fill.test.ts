import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'vitest';
import { parseCureFixtures } from './support/cure-fixtures';
import { runCure } from './support/cure-run';
import { openWorkspace } from './support/open-workspace';
for (const name of ['python-log.md', 'python-log-layout.md', 'python-others.md'])
  test(name, async () => {
    const path = `rules/silent-exception/cures/fixtures/${name}`;
    let text = await readFile(path, 'utf8');
    for (const one of parseCureFixtures(text)) {
      let out: string;
      try {
        const ws = await openWorkspace(one.files);
        out = (await runCure(ws, { check: async () => ({ kind: 'unavailable', reason: '' }) } as any, one.target)).text;
      } catch (e) { out = 'CRASH ' + String((e as Error).stack).slice(0, 500); }
      if (one.expected === '?' && !/^refused|^CRASH/.test(out)) {
        const at = text.indexOf(`## ${one.title}\n`);
        const q = text.indexOf('```diff\n?\n```', at);
        text = text.slice(0, q) + '```diff\n' + out.trimEnd() + '\n```' + text.slice(q + 13);
      } else if (out.trimEnd() !== one.expected.trimEnd()) console.log(`#### ${one.title}\nEXPECTED ${one.expected}\nGOT ${out}`);
    }
    await writeFile(path, text);
  }, 120000);
