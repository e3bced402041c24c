import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import { LIGHT, Person } from './person.mjs';

const DONE = /Seamline: \d+ findings/;

describe('a person who audits the workspace', () => {
  let person: Person;

  before(async () => {
    person = await Person.atDesk({ file: 'llm_service/providers.py', settings: LIGHT });
  });
  after(() => person?.leave());
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await person?.keepScreenshot(`failed-audit-${this.currentTest.title}`);
  });

  it('sees the squiggles in the light theme too', async () => {
    await person.goToSquiggle(71, 20);
    await person.keepScreenshot('squiggle-light');
  });

  it('sees progress, then the report', async () => {
    await person.runCommand('Seamline: Audit Workspace');
    await person.notification('Seamline audits the workspace').waitFor();
    await person.page.locator('.notification-fade-in-done').first().waitFor();
    await person.keepScreenshot('audit-progress-light');
    await person.page.locator('.tab', { hasText: 'Refactor Report' }).first().waitFor({ timeout: 60_000 });
    await person.message(DONE);
    await person.rendered.getByRole('heading', { name: 'Refactor report' }).waitFor();
    await person.keepScreenshot('report-light');
  });

  it('goes on to the Refactor Plan, which counts the same', async () => {
    const done = await person.message(DONE);
    const count = Number(/(\d+) findings/.exec(await done.innerText())![1]);
    await done.getByRole('button', { name: 'Show Refactor Plan' }).click();
    await person.planRows
      .filter({ hasText: /housekeeping\.py:\d+/ })
      .first()
      .waitFor();
    await person.keepScreenshot('plan-light');
    const badge = await person.page.locator('.activitybar .badge-content').allInnerTexts();
    assert.ok(badge.includes(String(count)), `${badge.join(', ')} on the activity bar, ${count} in the audit`);
  });

  it('goes from the plan to the code', async () => {
    const row = person.page.locator('.pane-body .monaco-list-row', { hasText: 'housekeeping.py' }).first();
    await row.click();
    await person.page.locator('.tab.active', { hasText: 'housekeeping.py' }).waitFor();
    await person.keepScreenshot('plan-to-code-light');
  });

  it('groups the plan by file', async () => {
    await person.runCommand('Seamline: Group by File');
    const group = person.page.locator('.pane-body .monaco-list-row[aria-level="1"]');
    await group.filter({ hasText: /housekeeping\.py.*llm_service/ }).waitFor();
    await person.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await person.keepScreenshot('plan-by-file-light');
  });
});

describe('a person who thinks better of it', () => {
  let person: Person;
  const cache = process.env.SEAMLINE_CACHE_DIR;

  before(async () => {
    // A workspace that takes a while, because nothing can be remembered of it.
    process.env.SEAMLINE_CACHE_DIR = '/dev/null/none';
    const files = Object.fromEntries(
      Array.from({ length: 1500 }, (_, index) => [`llm_service/many/m${index}.py`, manyLines(index)]),
    );
    person = await Person.atDesk({ file: 'llm_service/providers.py', files });
  });
  after(async () => {
    if (cache === undefined) delete process.env.SEAMLINE_CACHE_DIR;
    else process.env.SEAMLINE_CACHE_DIR = cache;
    await person?.leave();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await person?.keepScreenshot(`failed-cancel-${this.currentTest.title}`);
  });

  it('cancels the audit, and is left alone', async () => {
    await person.runCommand('Seamline: Audit Workspace');
    const progress = person.notification('Seamline audits the workspace');
    await progress.waitFor();
    await person.keepScreenshot('audit-cancel-dark');
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await progress.waitFor({ state: 'detached' });
    await person.page.waitForTimeout(3000);
    await person.keepScreenshot('audit-cancelled-dark');
    assert.equal(await person.page.locator('.tab', { hasText: 'Refactor Report' }).count(), 0);
    assert.equal(await person.page.locator('.notifications-toasts .notification-list-item').count(), 0);
  });
});

function manyLines(index: number): string {
  const one = (at: number) => `def step_${index}_${at}(value):\n    total = value + ${at}\n    return [total, value]\n`;
  return Array.from({ length: 60 }, (_, at) => one(at)).join('\n\n');
}
