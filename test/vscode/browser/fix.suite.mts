import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import { Person } from './person.mjs';

const FILE = 'llm_service/housekeeping.py';
/** Line of the bare `except:`. */
const HANDLER = 68;

describe('a person who takes a fix', () => {
  let person: Person;
  let original: string;

  before(async () => {
    person = await Person.atDesk({ file: FILE });
    original = person.read(FILE);
  });
  after(() => person?.leave());
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await person?.keepScreenshot(`failed-fix-${this.currentTest.title}`);
  });

  it('sees the squiggle', async () => {
    await person.goToSquiggle(HANDLER, 15);
    await person.keepScreenshot('squiggle-dark');
  });

  it('reads why, at the pointer', async () => {
    await person.runCommand('Show or Focus Hover');
    const hover = person.page.locator('.monaco-hover', { hasText: 'a bare except catches even KeyboardInterrupt' });
    await hover.waitFor();
    assert.match(await hover.innerText(), /silent-exception/);
    await person.keepScreenshot('hover-dark');
    await person.page.keyboard.press('Escape');
  });

  it('finds fixes and ways to ignore under the lightbulb, one entry each', async () => {
    // The lightbulb comes when the cursor does.
    await person.goTo(HANDLER - 1, 1);
    await person.goTo(HANDLER, 15);
    const bulb = person.page.locator('.editor-instance').locator('[class*=light-bulb], [class*=lightbulb]');
    await bulb.filter({ visible: true }).first().waitFor();
    const menu = await person.openLightbulb();
    await menu.getByText('Log it with', { exact: false }).first().waitFor();
    await person.keepScreenshot('lightbulb-dark');
    const text = await menu.innerText();
    for (const part of [
      'Say why the exception may be dropped',
      'Ignore silent-exception here',
      'Ignore silent-exception in this file',
    ]) {
      assert.ok(text.includes(part), text);
    }
    assert.ok(!text.includes('Preview'), text);
    await person.page.keyboard.press('Escape');
  });

  it('applies the fix: the file changes and the finding is gone', async () => {
    await person.openLightbulb();
    await person.choose('Log it with');
    await person.page.locator('.editor-instance .view-lines').getByText('logger.warning').first().waitFor();
    await person.page.locator('.squiggly-error').waitFor({ state: 'detached' });
    await person.keepScreenshot('applied-dark');
    await person.save(FILE, (text) => text !== original && /logger\.warning/.test(text));
  });

  it('takes it back with one undo', async () => {
    await person.page.locator('.editor-instance .view-lines').first().click();
    await person.page.keyboard.press('Control+z');
    await person.page.locator('.squiggly-error').first().waitFor({ state: 'attached' });
    await person.save(FILE, (text) => text === original);
  });

  it('is shown what has doubts before it is made', async () => {
    await person.goTo(HANDLER, 15);
    await person.openLightbulb();
    await person.choose('Log it and raise again');
    const summary = await person.message(/1 file changes\. To review: /);
    await person.page.locator('.multiDiffEntry .line-insert, .multiDiffEntry .char-insert').first().waitFor();
    await person.keepScreenshot('doubts-dark');
    assert.equal(person.read(FILE), original);
    await person.page.keyboard.press('Control+w');
    await person.page.locator('.multiDiffEntry').first().waitFor({ state: 'detached' });
    await summary.locator('.codicon-notifications-clear').first().click();
    await person.page.locator('.tab.active', { hasText: 'housekeeping.py' }).waitFor();
  });

  it('ignores with a reason', async () => {
    await person.goTo(HANDLER, 15);
    await person.openLightbulb();
    await person.choose('Ignore silent-exception here');
    await person.answer('a partial file may vanish at any time');
    await person.keepScreenshot('ignore-reason-dark');
    await person.page.keyboard.press('Enter');
    await person.page.locator('.squiggly-error').waitFor({ state: 'detached' });
    await person.keepScreenshot('ignored-dark');
    const comment = '# seamline: ignore[silent-exception] -- a partial file may vanish at any time';
    await person.save(FILE, (text) => text.includes(`            ${comment}\n            except:`));
  });

  it('changes a setting, and what is found follows', async () => {
    await person.runCommand('Preferences: Open Settings (UI)');
    const search = person.page.locator('.settings-editor .suggest-input-container');
    await search.waitFor();
    await search.click();
    await person.page.keyboard.type('seamline.rules.silent-exception.severity');
    const setting = person.page.locator('.setting-item-contents', { hasText: 'Severity' }).first();
    await setting.locator('select').click();
    await person.page.locator('.select-box-dropdown-list-container .monaco-list-row', { hasText: /^off/ }).click();
    await person.page.locator('.setting-item-contents.is-configured, .setting-item.is-configured').first().waitFor();
    await person.keepScreenshot('setting-dark');
    await person.page.keyboard.press('Control+w');
    await person.squiggles.first().waitFor({ state: 'detached' });
    await person.keepScreenshot('setting-off-dark');
  });
});
