import { strict as assert } from 'node:assert';
import { after, afterEach, before, describe, it } from 'mocha';
import { Person } from './person.mjs';

const FILE = 'llm_service/housekeeping.py';
/** Line of the bare `except:`. */
const HANDLER = 68;
const GIVEN_UP = 'The Seamline server ended several times and is not started again.';

describe('a person whose language server dies', () => {
  let person: Person;

  before(async () => {
    person = await Person.atDesk({ file: FILE });
  });
  after(() => person?.leave());
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await person?.keepScreenshot(`failed-server-${this.currentTest.title}`);
  });

  it('hears nothing of it the first times: it is started again', async () => {
    await person.goToSquiggle(HANDLER, 15);
    await person.openPlan();
    await person.planRows.first().waitFor();
    for (let count = 1; count <= 3; count++) {
      await person.killServer();
      await person.squiggles.first().waitFor({ state: 'detached' });
      await person.squiggles.first().waitFor({ state: 'attached' });
    }
    assert.equal(await person.notification(GIVEN_UP).count(), 0);
  });

  it('is asked once it dies again and again; nothing looks as if there were no findings', async () => {
    await person.killServer();
    await person.message(GIVEN_UP);
    await person.page.locator('.sidebar .message', { hasText: 'The Seamline server is not running.' }).waitFor();
    await person.keepScreenshot('server-ended-dark');
    assert.equal(await person.page.locator('.sidebar').getByText('Nothing was found here so far').count(), 0);
  });

  it('restarts it by the button', async () => {
    const message = await person.message(GIVEN_UP);
    await message.getByRole('button', { name: 'Restart Server' }).click();
    await person.squiggles.first().waitFor({ state: 'attached' });
    await person.planRows.first().waitFor();
    await person.keepScreenshot('server-restarted-dark');
  });
});

describe('a person without a folder', () => {
  let person: Person;

  before(async () => {
    person = await Person.atDesk({ file: FILE, isAlone: true });
  });
  after(() => person?.leave());
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await person?.keepScreenshot(`failed-alone-${this.currentTest.title}`);
  });

  it('sees what is found in the open file, in the editor and in the plan', async () => {
    await person.goToSquiggle(HANDLER, 15);
    await person.openPlan();
    await person.planRows.filter({ hasText: 'housekeeping.py:68' }).first().waitFor();
    await person.keepScreenshot('plan-alone-dark');
  });

  it('is told what to do once nothing is open', async () => {
    await person.runCommand('View: Close All Editors');
    await person.page
      .locator('.sidebar')
      .getByText('Open a folder to see where its code has outgrown its shape')
      .waitFor();
    await person.keepScreenshot('plan-no-folder-dark');
  });
});
