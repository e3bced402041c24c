// A person at the real workbench: opens files, types, clicks and looks.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { copyExample, type Example } from '../example';
import { EXTENSIONS } from '../extension.mjs';
import { type CodeServer, startBrowser, startCodeServer } from '../workbench.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCREENSHOTS = process.env.SEAMLINE_SCREENSHOTS ?? join(ROOT, 'test-results', 'vscode');

/** A person waits this long for what the editor itself shows. */
const EDITOR_MS = 25_000;
/** How often a person tries what the editor did not take. */
const ATTEMPTS = 3;
/** An empty part of the title bar. */
const NOWHERE = [1100, 15] as const;
/** For the focus to follow a key. */
const KEY_MS = 60;
/** The extension and its server must start, and the folder be read. */
const START_MS = 45_000;

export const DARK = { 'workbench.colorTheme': 'Default Dark Modern' };
export const LIGHT = { 'workbench.colorTheme': 'Default Light Modern' };

export interface Habits {
  /** File that is opened first, relative to the example. */
  readonly file: string;
  readonly example?: 'python-llm-service' | 'typescript-llm-service';
  readonly locale?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Files beside those of the example, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Opens the file alone, and no folder. */
  readonly isAlone?: boolean;
}

export class Person {
  private constructor(
    private readonly server: CodeServer,
    private readonly browser: Browser,
    private readonly example: Example,
    readonly page: Page,
  ) {}

