import { expect, test } from 'vitest';
import {
  CancellationTokenSource,
  type CodeAction,
  LSPErrorCodes,
  ProgressType,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { AuditResult, BuildCureResult, PlanCureResult } from '../../protocol/index';
import { startClient } from '../support/language-client';
import { FULL, type LspClient } from '../support/lsp-client';
import { check } from '../support/python-files';

const STORE = `import logging

logger = logging.getLogger(__name__)


def save(path, data):
    try:
        path.write_text(data)
    except Exception:
        pass


def shut(client):
    try:
        client.close()
    except:
        return None
`;

const OURS = { initializationOptions: { isSeamlineClient: true, docsBaseUrl: 'vscode://seamline.seamline/rules/' } };

async function store(options = {}): Promise<LspClient> {
  const client = await startClient({ 'a.py': STORE }, options);
  await client.open('a.py', STORE);
  await client.eventually(
    () => client.findings('a.py'),
    (found) => found.length > 0,
  );
  return client;
}

const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);

/** Applies an edit as a client does, refusing one for another version. */
function apply(text: string, version: number, edit: WorkspaceEdit | undefined): string {
  const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
  expect(change?.textDocument.version).toBe(version);
  return TextDocument.applyEdits(TextDocument.create('x', 'python', version, text), change!.edits as TextEdit[]);
}

test('a list of titles first, the edit when one is chosen', async () => {
  const client = await store();
  const actions = await client.actions('a.py', 9);
  expect(titles(actions)).toEqual(
    expect.arrayContaining([
      'Log it with logger.warning',
      'Ignore silent-exception here',
      'Ignore silent-exception in this file',
    ]),
  );
  const log = actions.find(({ title }) => title === 'Log it with logger.warning')!;
  expect(log).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: 'silent-exception' }] });
  expect(log.edit).toBeUndefined();
  const resolved = await client.resolve(log);
  const text = apply(STORE, 1, resolved.edit);
  expect(text).toContain('logger.warning(');
  await client.change('a.py', text);
  expect(await client.findings('a.py')).toEqual(['silent-exception 16']);
});

test('an action that was listed for another text shows why it does nothing', async () => {
  const client = await store();
  const [log] = await client.actions('a.py', 9);
  await client.change('a.py', `\n${STORE}`);
  const resolved = await client.resolve(log!);
  expect(resolved.edit).toBeUndefined();
  expect(resolved.command).toMatchObject({
    command: 'seamline.explainRefusal',
    arguments: [{ code: 'file-changed', reason: expect.stringContaining('try again') }],
  });
});

test('a client that does not resolve actions gets their edits with the list, and none that are disabled', async () => {
  const client = await store({ capabilities: { ...FULL, textDocument: { ...FULL.textDocument, codeAction: {} } } });
  const actions = await client.actions('a.py', 9);
  const log = actions.find(({ title }) => title === 'Log it with logger.warning');
  expect(apply(STORE, 1, log?.edit)).toContain('logger.warning(');
  const refactorings = await client.actions('a.py', 9, ['refactor']);
  expect(refactorings.filter(({ disabled }) => disabled)).toEqual([]);
});

test('only what was asked for is listed', async () => {
  const client = await store();
  expect(await client.actions('a.py', 9, ['refactor.extract'])).toEqual([]);
  expect((await client.actions('a.py', 9, ['quickfix'])).every(({ kind }) => kind === 'quickfix')).toBe(true);
  expect(await client.actions('a.py', 9, ['source.organizeImports'])).toEqual([]);
  expect(await client.actions('a.py', 6)).toEqual([]);
});

test('fix all leaves to the author what only the author can choose', async () => {
  const client = await store();
  expect(await client.actions('a.py', 1, ['source.fixAll'])).toEqual([]);
});

