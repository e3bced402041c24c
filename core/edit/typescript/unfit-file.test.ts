import { expect, test } from 'vitest';
import { SourceFile } from '../../text/source-file';
import { refuseUnfitFile, unfitFor } from './unfit-file';

const file = (text: string, language: 'javascript' | 'typescript' = 'javascript') => ({
  file: 'a.js',
  language,
  source: new SourceFile(text),
});

test.each([
  ['// @flow\nmodule.exports = 1;\n', 'flow-types'],
  ['#!/usr/bin/env node\n/**\n * Rows.\n * @flow strict-local\n */\nimport a from "a";\n', 'flow-types'],
  ["const flow = '@flow';\nmodule.exports = flow;\n", undefined],
  ['// Rows of a page.\nfunction rows() {}\n', 'global-script'],
  ['window.exports = 1;\nconst text = "module";\n', 'global-script'],
  ["const fs = require('fs');\n", undefined],
  ['exports.rows = () => 1;\n', undefined],
  ['#!/usr/bin/env node\nrun();\n', undefined],
  ["const rows = await import('./rows.js');\n", undefined],
])('%j: %s', (text, found) => {
  expect(unfitFor(file(text))).toBe(found);
  // What a TypeScript file has at its top, the compiler knows of in all others.
  expect(unfitFor(file(text, 'typescript'))).toBeUndefined();
});

test('whoever says a name has seen that it is one for all scripts', () => {
  const script = file('function rows() {}\n');
  expect(() => refuseUnfitFile(script, {})).toThrow('global-script');
  expect(() => refuseUnfitFile(script, { name: 'Rows' })).not.toThrow();
  expect(() => refuseUnfitFile(file('// @flow\n'), { name: 'Rows' })).toThrow('flow-types');
});