  /** Opens an example, of which the person has a copy, and a file in it; ends with the workbench on the screen. */
  static async atDesk({
    file,
    example = 'python-llm-service',
    locale,
    settings,
    files = {},
    isAlone,
  }: Habits): Promise<Person> {
    const copy = copyExample(join(ROOT, 'examples'), example);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(copy.folder, path)), { recursive: true });
      writeFileSync(join(copy.folder, path), text);
    }
    const server = await startCodeServer({ extensions: EXTENSIONS, locale, settings: { ...DARK, ...settings } });
    const browser = await startBrowser();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(EDITOR_MS);
    const person = new Person(server, browser, copy, page);
    const folder = isAlone ? undefined : copy.folder;
    await page.goto(server.url(folder, [['openFile', server.remote(join(copy.folder, file))]]));
    await page.locator('.monaco-workbench .editor-instance .view-line').first().waitFor({ timeout: START_MS });
    return person;
  }

  async leave(): Promise<void> {
    await this.browser.close().catch(() => undefined);
    await this.server.stop();
    this.example.remove();
  }

  /** Keeps what is on the screen, as `test-results/vscode/NAME.png`. */
  async keepScreenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    // What fades in or slides is there by then.
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  /** Has the language server die, as a defect or the system would have it. */
  async killServer(): Promise<void> {
    const end = Date.now() + EDITOR_MS;
    for (;;) {
      const [pid] = descendants(this.server.pid).filter((one) => commandOf(one).includes('dist/server.js'));
      if (pid !== undefined) return void process.kill(pid, 'SIGKILL');
      if (Date.now() > end) throw new Error('there is no language server to be killed');
      await this.page.waitForTimeout(100);
    }
  }

  /** What is on disk. */
  read(file: string): string {
    return readFileSync(join(this.example.folder, file), 'utf8');
  }

  exists(file: string): boolean {
    return existsSync(join(this.example.folder, file));
  }

  /** Opens a file by its name, as one who knows it does. */
  async openFile(file: string): Promise<void> {
    const name = file.split('/').at(-1)!;
    await this.pick('Control+p', file, name);
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** What stands in the box that asks for something. */
  get question(): Locator {
    return this.page.locator('.quick-input-widget').filter({ visible: true });
  }

  /** Where the box takes an answer. */
  private get input(): Locator {
    return this.question.locator('.quick-input-box input');
  }

  /** Answers what the box asks for. Filled, not typed: on a slow machine keys come before the box has the focus. */
  async answer(text: string): Promise<void> {
    await this.input.fill(text);
  }

  /** Saves everything, and waits until the disk has what is expected. */
  async saveAll(isExpected: () => boolean): Promise<void> {
    await this.runCommand('File: Save All');
    const end = Date.now() + EDITOR_MS;
    while (!isExpected()) {
      if (Date.now() > end) throw new Error('the disk has not what was expected');
      await this.page.waitForTimeout(50);
    }
  }

  /** Saves the file of the active editor, and waits until the disk has what is expected. */
  async save(file: string, isExpected: (text: string) => boolean): Promise<void> {
    await this.page.keyboard.press('Control+s');
    const end = Date.now() + EDITOR_MS;
    while (!isExpected(this.read(file))) {
      if (Date.now() > end) throw new Error(`the disk has not what was expected, but:\n${this.read(file)}`);
      await this.page.waitForTimeout(50);
    }
  }

  get squiggles(): Locator {
    return this.page.locator('.squiggly-error, .squiggly-warning, .squiggly-info, .squiggly-hint');
  }

  /** Goes to a 1-based place and waits for its squiggle: the editor draws only what is on the screen. */
  async goToSquiggle(line: number, column: number): Promise<void> {
    await this.goTo(line, column);
    await this.squiggles.first().waitFor({ state: 'attached', timeout: START_MS });
  }

  /** Goes to a 1-based line and, within it, column; looks whether the cursor came there. */
  async goTo(line: number, column: number): Promise<void> {
    await this.pick('Control+g', `:${line}:${column}`, `line ${line} at column ${column}`);
    const place = new RegExp(`Ln ${line}, Col ${column}(?!\\d)`);
    await this.page.locator('.statusbar-item', { hasText: place }).waitFor();
  }

  /** Runs a command by its title from the palette. */
  async runCommand(title: string): Promise<void> {
    await this.pick('F1', `>${title}`, title);
  }

  /** Asks for something by its name and takes the first row that has it. */
  private async pick(key: string, query: string, name: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
    // While the workbench starts, it may take the focus away from the box, and not know yet what extensions bring. An answer that comes
    // before its row is none.
    await this.untilDone(`${key} ${query}`, async () => {
      await this.page.keyboard.press(key);
      if (await isShown(this.input, EDITOR_MS / 5)) {
        await this.input.fill(query);
        if (await isShown(row, EDITOR_MS / 3)) {
          await row.click();
          // Nothing is to be pointed at by chance: neither a hover nor a row of the next menu.
          await this.page.mouse.move(...NOWHERE);
          return true;
        }
      }
      await this.page.keyboard.press('Escape');
      return false;
    });
  }

  /** Opens the lightbulb's menu at the cursor. */
  async openLightbulb(): Promise<Locator> {
    const menu = this.page.locator('.action-widget:not(.action-list-submenu-panel)');
    const first = menu.locator('.monaco-list-row').first();
    // A menu that opens under the pointer gives the focus to the row that is there.
    await this.page.mouse.move(...NOWHERE);
    // The keyboard may still be with what was closed just now: a person tries once more.
    await this.untilDone('the lightbulb', async () => {
      await this.page.keyboard.press('Control+.');
      if (await isShown(first, EDITOR_MS / 2)) return true;
      await this.page.keyboard.press('Escape');
      return false;
    });
    return menu;
  }

  /**
   * Chooses an entry of the open lightbulb by the keyboard, which finds it by the start of its title.
   * Which row has the focus is asked before each key: the rows in the page are in no certain order.
   */
  async choose(start: string): Promise<void> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    const focused = this.page.locator('.action-widget .monaco-list-row.action.focused');
    const titles = (await rows.allInnerTexts()).map((title) => title.trim());
    if (!titles.some((title) => title.startsWith(start))) {
      throw new Error(`the lightbulb has no "${start}", but: ${titles.join(' | ')}`);
    }
    for (let step = 0; step <= 2 * titles.length; step++) {
      if ((await focused.allInnerTexts()).some((title) => title.trim().startsWith(start))) {
        await this.page.keyboard.press('Enter');
        await rows.first().waitFor({ state: 'detached' });
        return;
      }
      await this.page.keyboard.press('ArrowDown');
      await this.page.waitForTimeout(KEY_MS);
    }
    throw new Error(`the keyboard does not come to "${start}" of: ${titles.join(' | ')}`);
  }

  /** The message that pops up with a text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  }

  /**
   * Waits for a message. One that pops up is gone after some seconds, on a slow machine before anybody looks: then it still stands in the
   * list of messages, with its buttons.
   */
  async message(text: string | RegExp, timeout = EDITOR_MS): Promise<Locator> {
    const toast = this.notification(text);
    if (await isShown(toast, timeout / 3)) return toast;
    await this.runCommand('Notifications: Show Notifications');
    const messages = this.page.locator('.notifications-center .notification-list-item');
    const listed = messages.filter({ hasText: text }).first();
    if (await isShown(listed, timeout)) return listed;
    throw new Error(`no message says ${text}, but: ${(await messages.allInnerTexts()).join(' | ') || 'nothing'}`);
  }

  /** Does something again, as a person would who sees that nothing came of it. */
  private async untilDone(what: string, attempt: () => Promise<boolean>): Promise<void> {
    for (let count = 1; count <= ATTEMPTS; count++) if (await attempt()) return;
    throw new Error(`tried ${ATTEMPTS} times in vain: ${what}`);
  }

  /** Opens the Refactor Plan by its icon. */
  async openPlan(): Promise<void> {
    // The whole item: the badge with the number of findings may lie over the icon, wherever it is hit.
    const icon = this.page.locator('[aria-label^="Seamline"]');
    await this.page.locator('.activitybar .action-item').filter({ has: icon }).first().click();
    await this.page.mouse.move(...NOWHERE);
    await this.page.locator('.sidebar .title', { hasText: 'Refactor' }).first().waitFor();
  }

  /** The rows of the Refactor Plan. */
  get planRows(): Locator {
    return this.page.locator('.sidebar .pane-body .monaco-list-row[aria-level="2"]').filter({ visible: true });
  }

  /** What stands in a rendered Markdown document, once it is there. */
  get rendered(): Locator {
    return this.page.frameLocator('iframe.webview').frameLocator('#active-frame').locator('.markdown-body');
  }
}

/** The processes below one. */
function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    // `pid (name) state parent ...`, where the name may hold anything.
    const parent = /^.*\) \S (\d+)/s.exec(readProcess(name, 'stat'))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (one: number | undefined): boolean =>
    one !== undefined && one > 1 && (parents.get(one) === pid || isBelow(parents.get(one)));
  return [...parents.keys()].filter(isBelow);
}

const commandOf = (pid: number): string => readProcess(String(pid), 'cmdline');

/** Empty where the process is gone. */
function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(join('/proc', pid, file), 'utf8');
  } catch {
    return '';
  }
}

/** Whether something can be seen within a time. */
function isShown(what: Locator, timeout: number): Promise<boolean> {
  return what.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}
