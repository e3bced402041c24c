import { expect, test } from 'vitest';
import { ChangeBuilder } from '../../core/edit/change-builder';
import { contentHash } from '../../core/edit/change-set';
import type { Document, Snapshot } from '../../core/edit/snapshot';
import { styleOf } from '../../core/edit/style';
import { applyEdits } from '../../core/edit/text-edit';
import { ensureTypeScriptImports } from '../../core/edit/typescript/imports';
import { unusedImportSpans } from '../../core/edit/typescript/unused-imports';
import { parsedFile } from '../../core/facts/parse';
import { SourceFile } from '../../core/text/source-file';
import { wasmEngine } from '../support/engine';

const engine = await wasmEngine();

function documentOf(text: string, file: string): Document {
  const language = file.endsWith('.js') ? 'javascript' : 'typescript';
  const source = new SourceFile(text);
  const parsed = parsedFile(engine.parse(text, language).rootNode, source, language);
  return Object.assign(parsed, { file, hash: contentHash(text), style: styleOf(source, 'typescript') });
}

/** The text without what stands between « and », and without the imports that only this asked for. */
function without(text: string, file = 'a.ts', keep: string[] = []): string {
  const start = text.indexOf('«');
  const end = text.indexOf('»') - 1;
  const plain = text.replace(/[«»]/g, '');
  const document = documentOf(plain, file);
  const spans = unusedImportSpans(document, [{ start, end }], ({ local }) => keep.includes(local));
  const edits = [...spans, { start, end }].map((span) => ({ ...span, newText: '' }));
  return applyEdits(
    plain,
    edits.sort((a, b) => a.start - b.start),
  );
}

test.each<[string, string, string]>([
  [
    'a whole statement goes with its line',
    "import { a } from 'a';\nimport { b } from 'b';\n«a();»\nb();\n",
    "import { b } from 'b';\n\nb();\n",
  ],
  ['the only one goes with the blank line below', "import { a } from 'a';\n\n«a();»\nb();\n", '\nb();\n'],
  ['the first of a list', "import { a, b } from 'm';\n«a();»\nb();\n", "import { b } from 'm';\n\nb();\n"],
  ['the last of a list', "import { a, b } from 'm';\n«b();»\na();\n", "import { a } from 'm';\n\na();\n"],
  ['two of three', "import { a, b, c } from 'm';\n«a(); c();»\nb();\n", "import { b } from 'm';\n\nb();\n"],
  ['a list beside a default', "import d, { a } from 'm';\n«a();»\nd();\n", "import d from 'm';\n\nd();\n"],
  ['a default beside a list', "import d, { a } from 'm';\n«d();»\na();\n", "import { a } from 'm';\n\na();\n"],
  ['what is read elsewhere stays', "import { a } from 'm';\n«a();»\na();\n", "import { a } from 'm';\n\na();\n"],
  ['what nobody reads stays', "import { a } from 'm';\n«b();»\n", "import { a } from 'm';\n\n"],
  ['an import for its effect stays', "import 'm';\n«b();»\n", "import 'm';\n\n"],
  ['a namespace', "import * as m from 'm';\n«m.a();»\n", '\n'],
  ['a type', "import type { A } from 'm';\n«let a: A;»\n", '\n'],
])('%s', (_, text, expected) => {
  expect(without(text)).toBe(expected);
});

test('what is asked for by require goes as well', () => {
  expect(without('const a = require("a");\nconst { b, c } = require("m");\n«a(b);»\nc();\n', 'a.js')).toBe(
    'const { c } = require("m");\n\nc();\n',
  );
});

test('a name that is needed all the same stays', () => {
  expect(without("import { a } from 'm';\n«a();»\n", 'a.ts', ['a'])).toBe("import { a } from 'm';\n\n");
});

/** The text once names are imported, and some of it is gone. */
function ensured(text: string, specifier: string, names: string[], removed: string[] = []): string {
  const document = documentOf(text, 'a.ts');
  const changes = new ChangeBuilder({} as Snapshot);
  const spans = removed.map((one) => ({ start: text.indexOf(one), end: text.indexOf(one) + one.length }));
  for (const { start, end } of spans) changes.remove(document, start, end);
  const asked = names.map((name) => ({ member: name, local: name }));
  ensureTypeScriptImports(document, changes, specifier, asked, spans);
  return applyEdits(text, changes.build().changes[0]!.edits);
}

test('a new name takes its place in a sorted list, and the last in another', () => {
  expect(ensured("import { Ape, bee, eel } from './m';\n", './m', ['cat'])).toBe(
    "import { Ape, bee, cat, eel } from './m';\n",
  );
  expect(ensured("import { eel, bee } from './m';\n", './m', ['cat'])).toBe("import { eel, bee, cat } from './m';\n");
});

test('no import is put into one that goes', () => {
  const gone = "import { a } from './m';\n";
  expect(ensured(`${gone}import { b } from './n';\n`, './m', ['c'], [gone])).toBe(
    "import { b } from './n';\nimport { c } from './m';\n",
  );
});

test('a name whose definition goes is free', () => {
  const gone = 'const c = 1;\n';
  expect(ensured(`import { b } from './n';\n${gone}b(c);\n`, './m', ['c'], [gone])).toBe(
    "import { b } from './n';\nimport { c } from './m';\nb(c);\n",
  );
});
