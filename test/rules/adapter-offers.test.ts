import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { curesOf } from '../../session/cures';
import { parseCureFixtures } from '../support/cure-fixtures';
import { openWorkspace } from '../support/open-workspace';

/**
 * `extract-adapter` is offered where the facts of the file leave room for a class: never less than what can be built, and not where a
 * look at the calls alone tells that nothing is worth one.
 */

const PAGES = ['python-pieces.md', 'python-merged.md', 'typescript-pieces.md', 'typescript-injection.md'];
const SETTINGS = {
  'seamline.json':
    '{ "rules": { "mixed-io": { "strictness": "all", "classLines": 20, "functionLines": 20, "methods": 1 } } }',
};

describe.each(PAGES)('%s', async (page) => {
  const url = new URL(`../../rules/mixed-io/cures/fixtures/${page}`, import.meta.url);
  const cases = parseCureFixtures(await readFile(url, 'utf8'));
  // Whoever picks calls means them, whether a class is worth it or not.
  const built = cases.filter(({ expected, target }) => !/^refused/.test(expected) && !target.choices.places);

  test.each(built.map((one) => [one.title, one] as const))('%s', async (_, { files, target }) => {
    expect(await offersAt(files, target.file, target.line)).toContain('extract-adapter');
  });
});

/** Facts of a file that concern every cure which puts code at its top. */
test.each(['flow-types', 'global-script'])(
  'no adapter is offered in a file of %s, and one in another',
  async (code) => {
    const url = new URL('../../rules/mixed-io/cures/fixtures/typescript-refusals.md', import.meta.url);
    const one = parseCureFixtures(await readFile(url, 'utf8')).find(({ expected }) => expected.includes(` ${code}: `))!;
    const { file, line } = one.target;
    const text = one.files[file]!;
    expect(await offersAt(one.files, file, line)).toEqual([]);
    const other = `${text.replace('@flow', '')}\nmodule.exports = Notes;\n`;
    expect(await offersAt({ [file]: other }, file, line)).toEqual(['extract-adapter']);
  },
);

const RANK = `
    def rank(self, scores):
        best = None
        for name, score in sorted(scores.items()):
            if score < 0:
                continue
            if best is None or score > best[1]:
                best = (name, score)
        if best is None:
            raise ValueError("nothing to rank")
        return best[0]

    def worst(self, scores):
        least = None
        for name, score in sorted(scores.items()):
            if least is None or score < least[1]:
                least = (name, score)
        if least is None:
            raise ValueError("nothing to rank")
        return least[0]
`;

const HEAD = 'import os\nimport shutil\nimport subprocess\n\nimport requests\n\n\nclass Jobs:\n';

/** Methods of a Python class, by what they show. */
const LITTLE: Readonly<Record<string, string>> = {
  'one operation, however often':
    '    def a(self, p):\n        os.remove(p)\n        os.remove(p + "~")\n        os.remove(p + ".bak")\n\n    def b(self, u):\n        return requests.head(u)\n',
  'what hands on its command':
    '    def a(self, c):\n        os.system(c)\n        return subprocess.call(c)\n\n    def b(self, u):\n        return requests.head(u)\n',
  'files that are opened for others':
    '    def a(self, p):\n        self.log = open(p)\n        self.out = open(p + ".out", "w")\n        return open(p + ".err")\n\n    def b(self, u):\n        return requests.head(u)\n',
  'static methods':
    '    @staticmethod\n    def a(p, q):\n        os.remove(p)\n        shutil.move(q, p)\n        return os.listdir(p)\n\n    def b(self, u):\n        return requests.head(u)\n',
  'three operations of one method':
    '    def a(self, p, q):\n        os.remove(p)\n        shutil.move(q, p)\n        return os.listdir(p)\n\n    def b(self, u):\n        return requests.head(u)\n',
  'requests that hand on what they are handed':
    '    def a(self, u, d):\n        requests.post(u, json=d)\n        return requests.get(u, params=d)\n\n    def b(self, u, h):\n        subprocess.run(u)\n        return requests.put(u, headers=h)\n',
  'sessions that are at hand':
    '    def a(self, d):\n        s = requests.Session()\n        s.post("https://example.org/login", data=d)\n        return s.get("https://example.org/home")\n\n    def b(self, u):\n        subprocess.run(u)\n',
  'as many that stay as move':
    '    def a(self, p, q):\n        os.remove(p)\n        shutil.move(q, p)\n        return os.listdir(p)\n\n    def c(self, p):\n        self.log = open(p)\n        return open(p + ".err")\n\n    def b(self, u):\n        return requests.head(u)\n',
};

test.each(Object.entries(LITTLE))('%s is not offered an adapter', async (_, methods) => {
  expect(await offersAt({ 'app/jobs.py': HEAD + methods + RANK }, 'app/jobs.py', 7)).toEqual([]);
});

const ENOUGH: Readonly<Record<string, string>> = {
  'three operations of two methods':
    '    def a(self, p, q):\n        os.remove(p)\n        shutil.move(q, p)\n\n    def b(self, u):\n        os.listdir(u)\n        return requests.head(u)\n',
  'five calls of one method':
    '    def a(self, p, q):\n        os.remove(p)\n        shutil.move(q, p)\n        with open(q) as f:\n            t = f.read()\n        os.remove(q)\n        return os.listdir(t)\n\n    def b(self, u):\n        return requests.head(u)\n',
  'two runs of one program':
    '    def a(self, m):\n        subprocess.run(["ollama", "pull", m], check=True)\n        subprocess.run(["ollama", "rm", m], check=True)\n\n    def b(self, u):\n        return requests.head(u)\n',
  'more for the class of an earlier run':
    '    def __init__(self):\n        from app.jobs_adapters import JobsFiles\n\n        self._files = JobsFiles()\n\n    def a(self, p):\n        os.remove(p)\n\n    def b(self, u):\n        return requests.head(u)\n',
};

test.each(Object.entries(ENOUGH))('%s: the adapter is offered', async (_, methods) => {
  expect(await offersAt({ 'app/jobs.py': HEAD + methods + RANK }, 'app/jobs.py', 7)).toEqual(['extract-adapter']);
});

async function offersAt(files: Readonly<Record<string, string>>, file: string, line: number): Promise<string[]> {
  const workspace = await openWorkspace({ ...SETTINGS, ...files });
  const finding = workspace.findings().find((one) => one.file === file && one.range.start.line === line);
  const offers = finding && curesOf(finding).map(({ id }) => id);
  workspace.dispose();
  if (!offers) throw new Error(`no finding on line ${line + 1} of ${file}`);
  return offers;
}
