import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { clientSources } from './sources';

/** Messages that only the Polish plural forms tell apart have one key for each form. */
const FORMS = ['few', 'many', 'other'];

/** Calls and options whose texts a user reads. */
const SHOWN = /^show(?:Information|Warning|Error)Message$/;
const OPTIONS = new Set(['title', 'prompt', 'placeHolder', 'detail', 'tooltip', 'message']);

const bundle = JSON.parse(await readFile(new URL('../../l10n/bundle.l10n.pl.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;
const sources = await clientSources();

/** The keys that `vscode.l10n.t` looks up: the message, and its comment behind a slash. */
function keysOf(call: ts.CallExpression): string[] {
  const first = call.arguments[0];
  if (first && ts.isStringLiteralLike(first)) return [first.text];
  if (!first || !ts.isObjectLiteralExpression(first)) throw new Error(`cannot be translated: ${call.getText()}`);
  const value = (name: string) =>
    first.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText() === name)?.initializer;
  const message = value('message') as ts.StringLiteral;
  const [comment] = (value('comment') as ts.ArrayLiteralExpression).elements;
  const forms = ts.isStringLiteral(comment!) ? [comment.text] : FORMS;
  return forms.map((form) => `${message.text}/${form}`);
}

function calls(tree: ts.SourceFile): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const isTranslation = (call: ts.CallExpression) => call.expression.getText() === 'vscode.l10n.t';
const used = sources.flatMap(({ tree }) => calls(tree).filter(isTranslation).flatMap(keysOf));

test('every message of the extension has its Polish text, and there is no other', () => {
  expect(used.length).toBeGreaterThan(40);
  expect(Object.keys(bundle).sort()).toEqual([...new Set(used)].sort());
});

test('no Polish text was left in English, and each has the arguments of its message', () => {
  const marks = (text: string) => (text.match(/\{\d+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(bundle)) {
    const message = key.replace(/\/(?:one|few|many|other)$/, '');
    expect([key, text === message || text.trim() === '']).toEqual([key, false]);
    expect([key, marks(text)]).toEqual([key, marks(message)]);
  }
});

test('plural forms are complete, and the many differ from the few', () => {
  const few = Object.keys(bundle).filter((key) => key.endsWith('/few'));
  expect(few.length).toBeGreaterThan(2);
  for (const key of few) expect(bundle[key]).not.toBe(bundle[key.replace(/few$/, 'many')]);
  const select = new Intl.PluralRules('pl');
  expect([1, 2, 5, 12, 22].map((count) => select.select(count))).toEqual(['one', 'few', 'many', 'many', 'few']);
});

test('nothing is shown that is not translated', () => {
  const wrong: string[] = [];
  const isWords = (node: ts.Node | undefined) =>
    node !== undefined && ts.isStringLiteralLike(node) && /[a-z] /i.test(node.text);
  for (const { file, tree } of sources) {
    for (const call of calls(tree)) {
      const name = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : '';
      if (SHOWN.test(name) && call.arguments.some((one) => ts.isStringLiteralLike(one)))
        wrong.push(`${file}: ${call.getText()}`);
    }
    const visit = (node: ts.Node): void => {
      if (
        ts.isPropertyAssignment(node) &&
        OPTIONS.has(node.name.getText()) &&
        isWords(node.initializer) &&
        !isKey(node)
      )
        wrong.push(`${file}: ${node.getText()}`);
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  expect(wrong).toEqual([]);
});

/** Whether a `message` is the key of a translation itself. */
function isKey(node: ts.PropertyAssignment): boolean {
  return ts.isCallExpression(node.parent.parent) && isTranslation(node.parent.parent);
}
