// A real VS Code, served by code-server and shown in Chromium: started, opened and ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { type Installed, install } from './install.mjs';

const HOST = '127.0.0.1';
const START_LIMIT_MS = 60_000;
const START_ATTEMPTS = 2;
const STOP_LIMIT_MS = 5_000;

/** Of a user who has chosen nothing, except that nothing may ask, update or call home. */
const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  // As on a desktop; in a browser VS Code would save by itself.
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Options {
  /** Folder of unpacked extensions, each named `publisher.name-version`. */
  readonly extensions?: string;
  /**
   * Take the paths of an extension and its tests from the URL, which is ignored without a word otherwise. VS Code shows no
   * notifications then.
   */
  readonly isTestHost?: boolean;
  /** Display language, as in `--locale`. */
  readonly locale?: string;
  /** User settings beyond those that keep the editor quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface CodeServer {
  /** Folder with the user's data and `server.log`. */
  readonly profile: string;
  /** Address of a workbench on a folder. */
  readonly url: (folder: string | undefined, payload?: readonly (readonly [string, string])[]) => string;
  readonly pid: number;
  /** URI by which the workbench knows a file of this machine. */
  readonly remote: (file: string) => string;
  /** Ends the server and removes the profile. */
  readonly stop: () => Promise<void>;
}

/** Starts code-server with a fresh profile and waits until it answers. */
export async function startCodeServer(options: Options = {}): Promise<CodeServer> {
  const paths = await install();
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(paths, options);
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
      console.error(`${error}; once more`);
    }
  }
}

/** Starts the browser that shows the workbench. */
export async function startBrowser(): Promise<Browser> {
  const { chromium: executablePath } = await install();
  return chromium.launch({ executablePath, headless: true, args: CHROMIUM_FLAGS });
}

async function start({ node, codeServer }: Installed, options: Options): Promise<CodeServer> {
  const profile = createProfile(options);
  const port = await freePort();
  const log = openSync(join(profile, 'server.log'), 'a');
  const child = spawn(node, argumentsOf(codeServer, port, profile, options), {
    env: environment(profile),
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(timer);
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await untilHealthy(port, child);
  } catch (error) {
    const tail = readFileSync(join(profile, 'server.log'), 'utf8').slice(-2000);
    await stop();
    throw new Error(`${error}\n${tail}`);
  }
  const remote = (file: string) => `vscode-remote://${HOST}:${port}${resolve(file)}`;
  const url: CodeServer['url'] = (folder, payload = []) => {
    const query = { ...(folder ? { folder: resolve(folder) } : { ew: 'true' }), payload: JSON.stringify(payload) };
    return `http://${HOST}:${port}/?${new URLSearchParams(query)}`;
  };
  return { profile, pid: child.pid!, url, remote, stop };
}

/** The folder of a user who starts VS Code for the first time. */
function createProfile({ locale, settings }: Options): string {
  const profile = mkdtempSync(join(tmpdir(), 'seamline-vscode-'));
  mkdirSync(join(profile, 'user', 'User'), { recursive: true });
  mkdirSync(join(profile, 'extensions'));
  writeFileSync(join(profile, 'user', 'User', 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  if (locale) {
    // VS Code takes a language only when it has a language pack for it. An empty one leaves its own texts in English, and the
    // texts of extensions come from the extensions.
    const texts = join(profile, 'user', 'texts.json');
    writeFileSync(texts, JSON.stringify({ contents: {} }));
    const extensions = [{ extensionIdentifier: { id: `seamline-test.${locale}` }, version: '1.0.0' }];
    const pack = { hash: 'empty', extensions, translations: { vscode: texts }, label: locale };
    writeFileSync(join(profile, 'user', 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
  }
  return profile;
}

function argumentsOf(
  codeServer: string,
  port: number,
  profile: string,
  { extensions, isTestHost, locale }: Options,
): string[] {
  return [
    join(codeServer, 'out', 'node', 'entry.js'),
    ...['--auth', 'none', '--bind-addr', `${HOST}:${port}`, '--config', join(profile, 'config.yaml')],
    ...['--user-data-dir', join(profile, 'user'), '--extensions-dir', extensions ?? join(profile, 'extensions')],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
    ...['--disable-getting-started-override', '--ignore-last-opened'],
    ...(isTestHost ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ...(locale ? ['--locale', locale] : []),
  ];
}

/** The environment without what an editor around these tests has put into it. */
function environment(home: string): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|PASSWORD$|PORT$)/.test(name));
  // Nothing is looked for in a gallery.
  return { ...Object.fromEntries(entries), HOME: home, EXTENSIONS_GALLERY: '{}' };
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
      .once('error', fail)
      .listen(0, HOST, () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => done(port));
      });
  });
}

async function untilHealthy(port: number, child: ChildProcess): Promise<void> {
  const end = Date.now() + START_LIMIT_MS;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`code-server ended with ${child.exitCode}`);
    const answer = await fetch(`http://${HOST}:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`code-server did not answer within ${START_LIMIT_MS / 1000} s`);
}
