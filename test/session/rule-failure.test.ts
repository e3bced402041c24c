import { afterEach, expect, test, vi } from 'vitest';
import { silentException } from '../../rules/silent-exception/index';
import { comparable, filesOf, skippedOf, workspace } from './workspace';

const SWALLOWS = 'def f():\n    try:\n        open("x", "w").write("y")\n    except Exception:\n        pass\n';

afterEach(() => vi.restoreAllMocks());

test('a rule that throws loses one file, says so, and the same without and with cache and jobs', async () => {
  const space = await workspace({ 'a.py': SWALLOWS, 'b.py': SWALLOWS, 'c.py': 'x = 1\n' });
  const whole = await space.audit();
  expect(whole.findings.map(({ file }) => file)).toEqual(['a.py', 'b.py']);

  const check = silentException.check!;
  vi.spyOn(silentException, 'check').mockImplementation((view, options) => {
    if (view.file === 'a.py') throw new RangeError('out of words');
    return check(view, options);
  });
  const broken = await space.audit();
  expect(skippedOf(broken, true)).toEqual([
    'a.py: unreadable (rule silent-exception failed here, which is a defect of Seamline: out of words)',
  ]);
  expect(broken.findings.map(({ file }) => file)).toEqual(['b.py']);
  expect(filesOf(broken)).toEqual(['a.py', 'b.py', 'c.py']);
  expect(comparable(await space.audit({ jobs: 4 }))).toBe(comparable(broken));
  expect(comparable(await space.audit({ useCache: true }))).toBe(comparable(broken));
  expect(comparable(await space.audit({ useCache: true }))).toBe(comparable(broken));

  vi.restoreAllMocks();
  expect(comparable(await space.audit({ useCache: true }))).toBe(comparable(whole));
});
