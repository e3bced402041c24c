import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChangeBuilder } from '../../core/edit/change-builder';
import { contentHash } from '../../core/edit/change-set';
import type { Document, Snapshot } from '../../core/edit/snapshot';
import { styleOf } from '../../core/edit/style';
import { applyEdits, invertEdits } from '../../core/edit/text-edit';
import { TypeScriptEditor } from '../../core/edit/typescript/editor';
import { callExpression, templateString, typeScriptString } from '../../core/edit/typescript/format';
import { ensureTypeScriptImport } from '../../core/edit/typescript/imports';
import { parsedFile } from '../../core/facts/parse';
import type { SyntaxNode } from '../../core/syntax/node';
import { SourceFile } from '../../core/text/source-file';
import { wasmEngine } from '../support/engine';

const engine = await wasmEngine();

function documentOf(text: string, file = 'a.ts'): Document {
  const language = file.endsWith('.js') ? 'javascript' : 'typescript';
  const source = new SourceFile(text);
  const parsed = parsedFile(engine.parse(text, language).rootNode, source, language);
  return Object.assign(parsed, { file, hash: contentHash(text), style: styleOf(source, 'typescript') });
}

type Change = (editor: TypeScriptEditor, first: (type: string) => SyntaxNode, changes: ChangeBuilder) => void;

/** The text after a change; taken back, it must be the old one. */
function edited(text: string, change: Change, file?: string): string {
  const document = documentOf(text, file);
  const changes = new ChangeBuilder({} as Snapshot);
  change(new TypeScriptEditor(document, changes), (type) => document.root.descendantsOfType(type)[0]!, changes);
  const edits = changes.build().changes[0]?.edits ?? [];
  const after = applyEdits(text, edits);
  expect(applyEdits(after, invertEdits(text, edits))).toBe(text);
  return after;
}

const handlerBlock = (first: (type: string) => SyntaxNode) => first('catch_clause').childForFieldName('body')!;

describe('blocks', () => {
  const append: Change = (editor, first) => editor.appendToBlock(handlerBlock(first), 'log();\nmore();');
  const prepend: Change = (editor, first) => editor.prependToBlock(handlerBlock(first), '// why');

  test.each<[string, string, Change, string]>([
    [
      'an empty one is filled',
      'try {\n  a();\n} catch {}\n',
      append,
      'try {\n  a();\n} catch {\n  log();\n  more();\n}\n',
    ],
    [
      'blanks in an empty one go',
      'try {\n  a();\n} catch {\n\n}\n',
      append,
      'try {\n  a();\n} catch {\n  log();\n  more();\n}\n',
    ],
    [
      'a remark stays in front',
      'try {\n  a();\n} catch {\n  // b\n}\n',
      append,
      'try {\n  a();\n} catch {\n  // b\n  log();\n  more();\n}\n',
    ],
    [
      'a remark behind the brace stays there',
      'try {\n  a();\n} catch { // b\n}\n',
      append,
      'try {\n  a();\n} catch { // b\n  log();\n  more();\n}\n',
    ],
    [
      'one line is opened up',
      'try { a(); } catch { /* b */ c(); d() }\n',
      append,
      'try { a(); } catch {\n  /* b */\n  c();\n  d()\n  log();\n  more();\n}\n',
    ],
    [
      'a remark behind code stays behind it',
      'try {\n\ta();\n} catch {\n\tc(); // d\n}\n',
      append,
      'try {\n\ta();\n} catch {\n\tc(); // d\n\tlog();\n\tmore();\n}\n',
    ],
    [
      'in front of all',
      'try {\n  a();\n} catch {\n  // b\n  c();\n}\n',
      prepend,
      'try {\n  a();\n} catch {\n  // why\n  // b\n  c();\n}\n',
    ],
    [
      'in front of all but a remark about the head',
      'try {\n  a();\n} catch { // b\n  c();\n}\n',
      prepend,
      'try {\n  a();\n} catch { // b\n  // why\n  c();\n}\n',
    ],
    ['in front, on one line', 'try { a(); } catch { c(); }\n', prepend, 'try { a(); } catch {\n  // why\n  c();\n}\n'],
  ])('%s', (_, text, change, expected) => expect(edited(text, change)).toBe(expected));

  test('two insertions open a block once', () => {
    const text = 'try { a(); } catch { b(); c(); }\n';
    const change: Change = (editor, first) => {
      const [b, c] = handlerBlock(first).namedChildren;
      editor.insertBefore(b!, 'one();');
      editor.insertBefore(c!, 'two();');
    };
    expect(edited(text, change)).toBe('try { a(); } catch {\n  one();\n  b();\n  two();\n  c();\n}\n');
  });

  test('a statement is replaced, and remarks around it stay', () => {
    const text = 'try {\r\n  a();\r\n} catch {\r\n  // b\r\n  return 1; // c\r\n}\r\n';
    const change: Change = (editor, first) => editor.replaceStatement(first('return_statement'), 'log();\nthrow e;');
    expect(edited(text, change)).toBe('try {\r\n  a();\r\n} catch {\r\n  // b\r\n  log();\r\n  throw e; // c\r\n}\r\n');
  });

  test('lines within a template literal are not indented', () => {
    const change: Change = (editor, first) => editor.appendToBlock(handlerBlock(first), "f(`a\nb`, '`');\ng();");
    expect(edited('{\n  try {\n    a();\n  } catch {}\n}\n', change)).toBe(
      "{\n  try {\n    a();\n  } catch {\n    f(`a\nb`, '`');\n    g();\n  }\n}\n",
    );
  });

  test('broken code is refused', () => {
    expect(() => edited('try { a( } catch { b(; }\n', append)).toThrow('unparsed-syntax');
  });
});

