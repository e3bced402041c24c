import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import { Person } from './person.mjs';

/** Letters that only Polish texts have; a text in English has none. */
const POLISH = /[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]/;

const DONE = /Seamline: \d+ znale/;

describe('a person who works in Polish', () => {
  let person: Person;

  before(async () => {
    person = await Person.atDesk({ file: 'llm_service/housekeeping.py', locale: 'pl' });
  });
  after(() => person?.leave());
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await person?.keepScreenshot(`failed-polish-${this.currentTest.title}`);
  });

  it('reads the finding in Polish', async () => {
    await person.goToSquiggle(68, 15);
    await person.runCommand('Show or Focus Hover');
    const hover = person.page.locator('.monaco-hover', { hasText: 'silent-exception' });
    await hover.waitFor();
    await person.keepScreenshot('hover-polish');
    const text = await hover.innerText();
    await person.page.keyboard.press('Escape');
    assert.match(text, POLISH);
  });

  it('is offered the fixes in Polish', async () => {
    await person.goTo(68, 15);
    const menu = await person.openLightbulb();
    await person.keepScreenshot('lightbulb-polish');
    const text = await menu.innerText();
    await person.page.keyboard.press('Escape');
    const entries = text.split('\n').filter((line) => /silent-exception|logger/.test(line));
    assert.ok(entries.length >= 3, entries.join(' | '));
    for (const entry of entries) assert.ok(!/\b(?:Ignore|Preview|Log it)\b/.test(entry), entry);
  });

  it('audits by the Polish name of the command, and reads the count in the right plural', async () => {
    await person.runCommand('Przeprowadź audyt obszaru roboczego');
    await person.page.locator('.tab', { hasText: 'Raport refaktoryzacji' }).first().waitFor({ timeout: 60_000 });
    const done = await person.message(DONE);
    const [, count, noun] = /(\d+) (\w+)/.exec(await done.innerText())!;
    const forms = { one: 'znalezisko', few: 'znaleziska', many: 'znalezisk', other: 'znaleziska' };
    assert.equal(noun, forms[new Intl.PluralRules('pl').select(Number(count)) as keyof typeof forms]);
    await person.rendered.getByRole('heading', { level: 1 }).waitFor();
    await person.keepScreenshot('report-polish');
  });

  it('finds the plan in Polish', async () => {
    const done = await person.message(DONE);
    await done.getByRole('button', { name: 'Pokaż plan refaktoryzacji' }).click();
    await person.planRows
      .filter({ hasText: /housekeeping\.py:\d+/ })
      .first()
      .waitFor();
    await person.keepScreenshot('plan-polish');
  });
});
