import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import { LIGHT, Person } from './person.mjs';

const FILE = 'src/housekeeping.ts';
/** Place of the `catch` that drops every error. */
const PLACE = [82, 8] as const;

describe('a person who works in TypeScript', () => {
  let person: Person;
  let original: string;

  before(async () => {
    person = await Person.atDesk({ file: FILE, example: 'typescript-llm-service', settings: LIGHT });
    original = person.read(FILE);
  });
  after(() => person?.leave());
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await person?.keepScreenshot(`failed-typescript-${this.currentTest.title}`);
  });

  it('sees the squiggle', async () => {
    await person.goToSquiggle(...PLACE);
    await person.keepScreenshot('typescript-squiggle-light');
  });

  it('is offered the fix', async () => {
    const menu = await person.openLightbulb();
    await menu.getByText('Log it', { exact: false }).first().waitFor();
    await person.keepScreenshot('typescript-lightbulb-light');
    await person.page.keyboard.press('Escape');
  });

  it('says why instead: a comment needs no types, so the change is made at once', async () => {
    await person.openLightbulb();
    await person.choose('Say why the exception may be dropped');
    await person.answer('the channel is told again after the next sweep');
    await person.page.keyboard.press('Enter');
    await person.page.locator('.tab.active.dirty').waitFor();
    await person.save(FILE, (text) => text.includes('the channel is told again after the next sweep'));
    await person.keepScreenshot('typescript-explained-light');
    await takeBack();
  });

  it('logs it; without the packages the compiler cannot vouch, so the change is shown first', async () => {
    await person.goToSquiggle(...PLACE);
    await person.openLightbulb();
    await person.choose('Log it as the project does');
    const summary = await person.message(/1 file changes\. To review:/, 60_000);
    await person.page.locator('.multiDiffEntry .line-insert, .multiDiffEntry .char-insert').first().waitFor();
    await person.keepScreenshot('typescript-preview-light');
    assert.equal(person.read(FILE), original);
    await summary.getByRole('button', { name: 'Apply', exact: true }).click();
    await person.page.locator('.multiDiffEntry').first().waitFor({ state: 'detached' });
    await person.saveAll(() => person.read(FILE) !== original);
    await person.keepScreenshot('typescript-applied-light');
    assert.match(person.read(FILE), /Ignored error in Housekeeping\.announce/);
  });

  it('takes it back', () => takeBack());

  async function takeBack(): Promise<void> {
    await person.page.locator('.editor-instance .view-lines').first().click();
    await person.page.keyboard.press('Control+z');
    await person.page.locator('.tab.active.dirty').waitFor();
    await person.save(FILE, (text) => text === original);
  }
});