describe('functions', () => {
  test.each<[string, string, Change, string]>([
    [
      'an expression becomes a block',
      'p.catch(() => null);\n',
      (e, f) => e.toBlockBody(f('arrow_function'), 'log();', true),
      'p.catch(() => {\n  log();\n  return null;\n});\n',
    ],
    [
      'an object loses its parentheses',
      'p.catch(() => ({ a: 1 }));\n',
      (e, f) => e.toBlockBody(f('arrow_function'), 'log();', true),
      'p.catch(() => {\n  log();\n  return { a: 1 };\n});\n',
    ],
    [
      'a remark within keeps them',
      'p.catch(() => (/* a */ 1));\n',
      (e, f) => e.toBlockBody(f('arrow_function'), 'log();', true),
      'p.catch(() => {\n  log();\n  return (/* a */ 1);\n});\n',
    ],
    [
      'a value may go',
      'p.catch(() => undefined);\n',
      (e, f) => e.toBlockBody(f('arrow_function'), 'log();', false),
      'p.catch(() => {\n  log();\n});\n',
    ],
    [
      'a first parameter',
      'p.catch(function () {});\n',
      (e, f) => e.addFirstParameter(f('function_expression'), 'err'),
      'p.catch(function (err) {});\n',
    ],
    [
      'a catch parameter',
      'try {} catch{}\n',
      (e, f) => e.addCatchParameter(f('catch_clause'), 'err'),
      'try {} catch (err){}\n',
    ],
  ])('%s', (_, text, change, expected) => expect(edited(text, change)).toBe(expected));
});

describe('imports', () => {
  const ensure =
    (specifier: string, member = 'log', local = member): Change =>
    (editor, _, changes) =>
      void ensureTypeScriptImport(editor.document, changes, { specifier, member, local });

  test.each<[string, string, Change, string, string?]>([
    ['one that is there', "import { log } from './log';\n", ensure('./log'), "import { log } from './log';\n"],
    ['one more name', "import { a, b } from './log';\n", ensure('./log'), "import { a, b, log } from './log';\n"],
    [
      'a type import is none',
      "import type { A } from './log';\n",
      ensure('./log'),
      "import type { A } from './log';\nimport { log } from './log';\n",
    ],
    [
      'a default import',
      'import a from "a";\nx;\n',
      ensure('~/log', 'default', 'Log'),
      'import a from "a";\nimport Log from "~/log";\nx;\n',
    ],
    [
      'in the order of its kind',
      "import a from 'a';\nimport { b } from '../b';\nimport { z } from '../z';\n",
      ensure('../log'),
      "import a from 'a';\nimport { b } from '../b';\nimport { log } from '../log';\nimport { z } from '../z';\n",
    ],
    [
      'a package with the packages',
      "import a from 'a';\nimport { b } from './b';\n",
      ensure('node:fs', 'stat'),
      "import a from 'a';\nimport { stat } from 'node:fs';\nimport { b } from './b';\n",
    ],
    [
      'a module of Node with its kind',
      "import * as path from 'node:path';\nimport a from 'a';\nimport { b } from './b';\n",
      ensure('node:url', 'parse'),
      "import * as path from 'node:path';\nimport { parse } from 'node:url';\nimport a from 'a';\nimport { b } from './b';\n",
    ],
    [
      'beside a name alone, in order as the other lists of the file',
      "import { a, b } from 'a';\nimport { c, d } from 'c';\nimport { store } from './log';\n",
      ensure('./log'),
      "import { a, b } from 'a';\nimport { c, d } from 'c';\nimport { log, store } from './log';\n",
    ],
    [
      'beside a name alone, at the end where lists have no order',
      "import { a, b } from 'a';\nimport { d, c } from 'c';\nimport { store } from './log';\n",
      ensure('./log'),
      "import { a, b } from 'a';\nimport { d, c } from 'c';\nimport { store, log } from './log';\n",
    ],
    [
      'behind a directive and the head',
      "'use client'\n// @license MIT\n\nf()\nlet b = 1\n",
      ensure('./log'),
      "'use client'\n// @license MIT\n\nimport { log } from './log'\n\nf()\nlet b = 1\n",
    ],
    [
      'a require',
      "const a = require('./a');\nmodule.exports = a;\n",
      ensure('./log'),
      "const a = require('./a');\nconst { log } = require('./log');\nmodule.exports = a;\n",
      'a.js',
    ],
    [
      'one more name of a require',
      "const { a } = require('./log');\nmodule.exports = a;\n",
      ensure('./log', 'log', 'l'),
      "const { a, log: l } = require('./log');\nmodule.exports = a;\n",
      'a.js',
    ],
  ])('%s', (_, text, change, expected, file) => expect(edited(text, change, file)).toBe(expected));

  test('a name that means something else is refused', () => {
    expect(() => edited('const log = 1;\n', ensure('./log'))).toThrow('import-conflict');
  });
});

