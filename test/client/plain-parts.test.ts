import { expect, test } from 'vitest';
import { ActionCommands, type Commands } from '../../client/action-commands';
import { groupFindings } from '../../client/plan/groups';
import { createdFiles, isSameText, versionsOf } from '../../client/preview/lsp-edit';
import { badIdentifier, badTarget } from '../../client/preview/validate';
import { toOrigins, toSettings } from '../../client/settings-model';
import type { FindingItem } from '../../protocol/index';

test('settings that nobody has set are not told', () => {
  expect(toSettings([{ key: 'profile' }, { key: 'rules.mixed-io.severity' }])).toEqual({});
});

test('the strongest level wins, and names the origin', () => {
  const inspected = [
    { key: 'profile', user: 'full', workspace: 'default' },
    { key: 'exclude', user: ['a/'], folder: ['b/'] },
    { key: 'diagnostics.scope', user: 'workspace' },
    { key: 'rules.mixed-io.methods', user: 3 },
    { key: 'rules.mixed-io.kinds', folder: 4 },
  ];
  expect(toSettings(inspected)).toEqual({
    profile: 'default',
    exclude: ['b/'],
    diagnostics: { scope: 'workspace' },
    rules: { 'mixed-io': { methods: 3, kinds: 4 } },
  });
  expect(toOrigins(inspected)).toEqual({
    profile: 'workspace',
    exclude: 'folder',
    'diagnostics.scope': 'user',
    'rules.mixed-io.methods': 'user',
    'rules.mixed-io.kinds': 'folder',
  });
});

test('severities of rules are told as a configuration file would', () => {
  const ofRule = (...settings: (readonly [string, unknown])[]) =>
    toSettings(settings.map(([key, user]) => ({ key: `rules.r.${key}`, user }))).rules?.r;
  expect(ofRule(['severity', 'off'], ['lines', 5])).toBe('off');
  expect(ofRule(['severity', 'error'], ['lines', 5])).toEqual({ severity: 'error', lines: 5 });
  expect(ofRule(['severityByCase', { bare: 'hint' }])).toEqual({ severity: { bare: 'hint' } });
  expect(ofRule(['severity', 'error'], ['severityByCase', { bare: 'hint' }])).toEqual({ severity: 'error' });
  expect(ofRule(['severityByCase', {}], ['lines', 5])).toEqual({ lines: 5 });
});

test('severities by case are told as the severity that a configuration file would have', () => {
  expect(toOrigins([{ key: 'rules.r.severityByCase', user: { bare: 'hint' } }])).toMatchObject({
    'rules.r.severity': 'user',
  });
});

test('"default" in the workspace takes back what the user says', () => {
  const inspected = [{ key: 'rules.r.severity', user: 'off', workspace: 'default' }];
  expect([toSettings(inspected), toOrigins(inspected)]).toEqual([{}, {}]);
});

const EDIT = {
  changeAnnotations: { review: { label: 'Move', needsConfirmation: true } },
  documentChanges: [
    { kind: 'create' as const, uri: 'file:///w/new.py' },
    { textDocument: { uri: 'file:///w/new.py', version: null }, edits: [] },
    { textDocument: { uri: 'file:///w/old.py', version: 7 }, edits: [] },
  ],
};

test('an edit names its versions and what it creates', () => {
  expect(versionsOf(EDIT)).toEqual([{ uri: 'file:///w/old.py', version: 7 }]);
  expect(createdFiles(EDIT)).toEqual(['file:///w/new.py']);
  expect([versionsOf({}), createdFiles({})]).toEqual([[], []]);
});

test('line ends and byte order marks make no other text', () => {
  expect(isSameText('\uFEFFa\r\nb\r', 'a\nb\n')).toBe(true);
  expect(isSameText('a\nb', 'a\nc')).toBe(false);
});

test.each(['total', '_x', 'ślad', '$el'])('%s can be a name', (name) => expect(badIdentifier(name)).toBe(false));
test.each(['', '1a', 'a-b', 'a b'])('"%s" cannot be a name', (name) => expect(badIdentifier(name)).toBe(true));

test.each([
  ['pkg/shared.py', 'pkg/a.py', false],
  ['src/new.tsx', 'src/a.ts', false],
  ['src/new.py', 'src/a.ts', true],
  ['../out.py', 'a.py', true],
  ['/etc/x.py', 'a.py', true],
  ['C:\\x.py', 'a.py', true],
  ['a//b.py', 'a.py', true],
  ['noextension', 'a.py', true],
])('target %s where %s was proposed: refused %s', (path, proposed, refused) =>
  expect(badTarget(path, proposed)).toBe(refused),
);

