// A person at the real workbench: opens files, types, clicks and looks.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
const LIGHTBULB_ATTEMPTS = 2;
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
}

export class Person {
  private constructor(
    private readonly server: CodeServer,
    private readonly browser: Browser,
    private readonly example: Example,
    readonly page: Page,
  ) {}

  /** Opens an example, of which the person has a copy, and a file in it; ends with the workbench on the screen. */
  static async atDesk({ file, example = 'python-llm-service', locale, settings, files = {} }: Habits): Promise<Person> {
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
    await page.goto(server.url(copy.folder, [['openFile', server.remote(join(copy.folder, file))]]));
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

  /** What is on disk. */
  read(file: string): string {
    return readFileSync(join(this.example.folder, file), 'utf8');
  }

  exists(file: string): boolean {
    return existsSync(join(this.example.folder, file));
  }

  /** Opens a file by its name, as one who knows it does. */
  async openFile(file: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    const input = this.page.locator('.quick-input-box input');
    await input.waitFor();
    await input.fill(file);
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: file.split('/').at(-1)! })
      .first()
      .click();
    await this.page.locator('.tab.active', { hasText: file.split('/').at(-1)! }).waitFor();
  }

  /** What stands in the box that asks for something. */
  get question(): Locator {
    return this.page.locator('.quick-input-widget').filter({ visible: true });
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

  /** Goes to a 1-based line and, within it, column. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('Control+g');
    await this.page.locator('.quick-input-box input').waitFor();
    await this.page.keyboard.type(`${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Runs a command by its title from the palette. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-box input');
    await input.waitFor();
    await input.fill(`>${title}`);
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    await row.waitFor();
    await row.click();
  }

  /** Opens the lightbulb's menu at the cursor. */
  async openLightbulb(): Promise<Locator> {
    const menu = this.page.locator('.action-widget:not(.action-list-submenu-panel)');
    const first = menu.locator('.monaco-list-row').first();
    // The keyboard may still be with what was closed just now: a person tries once more.
    for (let attempt = 1; attempt <= LIGHTBULB_ATTEMPTS; attempt++) {
      await this.page.keyboard.press('Control+.');
      const isShown = await first.waitFor({ timeout: EDITOR_MS / 2 }).then(
        () => true,
        () => false,
      );
      if (isShown) break;
      await this.page.keyboard.press('Escape');
    }
    await first.waitFor();
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

  /** Waits for a message that pops up; one that was gone before it was seen still stands in the list of messages. */
  async seesMessage(text: RegExp): Promise<void> {
    const isSeen = await this.notification(text)
      .waitFor({ timeout: EDITOR_MS / 3 })
      .then(
        () => true,
        () => false,
      );
    if (isSeen) return;
    await this.runCommand('Notifications: Show Notifications');
    const messages = this.page.locator('.notifications-center .notification-list-item');
    await messages
      .filter({ hasText: text })
      .first()
      .waitFor()
      .catch(async () => {
        throw new Error(`no message says ${text}, but: ${(await messages.allInnerTexts()).join(' | ') || 'nothing'}`);
      });
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