test('what changes one file needs no preview; our own client is asked for words, one entry each', async () => {
  const client = await store(OURS);
  const actions = await client.actions('a.py', 9);
  expect(titles(actions)).toEqual([
    'Log it with logger.warning',
    'Log it and raise again',
    'Say why the exception may be dropped...',
    'Ignore silent-exception here (with reason)...',
    'Ignore silent-exception in this file...',
  ]);
  const reference = { ...(actions[0]!.data as object) };
  const built = await client.connection.sendRequest<{ files: { after: string }[]; applicability: string }>(
    'seamline/buildCure',
    reference,
  );
  expect(built).toMatchObject({ applicability: 'safe', files: [{ uri: client.uri('a.py'), before: STORE }] });
  const ignore = actions.find(({ command }) => command?.command === 'seamline.ignore')!;
  const { edit } = await client.connection.sendRequest<{ edit: WorkspaceEdit }>('seamline/ignore', {
    ...ignore.command!.arguments![0],
    reason: 'only a cache',
  });
  const text = apply(STORE, 1, edit);
  expect(text).toContain('    # seamline: ignore[silent-exception] -- only a cache\n    except Exception:');
  await client.change('a.py', text);
  expect(await client.findings('a.py')).toEqual(['silent-exception 17']);
});

test('a cure that wants words says so, and takes them', async () => {
  const client = await store(OURS);
  const report = await client.pull('a.py');
  const data = report.kind === 'full' ? report.items[0]!.data : undefined;
  const reference = { ...data, cure: 'explain-exception' };
  expect(await client.connection.sendRequest('seamline/planCure', reference)).toMatchObject({ wantsReason: true });
  const built = await client.connection.sendRequest<{ files: { after: string }[] }>('seamline/buildCure', {
    ...reference,
    reason: 'the store is only a cache',
  });
  expect(built.files[0]!.after).toContain('# the store is only a cache');
});

test('everything that was found, for the plan', async () => {
  const client = await store(OURS);
  const items = await client.connection.sendRequest('seamline/findings');
  expect(items).toMatchObject([
    {
      file: 'a.py',
      rule: 'silent-exception',
      line: 8,
      cures: expect.arrayContaining([{ id: 'log-exception', title: expect.any(String) }]),
    },
    { line: 15 },
  ]);
});

test('the audit writes its report, with progress', async () => {
  const client = await store();
  const seen: string[] = [];
  client.connection.onProgress(new ProgressType<{ kind: string }>(), 'audit', ({ kind }) => void seen.push(kind));
  const result = await client.connection.sendRequest('seamline/audit', { workDoneToken: 'audit' });
  expect(result).toMatchObject({ findings: 2, report: expect.stringContaining('# Refactor report') });
  expect(seen[0]).toBe('begin');
  expect(seen.at(-1)).toBe('end');
});

test('the audit obeys the settings of the editor', async () => {
  const settings = { '': { exclude: ['gen/'], rules: { 'silent-exception': 'off' } } };
  const client = await startClient({ 'a.py': STORE, 'gen/b.py': STORE }, { settings });
  const result = await client.connection.sendRequest<AuditResult>('seamline/audit', {});
  expect(result.findings).toBe(0);
  expect(result.report).not.toContain('gen/b.py');
});

test('an audit that is cancelled ends at once, with its progress, and the next one runs', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [`m${index}.py`, `${STORE}\nx = ${index}\n`]),
  );
  const client = await startClient(files, OURS);
  const seen: string[] = [];
  const source = new CancellationTokenSource();
  client.connection.onProgress(new ProgressType<{ kind: string }>(), 'audit', ({ kind }) => {
    seen.push(kind);
    source.cancel();
  });
  const asked = client.connection.sendRequest('seamline/audit', { workDoneToken: 'audit' }, source.token);
  expect(await asked.catch((error: { code: number }) => error.code)).toBe(LSPErrorCodes.RequestCancelled);
  expect(
    await client.eventually(
      () => seen.at(-1),
      (kind) => kind === 'end',
    ),
  ).toBe('end');
  expect(await client.connection.sendRequest('seamline/audit', {})).toMatchObject({ findings: 800 });
});

const TICKETS = `import re


def is_ticket(text):
    return re.match(r"^[A-Z]+-[0-9]{1,6}$", text)


def open_ticket(text):
    if not re.match(r"^[A-Z]+-[0-9]{1,6}$", text):
        raise ValueError(text)
`;

