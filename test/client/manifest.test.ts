import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../client/selector';
import { COMMANDS } from '../../protocol/index';
import { manifest as generatedManifest, manifestTexts } from '../../scripts/generate-settings';
import { clientSources } from './sources';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: Readonly<Record<string, { readonly supported: boolean; readonly description: string }>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: readonly { readonly properties: Record<string, { readonly scope: string }> }[];
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
  };
}

interface Step {
  readonly id: string;
  readonly media: { readonly markdown: string };
  readonly completionEvents: readonly string[];
}

const read = (path: string) => readFile(join(ROOT, path), 'utf8');
const text = await read('package.json');
const manifest = JSON.parse(text) as Manifest;
const english = JSON.parse(await read('package.nls.json')) as Record<string, string>;
const polish = JSON.parse(await read('package.nls.pl.json')) as Record<string, string>;
const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);
const placeholders = [...text.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]!);

/** Texts that are the same in both languages: names. */
const NAMES = ['view.container'];

test('every text of the manifest is there in both languages, and no other', () => {
  expect(placeholders.length).toBeGreaterThan(50);
  expect(Object.keys(english).sort()).toEqual([...new Set(placeholders)].sort());
  expect(Object.keys(polish).sort()).toEqual(Object.keys(english).sort());
});

test('no Polish text was left in English', () => {
  const left = Object.keys(english).filter((key) => polish[key] === english[key] || !polish[key]?.trim());
  expect(left).toEqual(NAMES);
});

test('links of translated texts lead to the same commands', () => {
  const links = (value: string) => [...value.matchAll(/\(command:([^)]+)\)/g)].map((match) => match[1]);
  for (const [key, value] of Object.entries(english)) expect([key, links(polish[key]!)]).toEqual([key, links(value)]);
  const ours = Object.values(english)
    .flatMap(links)
    .filter((id) => id!.startsWith('seamline.'));
  expect(ours.filter((id) => id !== 'seamline.plan.focus' && !commands.includes(id!))).toEqual([]);
});

test('every command has a title of its own and the one category', () => {
  for (const { command, title, category } of contributes.commands) {
    expect([command, category]).toEqual([command, 'Seamline']);
    expect([command, /^%command\.[\w.]+%$/.test(title)]).toEqual([command, true]);
  }
  expect(new Set(contributes.commands.map(({ title }) => title)).size).toBe(commands.length);
});

test('the extension registers exactly the commands of the manifest', async () => {
  const source = (await clientSources()).find(({ file }) => file === 'client/commands.ts')!.text;
  const literal = [...source.matchAll(/^ {4}'(seamline\.[\w.]+)':/gm)].map((match) => match[1]!);
  const named = [...source.matchAll(/^ {4}\[COMMANDS\.(\w+)\]:/gm)].map(
    (match) => COMMANDS[match[1] as keyof typeof COMMANDS],
  );
  const grouped = ['rule', 'file', 'priority'].map((by) => `seamline.plan.groupBy.${by}`);
  expect([...literal, ...named, ...grouped].sort()).toEqual([...commands].sort());
  expect(named.sort()).toEqual(Object.values(COMMANDS).sort());
});

test('every entry of a menu names a command, and every command can be reached', () => {
  const entries = Object.values(contributes.menus).flat();
  expect(entries.filter(({ command }) => !commands.includes(command))).toEqual([]);
  const hidden = contributes.menus.commandPalette!.filter(({ when }) => when === 'false').map(({ command }) => command);
  const elsewhere = Object.entries(contributes.menus).flatMap(([menu, list]) =>
    menu === 'commandPalette' ? [] : list.map(({ command }) => command),
  );
  const byServer = Object.values(COMMANDS) as string[];
  expect(hidden.filter((id) => !elsewhere.includes(id) && !byServer.includes(id))).toEqual([]);
});

test('what needs a finding, a tree or a preview is not in the palette without it', () => {
  const conditions = new Map(contributes.menus.commandPalette!.map(({ command, when }) => [command, when]));
  for (const { command } of contributes.menus['view/item/context']!) {
    if (command !== 'seamline.openRule') expect([command, conditions.get(command)]).toEqual([command, 'false']);
  }
  expect(conditions.get('seamline.applyPreview')).toBe('seamline.isPreview');
});

test('settings in the manifest are what the schemas say', async () => {
  expect(text).toBe(await generatedManifest(join(ROOT, 'package.json')));
  expect(await read('package.nls.json')).toBe(await manifestTexts(join(ROOT, 'package.nls.json')));
  const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
  expect(settings.filter(([key, { scope }]) => !key.startsWith('seamline.') || scope !== 'resource')).toEqual([]);
});

test('every rule has settings', async () => {
  const folders = await readdir(join(ROOT, 'rules'), { withFileTypes: true });
  const rules = folders.filter((one) => one.isDirectory()).map(({ name }) => name);
  const keys = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  expect(rules.filter((id) => !keys.includes(`seamline.rules.${id}.severity`))).toEqual([]);
});

test('the extension starts for its languages and its configuration alone', () => {
  expect(manifest.activationEvents).toEqual([
    ...LANGUAGES.map((language) => `onLanguage:${language}`),
    'onUri',
    'workspaceContains:**/seamline.json',
    'workspaceContains:pyproject.toml',
  ]);
});

test('says what it may do in untrusted and virtual workspaces, and why', () => {
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  expect([untrustedWorkspaces?.supported, virtualWorkspaces?.supported]).toEqual([true, false]);
  expect(english['capability.untrusted']).toContain('never runs');
  expect(english['capability.virtual']).toContain('disk');
});

test('the walkthrough has its pages in both languages, and steps that can be completed', () => {
  const { steps } = contributes.walkthroughs[0]!;
  expect(steps.length).toBeGreaterThanOrEqual(3);
  for (const { id, media, completionEvents } of steps) {
    expect([id, existsSync(join(ROOT, media.markdown))]).toEqual([id, true]);
    expect([id, existsSync(join(ROOT, media.markdown.replace(/\.md$/, '.nls.pl.md')))]).toEqual([id, true]);
    expect(completionEvents.length).toBeGreaterThan(0);
    const own = completionEvents.flatMap((event) => /^onCommand:(seamline\..+)$/.exec(event)?.[1] ?? []);
    expect(own.filter((command) => !commands.includes(command))).toEqual([]);
  }
});

test('the icon is a PNG of 128 by 128, and the view has one of its own', async () => {
  const icon = await readFile(join(ROOT, manifest.icon));
  expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([128, 128]);
  const views = Object.values(contributes.views).flat();
  expect(views.map(({ icon: path }) => existsSync(join(ROOT, path)))).toEqual(views.map(() => true));
});
