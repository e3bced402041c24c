// Takes the flags that @vscode/test-electron gives to VS Code, but runs the suite in code-server and Chromium. The exit code is the suite's
// result; 97 means that the suite did not end in time, 98 that it could not start.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { format, parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { type CodeServer, startBrowser, startCodeServer } from './workbench.mjs';

const LIMIT_MS = 6 * 60_000;

/** What VS Code says on a machine without a gallery, a sign-in or its own binary modules. */
const NOISE =
  /gallery|ENOTFOUND|Creating a socket|connection token|reconnection-grace|Service Worker|AgentHost|AccountPolicyGate|builtin extensions cache|vsda|authentication provider|net::ERR_/;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true, default: [] },
    extensionTestsPath: { type: 'string' },
  },
});

let server: CodeServer | undefined;
let browser: Browser | undefined;
let exitCode = 98;
try {
  server = await startCodeServer({ isTestHost: true });
  browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  exitCode = await runIn(page, server);
  if (exitCode !== 0) await keepScreenshot(page);
} catch (error) {
  console.error(`VS Code could not be started: ${error}`);
} finally {
  await browser?.close().catch(() => undefined);
  await server?.stop();
}
process.exit(exitCode);

/** Opens a workbench that runs the suite, and waits for its exit code. */
async function runIn(page: Page, { remote, url }: CodeServer): Promise<number> {
  await page.exposeFunction('codeAutomationLog', (type: string, parts: unknown) => {
    const line = format(...[parts].flat());
    if (!NOISE.test(line)) (type === 'error' ? console.error : console.log)(line);
  });
  const exit = new Promise<number>((done) => {
    void page.exposeFunction('codeAutomationExit', done);
    setTimeout(() => {
      console.error(`the suite did not end within ${LIMIT_MS / 1000} s`);
      done(97);
    }, LIMIT_MS).unref();
  });
  const development = [values.extensionDevelopmentPath ?? []].flat().map(String);
  const tests = values.extensionTestsPath ? [String(values.extensionTestsPath)] : [];
  await page.goto(
    url(positionals[0], [
      ...development.map((folder) => ['extensionDevelopmentPath', remote(folder)] as const),
      ...tests.map((file) => ['extensionTestsPath', remote(file)] as const),
      ['skipWelcome', 'true'],
    ]),
  );
  return exit;
}

async function keepScreenshot(page: Page): Promise<void> {
  const folder = process.env.SEAMLINE_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, 'extension-host-failed.png') });
}
