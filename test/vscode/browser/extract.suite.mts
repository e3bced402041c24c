import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import { Person } from './person.mjs';

const FILE = 'llm_service/providers.py';
/** Place of `re.match`, which five others repeat. */
const PLACE = [71, 16] as const;
const CHANGED = [FILE, 'llm_service/routes/models.py', 'llm_service/schemas.py'];
const TARGET = 'llm_service/names.py';
const SUMMARY = /3 files change, 1 file is created/;

/** A finding for which there is no fix. */
const TICKETS = `import re


def is_ticket(text):
    return re.match(r"^[A-Z]+-[0-9]{1,6}$", text)


def open_ticket(text):
    if not re.match(r"^[A-Z]+-[0-9]{1,6}$", text):
        raise ValueError(text)
`;

describe('a person who makes one validator of six', () => {
  let person: Person;
  let originals: Map<string, string>;

  before(async () => {
    person = await Person.atDesk({ file: FILE, files: { 'llm_service/tickets.py': TICKETS } });
    originals = new Map(CHANGED.map((file) => [file, person.read(file)]));
  });
  after(() => person?.leave());
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await person?.keepScreenshot(`failed-extract-${this.currentTest.title}`);
  });

  const isAsBefore = () => CHANGED.every((file) => person.read(file) === originals.get(file));

  it('is offered the change, a preview of it, and options', async () => {
    await person.goToSquiggle(...PLACE);
    const menu = await person.openLightbulb();
    await menu.getByText('Extract 6 places', { exact: false }).first().waitFor();
    await person.keepScreenshot('lightbulb-extract-dark');
    const text = await menu.innerText();
    await person.page.keyboard.press('Escape');
    const titles = text.split('\n').filter((line) => /\b(?:Extract |Ignore )/.test(line));
    assert.match(titles[0] ?? '', /^Extract 6 places/, text);
    assert.match(titles[1] ?? '', /^Preview: Extract 6 places/, text);
    assert.match(titles[2] ?? '', /^Extract a shared validator with options/, text);
    assert.match(titles[3] ?? '', /^Ignore duplicate-validator here/, text);
  });

  it('chooses the places, the name and the file', async () => {
    await person.openLightbulb();
    await person.choose('Extract a shared validator with options');
    await person.question
      .getByText('Which places change?')
      .or(person.question.getByPlaceholder('Which places change?'))
      .first()
      .waitFor();
    await person.keepScreenshot('options-places-dark');
    assert.equal(await person.question.locator('.monaco-list-row').count(), 6);
    await person.page.keyboard.press('Enter');
    await person.question.getByText('Name of what is created').waitFor();
    await person.keepScreenshot('options-name-dark');
    await person.answer('check_model_name');
    await person.page.keyboard.press('Enter');
    await person.question.getByText('File that the new code goes to').waitFor();
    await person.answer(TARGET);
    await person.keepScreenshot('options-target-dark');
    await person.page.keyboard.press('Enter');
  });

  it('sees all files of the change in one preview, with nothing changed yet', async () => {
    await person.message(SUMMARY);
    await person.page.locator('.multiDiffEntry .line-insert, .multiDiffEntry .char-insert').first().waitFor();
    await person.keepScreenshot('preview-dark');
    assert.ok((await person.page.locator('.multiDiffEntry').count()) >= 2);
    assert.ok(isAsBefore());
    assert.equal(person.exists(TARGET), false);
  });

  it('applies it: the new file opens at the new name', async () => {
    const summary = await person.message(SUMMARY);
    await summary.getByRole('button', { name: 'Apply', exact: true }).click();
    await person.page.locator('.multiDiffEntry').first().waitFor({ state: 'detached' });
    await person.page.locator('.tab.active', { hasText: 'names.py' }).waitFor();
    await person.page.locator('.editor-instance .view-lines').getByText('check_model_name').first().waitFor();
    await person.page.locator('.statusbar-item', { hasText: /Ln \d+, Col \d+ \(16 selected\)/ }).waitFor();
    await person.keepScreenshot('extracted-dark');
    await person.saveAll(() => person.exists(TARGET) && !isAsBefore());
    assert.match(person.read(TARGET), /^def check_model_name\(/m);
    for (const file of CHANGED) assert.match(person.read(file), /from llm_service\.names import /);
  });

  it('takes everything back with one undo, the created file too', async () => {
    await person.page.locator('.tab', { hasText: 'providers.py' }).first().click();
    await person.page.locator('.editor-instance .view-lines').first().click();
    await person.page.keyboard.press('Control+z');
    await person.page.locator('.tab', { hasText: 'names.py' }).waitFor({ state: 'detached' });
    await person.keepScreenshot('undo-dark');
    await person.saveAll(() => isAsBefore() && !person.exists(TARGET));
    await person.goToSquiggle(...PLACE);
  });

  it('learns why there is no fix', async () => {
    await person.openFile('llm_service/tickets.py');
    await person.goToSquiggle(5, 16);
    const menu = await person.openLightbulb();
    await menu.getByText('Why no fix?', { exact: false }).first().waitFor();
    await person.keepScreenshot('lightbulb-no-fix-dark');
    await person.choose('Why no fix?');
    await person.message(/No fix: .*the match itself/);
    await person.keepScreenshot('no-fix-dark');
  });
});