test('where no fix can be had, the last entry says why, and a refactor request is told what is disabled', async () => {
  const client = await startClient({ 'a.py': TICKETS }, OURS);
  await client.open('a.py', TICKETS);
  const found = await client.eventually(
    () => client.findings('a.py'),
    ({ length }) => length > 0,
  );
  const line = Number(found[0]!.split(' ')[1]);
  const why = (await client.actions('a.py', line, undefined, 11)).at(-1)!;
  expect(why.title).toMatch(/^Why no fix\? \(.*the match itself.*\)$/);
  expect(why).toMatchObject({
    kind: 'quickfix',
    command: {
      command: 'seamline.explainRefusal',
      arguments: [{ code: 'match-is-used', at: { uri: client.uri('a.py'), range: { start: { line: 4 } } } }],
    },
  });
  const [disabled] = await client.actions('a.py', line, ['refactor'], 11);
  expect(disabled).toMatchObject({ kind: 'refactor.extract', disabled: { reason: expect.stringContaining('match') } });
  expect(await client.actions('a.py', line, ['refactor.move'], 11)).toEqual([]);
});

test('a fix of several files has a preview and options, takes choices, and tells what it creates', async () => {
  const client = await startClient(
    { 'shop/__init__.py': '', 'shop/a.py': check('code'), 'shop/b.py': check('code') },
    OURS,
  );
  await client.open('shop/a.py', check('code'));
  const actions = await client.eventually(
    () => client.actions('shop/a.py', 5, undefined, 11),
    ({ length }) => length > 0,
  );
  expect(titles(actions)).toEqual([
    'Extract 2 places to validators.py: validate_code',
    'Preview: Extract 2 places to validators.py: validate_code',
    'Extract a shared validator with options...',
    'Ignore duplicate-validator here (with reason)...',
    'Ignore duplicate-validator in this file...',
  ]);
  // At a finding, all are fixes of it, which editors list first; asked for a refactoring, what is one is told as such.
  const kinds = (list: readonly CodeAction[]) => list.map(({ kind }) => kind);
  expect(new Set(kinds(actions))).toEqual(new Set(['quickfix']));
  expect(titles(await client.actions('shop/a.py', 5, ['quickfix'], 11))).toEqual(titles(actions));
  const refactorings = await client.actions('shop/a.py', 5, ['refactor.extract'], 11);
  expect(titles(refactorings)).toEqual(titles(actions).slice(0, 3));
  expect(new Set(kinds(refactorings))).toEqual(new Set(['refactor.extract']));
  const { edit, command } = await client.resolve(actions[0]!);
  const created = client.uri('shop/validators.py');
  expect(edit?.documentChanges).toEqual(
    expect.arrayContaining([expect.objectContaining({ kind: 'create', uri: created })]),
  );
  expect(command).toMatchObject({
    command: 'seamline.reveal',
    arguments: [{ file: created, newName: { uri: created } }],
  });
  const [reference] = actions[1]!.command!.arguments!;
  const plan = await client.connection.sendRequest<PlanCureResult>('seamline/planCure', reference);
  expect(plan).toMatchObject({ name: 'validate_code', into: 'shop/validators.py', places: [{}, {}] });
  const choices = { name: 'is_good', into: 'shop/rules.py' };
  const built = await client.connection.sendRequest<BuildCureResult>('seamline/buildCure', {
    ...reference,
    ...choices,
  });
  expect(built.files?.map(({ uri }) => uri)).toContain(client.uri('shop/rules.py'));
  expect(built.newName?.uri).toBe(client.uri('shop/rules.py'));
  const places = [{ uri: client.uri('shop/a.py'), line: plan.places[0]!.range.start.line }];
  const refused = await client.connection.sendRequest('seamline/buildCure', { ...reference, places });
  expect(refused).toMatchObject({ refusal: { code: 'too-few-places' } });
});

