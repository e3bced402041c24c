import { expect, test } from 'vitest';
import type {
  AnnotatedTextEdit,
  CodeAction,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import type { BuildCureResult } from '../../protocol/index';
import { startClient } from '../support/language-client';
import type { LspClient } from '../support/lsp-client';

const OURS = { initializationOptions: { isSeamlineClient: true } };

const SHUT = `def shut(client):
    try:
        client.close()
    except:
        return None
`;

const SLUG = `/** Whether a text can stand in a link. */
export function isSlug(value: string): boolean {
  return /^[a-z\\d]+(?:-[a-z\\d]+)*$/.test(value);
}
`;

const RENAME = `export function rename(path: string): string {
  if (!/^[a-z\\d]+(?:-[a-z\\d]+)*$/.test(path)) throw new Error(path);
  return path;
}
`;

/** Fails where the value is no text, which its type allows. */
const MOVE = `export function move(path: any): string {
  if (!path.match(/^[a-z\\d]+(?:-[a-z\\d]+)*$/)) throw new Error(path);
  return path;
}
`;

async function actionAt(client: LspClient, file: string, line: number, title: RegExp, at = 4): Promise<CodeAction> {
  const ask = () => client.actions(file, line, undefined, at);
  const actions = await client.eventually(ask, (list) => list.some((one) => title.test(one.title)));
  const found = actions.find((one) => title.test(one.title));
  expect(found, actions.map((one) => one.title).join(', ')).toBeDefined();
  return found!;
}

/** Annotation of each edit, by the end of the file's name. */
function annotations({ documentChanges = [] }: WorkspaceEdit): Record<string, (string | undefined)[]> {
  return Object.fromEntries(
    (documentChanges as TextDocumentEdit[]).map(({ textDocument, edits }) => [
      textDocument.uri.split('/').at(-1)!,
      (edits as AnnotatedTextEdit[]).map(({ annotationId }) => annotationId),
    ]),
  );
}

test('a change that is doubtful as a whole is confirmed as a whole, under one annotation that says why', async () => {
  const client = await startClient({ 'a.py': SHUT });
  await client.open('a.py', SHUT);
  const narrow = await actionAt(client, 'a.py', 4, /except Exception|Exception only/);
  const { edit } = await client.resolve(narrow);
  expect(edit!.changeAnnotations).toEqual({
    doubtful: {
      label: narrow.title,
      needsConfirmation: true,
      description: expect.stringContaining('KeyboardInterrupt'),
    },
  });
  expect(new Set(annotations(edit!)['a.py'])).toEqual(new Set(['doubtful']));
});

test('of a change that can be made without its doubtful place, only that place asks', async () => {
  const files = { 'src/slug.ts': SLUG, 'src/rename.ts': RENAME, 'src/move.ts': MOVE, 'tsconfig.json': '{}' };
  const client = await startClient(files);
  await client.open('src/rename.ts', RENAME);
  const reuse = await actionAt(client, 'src/rename.ts', 2, /isSlug/, 12);
  const { edit } = await client.resolve(reuse);
  const { 'move.ts': move, 'rename.ts': rename, ...others } = annotations(edit!);
  expect([new Set(move), new Set(rename), others]).toEqual([new Set(['doubtful']), new Set([undefined]), {}]);
  expect(Object.keys(edit!.changeAnnotations!)).toEqual(['doubtful']);
});

test('our own client can leave out the places that are doubtful', async () => {
  const files = { 'src/slug.ts': SLUG, 'src/rename.ts': RENAME, 'src/move.ts': MOVE, 'tsconfig.json': '{}' };
  const client = await startClient(files, OURS);
  await client.open('src/rename.ts', RENAME);
  const reuse = await actionAt(client, 'src/rename.ts', 2, /isSlug/, 12);
  const reference = reuse.data as object;
  const build = (choices: object) =>
    client.connection.sendRequest<BuildCureResult>('seamline/buildCure', { ...reference, ...choices });
  const whole = await build({});
  expect(whole.applicability).toBe('review');
  const places = whole.certainPlaces!;
  expect(places.map(({ uri }) => uri.split('/').at(-1)).sort()).toEqual(['rename.ts', 'slug.ts']);
  const part = await build({ places });
  expect(part).toMatchObject({ applicability: 'safe', files: expect.any(Array) });
  expect(part.certainPlaces).toBeUndefined();
  expect(part.files!.map(({ uri }) => uri.split('/').at(-1)).sort()).toEqual(['rename.ts']);
});

test('a safe change asks nothing', async () => {
  const client = await startClient({ 'a.py': SHUT });
  await client.open('a.py', SHUT);
  const log = await actionAt(client, 'a.py', 4, /^Log it with/);
  const { edit } = await client.resolve(log);
  expect(edit!.changeAnnotations).toBeUndefined();
  expect(annotations(edit!)['a.py']).toContain(undefined);
});

test('our own client shows a change with doubts as a whole before it makes it, and asks no more', async () => {
  const client = await startClient({ 'a.py': SHUT }, OURS);
  await client.open('a.py', SHUT);
  const narrow = await actionAt(client, 'a.py', 4, /except Exception|Exception only/);
  const resolved = await client.resolve(narrow);
  expect(resolved.edit).toBeUndefined();
  expect(resolved.command).toMatchObject({
    command: 'seamline.preview',
    arguments: [{ uri: client.uri('a.py'), rule: 'silent-exception', cure: 'narrow-exception' }],
  });
  const built = await client.connection.sendRequest<{ edit: WorkspaceEdit; applicability: string }>(
    'seamline/buildCure',
    resolved.command!.arguments![0],
  );
  expect(built.applicability).toBe('review');
  expect(built.edit.changeAnnotations).toBeUndefined();
});
