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

  it('applies it, checked by the compiler, and takes it back', async () => {
    await person.openLightbulb();
    await person.choose('Log it');
    await person.save(FILE, (text) => text !== original && text.split('\n').length > original.split('\n').length);
    await person.keepScreenshot('typescript-applied-light');
    const changed = person.read(FILE);
    assert.match(changed.slice(changed.indexOf('catch')), /(?:console|logger|log)\.\w+\(/);
    await person.page.locator('.editor-instance .view-lines').first().click();
    await person.page.keyboard.press('Control+z');
    await person.save(FILE, (text) => text === original);
  });
});