test('fix all takes safe fixes of the one file that create nothing, and leaves those of several files alone', async () => {
  const alone = `${check('user_code')}\n\n${check('old_code').replace('import re\n\n\n', '')}`;
  const client = await startClient({
    'a.py': alone,
    'b/c.py': check('code').replace('{2,30}', '{3,9}'),
    'b/d.py': check('code').replace('{2,30}', '{3,9}'),
  });
  await client.open('a.py', alone);
  const [all, ...others] = await client.eventually(
    () => client.actions('a.py', 1, ['source.fixAll.seamline']),
    ({ length }) => length > 0,
  );
  expect(others).toEqual([]);
  expect(all).toMatchObject({
    kind: 'source.fixAll.seamline',
    edit: { documentChanges: [{ textDocument: { uri: client.uri('a.py'), version: 1 } }] },
  });
  const text = apply(alone, 1, all!.edit);
  expect(text.match(/re\.match/g)).toHaveLength(1);
  const whole = await client.actions('a.py', 5, ['source', 'quickfix']);
  expect(whole.map(({ kind }) => kind)).toContain('source.fixAll.seamline');
  await client.open('b/c.py', check('code').replace('{2,30}', '{3,9}'));
  expect(await client.actions('b/c.py', 1, ['source.fixAll'])).toEqual([]);
});

test('fix all builds each fix on what the ones before it left', async () => {
  const group = (pattern: string) =>
    ['user_code', 'old_code']
      .map((name) => check(name).replace('import re\n\n\n', '').replace('{2,30}', pattern))
      .join('\n\n');
  // Both groups would give their predicate the same name at the same place.
  const text = `import re\n\n\n${group('{2,30}')}\n\n${group('{5,9}').replaceAll('check_', 'verify_')}`;
  const client = await startClient({ 'a.py': text });
  await client.open('a.py', text);
  const [all] = await client.eventually(
    () => client.actions('a.py', 1, ['source.fixAll.seamline']),
    ({ length }) => length > 0,
  );
  const fixed = apply(text, 1, all!.edit);
  expect(fixed.match(/re\.match/g)).toHaveLength(2);
  const names = [...fixed.matchAll(/^def (\w+)/gm)].map(([, name]) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(6);
  await client.change('a.py', fixed);
  expect(await client.findings('a.py')).toEqual([]);
});

test('every value of the configuration names its origin', async () => {
  const client = await startClient(
    { 'a.py': STORE, 'seamline.json': '{"rules": {"mixed-io": "off"}}' },
    { ...OURS, settings: { '': { profile: 'full', rules: { 'oversized-module': { warningLines: 77 } } } } },
  );
  await client.open('a.py', STORE);
  const ask = () =>
    client.connection.sendRequest<{ text: string }>('seamline/configuration', { uri: client.uri('a.py') });
  const { text } = await client.eventually(ask, (answer) => answer.text.includes('seamline.json'));
  expect(text).toContain('  "rules.mixed-io.severity": "off", // seamline.json\n');
  expect(text).toContain('  "rules.oversized-module.warningLines": 77, // folder\n');
  expect(text).toContain('  "rules.oversized-module.informationLines": 700, // default\n');
  expect(text).toContain('  "profile": "full", // workspace\n');
  expect(text).toMatch(/ {2}"rules.silent-exception.strictness": "\w+", \/\/ default\n/);
});

test('a suppression explains its rule on hover', async () => {
  const text = STORE.replace(
    '    except Exception',
    '    # seamline: ignore[silent-exception] -- a cache\n    except Exception',
  );
  const client = await startClient({ 'a.py': text }, OURS);
  await client.open('a.py', text);
  const at = (character: number) =>
    client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: client.uri('a.py') },
      position: { line: 8, character },
    });
  expect(await at(12)).toMatchObject({
    contents: { value: expect.stringContaining('vscode://seamline.seamline/rules/silent-exception') },
  });
  expect(await at(2)).toBeNull();
});

test('TypeScript is checked by its compiler before an edit is handed out', async () => {
  const source =
    'export async function load(url: string): Promise<unknown> {\n  try {\n    return (await fetch(url)).status;\n  } catch {}\n  return undefined;\n}\n';
  const client = await startClient({
    'src/a.ts': source,
    'tsconfig.json': '{"compilerOptions": {"strict": true, "lib": ["es2022", "dom"]}}',
  });
  await client.open('src/a.ts', source);
  const found = await client.eventually(
    () => client.findings('src/a.ts'),
    (list) => list.length > 0,
  );
  expect(found).toEqual(['silent-exception 4']);
  const [log] = await client.actions('src/a.ts', 4);
  const resolved = await client.resolve(log!);
  expect(resolved.edit?.documentChanges).toHaveLength(1);
});