function finding(rule: string, file: string, severity: FindingItem['severity'], line: number): FindingItem {
  const range = { start: { line, character: 0 }, end: { line, character: 1 } };
  const uri = `file:///w/${file}`;
  return {
    rule,
    file,
    uri,
    severity,
    line,
    range,
    fingerprint: `${rule}${line}`,
    message: '',
    ruleTitle: `T ${rule}`,
    related: [],
    cures: [],
  };
}

const FINDINGS = [
  finding('b', 'z.py', 'warning', 9),
  finding('b', 'z.py', 'warning', 2),
  finding('a', 'a.py', 'hint', 1),
  finding('a', 'z.py', 'warning', 5),
  finding('c', 'm.py', 'error', 3),
];
const outline = (kind: 'rule' | 'file' | 'priority') =>
  groupFindings(FINDINGS, kind).map(({ title, findings }) => [title, findings.map(({ line }) => line)]);

test('the plan is grouped by rule, file or priority, the gravest first', () => {
  expect(outline('rule')).toEqual([
    ['T c', [3]],
    ['T a', [5, 1]],
    ['T b', [2, 9]],
  ]);
  expect(outline('file')).toEqual([
    ['m.py', [3]],
    ['z.py', [2, 5, 9]],
    ['a.py', [1]],
  ]);
  expect(outline('priority')).toEqual([
    ['error', [3]],
    ['warning', [2, 5, 9]],
    ['hint', [1]],
  ]);
});

/** An editor's commands: what is registered, and what was run. */
function editorCommands() {
  const registered = new Map<string, (...args: unknown[]) => unknown>();
  const ran: unknown[][] = [];
  let registrations = 0;
  const commands = {
    registerCommand(id: string, handler: (...args: unknown[]) => unknown) {
      if (registered.has(id)) throw new Error(`command '${id}' already exists`);
      registrations++;
      registered.set(id, handler);
      return { dispose: () => registered.delete(id) };
    },
    executeCommand(...call: unknown[]) {
      ran.push(call);
      return Promise.resolve();
    },
  } as unknown as Commands;
  return { commands, registered, ran, count: () => registrations };
}

test('the command of an action carries its arguments, and is the same when it is offered again', () => {
  const { commands, registered, ran, count } = editorCommands();
  const carrier = new ActionCommands(commands);
  const preview = (line: number) => ({ title: `line ${line}`, command: 'seamline.preview', arguments: [{ line }] });
  const first = carrier.carry(preview(1));
  expect(first).toEqual({ title: 'line 1', tooltip: undefined, command: expect.stringMatching(/^seamline\.preview#/) });
  expect(carrier.carry(preview(1))).toEqual(first);
  expect(carrier.carry({ ...preview(1), title: 'other' })).toMatchObject({ title: 'other', command: first.command });
  expect(carrier.carry(preview(2)).command).not.toBe(first.command);
  expect(carrier.carry({ ...preview(1), command: 'seamline.ignore' }).command).not.toBe(first.command);
  expect(count()).toBe(3);
  registered.get(first.command)!();
  expect(ran).toEqual([['seamline.preview', { line: 1 }]]);
  expect(carrier.carriedBy(first)?.arguments).toEqual([{ line: 1 }]);
  const plain = { title: 'plain', command: 'seamline.audit' };
  expect(carrier.carry(plain)).toBe(plain);
});

test('an action that is resolved runs what came of it, and before that what it was offered with', () => {
  const { commands, registered, ran } = editorCommands();
  const carrier = new ActionCommands(commands);
  const offer = () => carrier.carry({ title: 'fix', command: 'seamline.apply', arguments: [7] });
  const run = () => registered.get(offer().command)!();
  run();
  carrier.settle(offer(), { title: 'fix', command: 'seamline.preview', arguments: [8] });
  run();
  expect(carrier.carriedBy(offer())?.arguments).toEqual([8]);
  carrier.settle(offer(), undefined);
  run();
  expect(ran).toEqual([
    ['seamline.apply', 7],
    ['seamline.preview', 8],
  ]);
});

test('so many commands are kept and no more; what is offered again and again stays', () => {
  const { commands, registered } = editorCommands();
  const carrier = new ActionCommands(commands);
  const offer = (at: number) => carrier.carry({ title: '', command: 'c', arguments: [at] });
  const { command } = offer(0);
  const second = offer(1).command;
  for (let at = 2; at < 1000; at++) {
    offer(at);
    expect(offer(0).command).toBe(command);
  }
  expect(registered.size).toBeLessThanOrEqual(256);
  expect(registered.has(command)).toBe(true);
  expect(registered.has(second)).toBe(false);
  // One that was let go comes back under a name of its own.
  expect(registered.has(offer(1).command)).toBe(true);
  carrier.dispose();
  expect(registered.size).toBe(0);
});