describe('format', () => {
  const style = {
    indent: '  ',
    quote: "'" as const,
    lineLength: 30,
    semicolons: true,
    trailingCommas: 'all' as const,
    lineEnding: '\n' as const,
  };

  test.each([
    ['it fits', ["'text'", 'error'], "log.warn('text', error)"],
    ['each on its line', ["'a longer text'", 'error'], "log.warn(\n  'a longer text',\n  error,\n)"],
    [
      'a last object holds the head',
      ["'text'", { members: ['id', 'error', 'a'] }],
      "log.warn('text', {\n  id,\n  error,\n  a,\n})",
    ],
  ])('%s', (_, args, expected) => {
    expect(callExpression('log.warn', args, { style, indentation: '' })).toBe(expected);
  });

  test.each([
    ['es5', 'f(\n  first_long_name,\n  second_name\n)', 'f(first, {\n  second_long_name,\n  b,\n})'],
    ['none', 'f(\n  first_long_name,\n  second_name\n)', 'f(first, {\n  second_long_name,\n  b\n})'],
  ] as const)('commas behind the last of a list as they are in %s', (trailingCommas, list, object) => {
    const format = { style: { ...style, trailingCommas, lineLength: 26 }, indentation: '' };
    expect(callExpression('f', ['first_long_name', 'second_name'], format)).toBe(list);
    expect(callExpression('f', ['first', { members: ['second_long_name', 'b'] }], format)).toBe(object);
  });

  test('what is written as a literal is read as it was', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(new Function(`return ${typeScriptString(text, style)};`)()).toBe(text);
        const parts = [text, { expression: 'x' }, text];
        expect(new Function('x', `return ${templateString(parts, style)};`)(1)).toBe(
          `${text}1${text}`.replace(/\r\n?/g, '\n'),
        );
      }),
    );
  });
});

describe('any handler', () => {
  const remark = fc.constantFrom('', ' // a', '\n  // b', ' /* c */', '\n  /* d\n   e */');
  const statement = fc.constantFrom('', 'return 1;', 'continue', 'break;', ';', 'f(`x\n`);');
  const gap = fc.constantFrom('\n', '\n    ', '\n\n\t');
  const block = fc
    .tuple(remark, gap, statement, remark, gap, statement, fc.constantFrom('\n', '\n  '))
    .map(([a, g, s, b, h, t, end]) => `{${a}${g}${s}${b}${h}${t}${end}}`);
  const line = fc.constantFrom(
    '{}',
    '{ }',
    '{ return 1 }',
    '{ /* a */ }',
    '{ /* a */ return 1; /* b */ }',
    '{;}',
    '{ f(); continue }',
  );
  const comments = (root: SyntaxNode, text: string) =>
    root.descendantsOfType('comment').map(({ startIndex, endIndex }) => text.slice(startIndex, endIndex));

  test('code goes in at the start, at the end and before each statement; all parses, and no remark is lost', () => {
    fc.assert(
      fc.property(fc.oneof(block, line), fc.boolean(), fc.nat(2), (body, isWindows, where) => {
        const lf = `function g() {\n  for (;;) {\n    try { h(); } catch (e) ${body}\n  }\n}\n`;
        const text = isWindows ? lf.replaceAll('\n', '\r\n') : lf;
        if (documentOf(text).root.hasError) return;
        const after = edited(text, (editor, first) => {
          const target = handlerBlock(first);
          if (where === 0) editor.prependToBlock(target, 'log(e);');
          else if (where === 1) editor.appendToBlock(target, 'log(e);');
          else {
            const statements = target.namedChildren.filter(({ type }) => type !== 'comment');
            for (const one of statements) editor.insertBefore(one, 'log(e);');
            if (statements.length === 0) editor.appendToBlock(target, 'log(e);');
          }
        });
        const { root } = documentOf(after);
        expect(root.hasError).toBe(false);
        expect(comments(root, after)).toEqual(comments(documentOf(text).root, text));
        expect(after).toContain('log(e);');
        if (isWindows) expect(after).not.toMatch(/[^\r]\n/);
        const lines = (of: string) => of.replace(/\s+/g, '').length;
        expect(lines(after.replaceAll('log(e);', ''))).toBe(lines(text));
      }),
      { numRuns: 500 },
    );
  });
});
