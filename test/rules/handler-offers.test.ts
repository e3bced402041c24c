import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { curesOf } from '../../session/cures';
import { type CureCase, parseCureFixtures } from '../support/cure-fixtures';
import { openWorkspace } from '../support/open-workspace';

/**
 * `extract-streaming-handler` is offered where it can be built, and not where the facts of the file alone tell that it would be refused: all
 * that Python's guards say, and what is worth no class in both languages.
 */

const BUILT = ['python-places', 'typescript-state', 'typescript-types'];
const SETTINGS = { 'seamline.json': '{ "rules": { "streaming-callback": { "strictness": "all", "minLines": 2 } } }' };

/** What depends on other files or on the name, which facts do not know. */
const NOT_FROM_FACTS =
  /^refused (?:no-name|name-taken|invalid-name|file-exists|bound-to-module|no-common-package|not-python|unreachable-module|default-of-function)/;

describe.each(BUILT)('%s.md', async (page) => {
  const built = (await casesOf(page)).filter(
    ({ expected, target }) => !/^refused/.test(expected) && Object.keys(target.choices).length === 0,
  );

  test.each(built.map((one) => [one.title, one] as const))('%s', async (_, { files, target }) => {
    expect(await offersAt(files, target.file, target.line)).toContain('extract-streaming-handler');
  });
});

describe('not offered', async () => {
  const python = (await casesOf('python-refusals')).filter(
    ({ expected, target }) => !NOT_FROM_FACTS.test(expected) && Object.keys(target.choices).length === 0,
  );
  const typescript = (await casesOf('typescript-refusals')).filter(({ expected }) =>
    /^refused (?:too-small|kept-alone|written-outside|keeps-parameters|bound-later: .* needs archive|shared-comment: the comment above text)/.test(
      expected,
    ),
  );

  test.each([...python, ...typescript].map((one) => [one.title, one] as const))('%s', async (_, { files, target }) => {
    expect(await offersAt(files, target.file, target.line)).toEqual([]);
  });
});

test('not offered where somebody else holds what the class would keep', async () => {
  const code = (held: string): string => `let current: { pending: string[]; isReady: boolean } | undefined;
export const isOpen = () => current?.isReady === true;
export function openPort(port: { on(event: 'data', listener: (part: string) => void): void; send(part: string): void }) {
  const connection: { pending: string[]; isReady: boolean } = { pending: [], isReady: false };
  let text = '';
  ${held}
  port.on('data', (part) => {
    if (connection.isReady) return;
    text += part;
    if (text.endsWith('OK')) {
      connection.isReady = true;
      for (const one of connection.pending) port.send(one);
      connection.pending = [];
    }
  });
  return () => [text, connection.isReady];
}
`;
  expect(await offersAt({ 'src/ports.ts': code('') }, 'src/ports.ts', 6)).toEqual(['extract-streaming-handler']);
  expect(await offersAt({ 'src/ports.ts': code('current = connection;') }, 'src/ports.ts', 6)).toEqual([]);
});

async function casesOf(page: string): Promise<CureCase[]> {
  const url = new URL(`../../rules/streaming-callback/cures/fixtures/${page}.md`, import.meta.url);
  return parseCureFixtures(await readFile(url, 'utf8')).filter(
    ({ target }) => target.cure === 'extract-streaming-handler',
  );
}

/** The cures of the finding on a line. */
async function offersAt(files: Readonly<Record<string, string>>, file: string, line: number): Promise<string[]> {
  const workspace = await openWorkspace({ ...files, ...SETTINGS });
  const finding = workspace
    .findings()
    .find((one) => one.rule === 'streaming-callback' && one.file === file && one.range.start.line === line);
  const offers = finding && curesOf(finding).map(({ id }) => id);
  workspace.dispose();
  if (!offers) throw new Error(`no finding on line ${line + 1} of ${file}`);
  return offers;
}
