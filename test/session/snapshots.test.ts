import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { KnownFiles } from '../../session/live/known-files';
import { Outdated } from '../../session/live/snapshots';
import { LiveWorkspace } from '../../session/live/workspace';
import { wholeOf } from '../../session/survey';
import type { Workspace } from '../../session/workspace';
import { workspace } from './workspace';

const FILES = ['a.py', 'b.py', 'pkg/__init__.py', 'pkg/c.py'];
const TEXTS = [
  '',
  'import b\n',
  'from pkg import c\n\n\ndef use():\n    return c\n',
  'def load(path):\n    try:\n        return open(path).read()\n    except Exception:\n        pass\n',
  'from a import load\n\nload("x")\n',
];

async function live(files: Record<string, string>) {
  const folder = await workspace(files);
  const session = new LiveWorkspace({
    scope: wholeOf(folder.root),
    base: {},
    jobs: 1,
    useCache: false,
    onFindings: () => undefined,
    onConfiguration: () => undefined,
    onFailure: (_, error) => {
      throw error;
    },
  });
  onTestFinished(() => session.dispose());
  await session.scan();
  return { session, folder };
}

/** Everything that a snapshot hands out, but for verdicts. */
async function contentOf(snapshot: Workspace) {
  const texts = await Promise.all(
    FILES.map((file) =>
      snapshot.open(file).then(
        ({ source }) => source.text,
        ({ code }) => code,
      ),
    ),
  );
  const imports = snapshot.files.flatMap((file) =>
    ['a', 'b', 'pkg', 'pkg.c'].map((module) => [file, module, snapshot.modules.resolve(file, module)]),
  );
  const cycles = snapshot.files.map((file) => snapshot.modules.wouldCloseCycle(file, 'a.py') ?? []);
  const importers = snapshot.files.map((file) => snapshot.modules.python.importersOf(file));
  const facts = snapshot.files.map((file) => JSON.stringify(snapshot.facts(file)));
  return { files: [...snapshot.files], texts, imports, cycles, importers, facts };
}

const change = fc.record({
  kind: fc.constantFrom('type', 'close', 'write'),
  file: fc.constantFrom(...FILES),
  text: fc.constantFrom(...TEXTS),
});

test('whatever happens to the workspace, what a snapshot hands out is as it was, and it judges no more', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 6 }),
      fc.array(change, { maxLength: 4 }),
      async (changes, earlier) => {
        const { session, folder } = await live(Object.fromEntries(FILES.map((file, index) => [file, TEXTS[index]!])));
        const carryOut = async ({ kind, file, text }: (typeof changes)[number]) => {
          if (kind === 'type') return session.setText(file, text);
          if (kind === 'close') return session.close(file);
          await folder.write(file, text);
          return session.filesChanged([file]);
        };
        for (const one of earlier) await carryOut(one);
        await session.withSnapshot(async (snapshot) => {
          const before = await contentOf(snapshot);
          const verdict = snapshot.findings();
          expect(verdict).toEqual(session.findings());
          for (const one of changes) await carryOut(one);
          expect(await contentOf(snapshot)).toEqual(before);
          const judged = [() => snapshot.findings(), () => snapshot.reanalyse(new Map())];
          for (const ask of judged) expect(ask).toThrow(Outdated);
        });
        // Who asks now is told of the present, imports included.
        const fresh = await live({});
        for (const file of FILES) {
          const text = await session.withSnapshot((one) =>
            one.open(file).then(
              ({ source }) => source.text,
              () => undefined,
            ),
          );
          if (text !== undefined) await fresh.session.setText(file, text);
        }
        const now = await session.withSnapshot(contentOf);
        expect(now).toEqual(await fresh.session.withSnapshot(contentOf));
        session.dispose();
        fresh.session.dispose();
      },
    ),
    { numRuns: 40, seed: 20261121 },
  );
});

test('who borrows what is known pays nothing, the next change makes a copy, the one after it does not', () => {
  const files = new KnownFiles();
  const facts = (name: string) => ({ byCollector: { name } }) as never;
  files.set('a.py', facts('one'));
  const { facts: lent } = files.lend();
  expect(files.lend().facts).toBe(lent);
  files.replace('a.py', facts('two'));
  expect(lent.get('a.py')).toEqual(facts('one'));
  const now = files.facts;
  expect(now).not.toBe(lent);
  files.replace('a.py', facts('three'));
  expect(files.facts).toBe(now);
});
