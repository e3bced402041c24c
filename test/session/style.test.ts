import { describe, expect, test } from 'vitest';
import { StyleReader } from '../../session/style/reader';
import { wasmEngine } from '../support/engine';
import { workspace } from './workspace';

const settings = async (files: Record<string, string>, file: string) =>
  new StyleReader((await workspace(files)).root, await wasmEngine()).settingsFor(file);

test.each<[title: string, files: Record<string, string>, file: string, expected: object]>([
  ['nothing is said', {}, 'a/b.py', {}],
  [
    'Black: its own defaults count once it is configured',
    { 'pyproject.toml': '[tool.black]\n' },
    'a.py',
    { lineLength: 88, quote: '"' },
  ],
  [
    'Black without string normalisation leaves quotes alone',
    { 'pyproject.toml': '[tool.black]\nline-length = 100\nskip-string-normalization = true\n' },
    'a.py',
    { lineLength: 100 },
  ],
  [
    'Ruff in pyproject.toml',
    { 'pyproject.toml': '[tool.ruff]\nline-length = 120\n[tool.ruff.format]\nquote-style = "single"\n' },
    'pkg/a.py',
    { lineLength: 120, quote: "'" },
  ],
  [
    'the nearest ruff.toml wins, tabs and all',
    { 'ruff.toml': 'line-length = 79\n', 'pkg/ruff.toml': '[format]\nindent-style = "tab"\n' },
    'pkg/sub/a.py',
    { lineLength: 88, indent: '\t' },
  ],
  ['a value of the wrong kind is no setting', { 'pyproject.toml': '[tool.black]\nline-length = "wide"\n' }, 'a.py', {}],
  [
    'a broken file is passed over for the one above',
    { 'ruff.toml': 'line-length = 79\n', 'pkg/ruff.toml': 'line-length = \n' },
    'pkg/a.py',
    { lineLength: 79 },
  ],
  [
    'Prettier in YAML',
    { '.prettierrc': 'singleQuote: true\nsemi: false\ntabWidth: 4\n' },
    'a.ts',
    { lineLength: 80, indent: '    ', quote: "'", semicolons: false },
  ],
  [
    'Prettier in package.json',
    { 'package.json': '{"prettier": {"useTabs": true, "printWidth": 100}}' },
    'src/a.tsx',
    { lineLength: 100, indent: '\t', quote: '"', semicolons: true },
  ],
  [
    'Prettier in a module, written out',
    {
      '.prettierrc.js':
        '// ours\nmodule.exports = {\n  semi: false,\n  "printWidth": 100,\n  plugins: [require("x")],\n};\n',
    },
    'a.ts',
    { lineLength: 100, quote: '"', semicolons: false },
  ],
  [
    'Prettier in a constant that is exported, with a type',
    {
      'prettier.config.mjs':
        '/** @type {import("prettier").Config} */\nconst config = ({ singleQuote: true, useTabs: true });\nexport default config;\n',
    },
    'src/a.ts',
    { lineLength: 80, indent: '\t', quote: "'", semicolons: true },
  ],
  [
    'a type behind the object',
    { '.prettierrc.ts': 'export default { tabWidth: 4 } satisfies Config;\n' },
    'a.ts',
    { lineLength: 80, indent: '    ', quote: '"', semicolons: true },
  ],
  [
    'what is computed, and what a spread may replace, is nothing known',
    {
      '.prettierrc.cjs':
        'module.exports = { singleQuote: true, ...require("@acme/style"), printWidth: 90, semi: process.env.SEMI };\n',
    },
    'a.ts',
    { lineLength: 90 },
  ],
  [
    'a constant that is changed behind its declaration is not known',
    {
      '.prettierrc.cjs': 'const own = { semi: false };\nown.semi = true;\nmodule.exports = own;\n',
      '.prettierrc.yml': '',
    },
    'a.ts',
    {},
  ],
  [
    'a configuration that a function makes stops the search',
    { '.prettierrc': 'semi: false\n', 'pkg/.prettierrc.mjs': 'export default await load();\n' },
    'pkg/a.ts',
    {},
  ],
  [
    'the configuration of another package is not looked up',
    { '.prettierrc': 'semi: false\n', 'pkg/package.json': '{"prettier": "@acme/style"}' },
    'pkg/a.ts',
    {},
  ],
  [
    'Prettier for some files',
    {
      'pkg/.prettierrc':
        'semi: false\noverrides:\n  - files: ["*.{spec,test}.ts", "e2e/**/*.ts"]\n    excludeFiles: "old/**"\n    options: { printWidth: 120 }\n  - files: "*.ts"\n    options: { singleQuote: true }\n',
    },
    'pkg/e2e/a.ts',
    { lineLength: 120, quote: "'", semicolons: false },
  ],
  [
    'Prettier on commas behind the last of a list',
    { '.prettierrc': 'trailingComma: es5\n' },
    'a.ts',
    { lineLength: 80, quote: '"', semicolons: true, trailingCommas: 'es5' },
  ],
  [
    'Prettier for files below a folder, said with a point before it, and hidden ones',
    {
      'pkg/.prettierrc':
        'overrides:\n  - files: "./{e2e,unit}/**"\n    options: { printWidth: 120 }\n  - files: ["*.ts", "!*.d.ts"]\n    options: { semi: false }\n',
    },
    'pkg/unit/.hidden/a.ts',
    { lineLength: 120, quote: '"', semicolons: false },
  ],
  [
    'Prettier for files that are none of these',
    {
      'pkg/.prettierrc.js':
        'export default { overrides: [{ files: "*.{spec,test}.ts", excludeFiles: ["old/**"], options: { printWidth: 120 } }] };\n',
    },
    'pkg/old/a.spec.ts',
    { lineLength: 80, quote: '"', semicolons: true },
  ],
  ['a package.json without Prettier says nothing', { 'package.json': '{"name": "x"}' }, 'src/a.tsx', {}],
  [
    'Biome, with the language above the whole',
    {
      'biome.jsonc':
        '{ // ours\n "formatter": {"indentStyle": "space", "lineWidth": 90}, "javascript": {"formatter": {"quoteStyle": "single", "semicolons": "asNeeded"}} }',
    },
    'a.js',
    { lineLength: 90, indent: '  ', quote: "'", semicolons: false, trailingCommas: 'all' },
  ],
  [
    'Biome for some files: the last pattern that speaks of one decides',
    {
      'biome.json':
        '{"formatter": {"indentStyle": "tab"}, "overrides": [{"includes": ["apps/**", "!apps/old/**"], "formatter": {"lineWidth": 130}, "javascript": {"formatter": {"semicolons": "asNeeded"}}}]}',
    },
    'apps/web/a.ts',
    { lineLength: 130, indent: '\t', quote: '"', semicolons: false, trailingCommas: 'all' },
  ],
  [
    'Biome for files that are left out again',
    {
      'biome.json':
        '{"overrides": [{"includes": ["apps/**", "!apps/old/**"], "javascript": {"formatter": {"semicolons": "asNeeded"}}}]}',
    },
    'apps/old/a.ts',
    { lineLength: 80, indent: '\t', quote: '"', semicolons: true, trailingCommas: 'all' },
  ],
  [
    'Biome that extends what is not looked up says what stands there',
    { 'biome.json': '{"extends": ["./base.json"], "formatter": {"lineWidth": 100}}' },
    'a.ts',
    { lineLength: 100 },
  ],
  [
    'Biome that formats no files of a folder',
    { 'biome.json': '{"overrides": [{"include": ["*.gen.ts"], "formatter": {"enabled": false}}]}' },
    'pkg/a.gen.ts',
    {},
  ],
  [
    'EditorConfig by pattern',
    {
      '.editorconfig':
        'root = true\n[*]\nindent_style = space\nindent_size = 4\n[*.ts]\nindent_size = 2\nmax_line_length = 100\n',
    },
    'a.ts',
    { lineLength: 100, suggested: { indent: '  ' } },
  ],
  [
    'a formatter is above EditorConfig',
    { '.editorconfig': '[*.py]\nmax_line_length = 100\nindent_style = tab\n', 'pyproject.toml': '[tool.black]\n' },
    'a.py',
    { lineLength: 88, quote: '"', suggested: { indent: '\t' } },
  ],
  [
    'Prettier 3 ends lists in commas where its configuration does not speak of them',
    { '.prettierrc': 'semi: false\n', 'package.json': '{"devDependencies": {"prettier": "^3.4.2"}}' },
    'src/a.ts',
    { lineLength: 80, quote: '"', semicolons: false, trailingCommas: 'all' },
  ],
  [
    'Prettier 2 does so but for parameters and arguments',
    { 'package.json': '{"prettier": {"singleQuote": true}, "dependencies": {"prettier": "2.8"}}' },
    'a.ts',
    { lineLength: 80, quote: "'", semicolons: true, trailingCommas: 'es5' },
  ],
  [
    'the nearest manifest that asks for Prettier tells its version',
    {
      'package.json': '{"devDependencies": {"prettier": "3.0.0"}}',
      'old/package.json': '{"devDependencies": {"prettier": "~1.19.1"}}',
      'old/src/package.json': '{"devDependencies": {"vite": "5.0.0"}}',
    },
    'old/src/a.ts',
    { suggested: { trailingCommas: 'none' } },
  ],
  [
    'Prettier 1 sets none',
    { '.prettierrc': 'semi: true\n', 'package.json': '{"devDependencies": {"prettier": "~1.19.1"}}' },
    'a.ts',
    { lineLength: 80, quote: '"', semicolons: true, trailingCommas: 'none' },
  ],
  [
    'a range that names no version says nothing',
    { '.prettierrc': 'semi: true\n', 'package.json': '{"devDependencies": {"prettier": "catalog:"}}' },
    'a.ts',
    { lineLength: 80, quote: '"', semicolons: true },
  ],
  [
    'a spread may speak of commas',
    {
      '.prettierrc.js': 'module.exports = { ...require("@acme/style"), semi: true };\n',
      'package.json': '{"devDependencies": {"prettier": "^3.0.0"}}',
    },
    'a.ts',
    { semicolons: true },
  ],
  [
    'Prettier without a configuration suggests what it does by itself',
    { 'package.json': '{"devDependencies": {"prettier": "^2.0.0"}}' },
    'a.ts',
    { suggested: { trailingCommas: 'es5' } },
  ],
  [
    'Biome does not ask for the version of Prettier',
    { 'biome.json': '{"extends": ["./base.json"]}', 'package.json': '{"devDependencies": {"prettier": "^2.0.0"}}' },
    'a.ts',
    {},
  ],
])('%s', async (_, files, file, expected) => {
  expect(await settings(files, file)).toEqual(expected);
});

const printings = async (files: Record<string, string>, file: string) =>
  new StyleReader((await workspace(files)).root, await wasmEngine()).printingsFor(file);

const PRETTIER = { printWidth: 80, semi: true, singleQuote: false, bracketSpacing: true };

describe('how formatters print, in words of Prettier', () => {
  test.each<[title: string, files: Record<string, string>, file: string, expected: object[]]>([
    ['nothing is said', {}, 'a.ts', []],
    [
      'Prettier, its overrides and an older name',
      {
        '.prettierrc.json':
          '{"arrowParens": "avoid", "jsxBracketSameLine": true, "quoteProps": "odd", "overrides": [{"files": "*.tsx", "options": {"jsxSingleQuote": true, "useTabs": true}}]}',
      },
      'a.tsx',
      [{ ...PRETTIER, arrowParens: 'avoid', bracketSameLine: true, jsxSingleQuote: true, useTabs: true }],
    ],
    [
      'Prettier by its version',
      { '.prettierrc': 'semi: false\n', 'package.json': '{"devDependencies": {"prettier": "^1.19.1"}}' },
      'a.js',
      [{ ...PRETTIER, semi: false, trailingComma: 'none', arrowParens: 'avoid' }],
    ],
    [
      'Prettier takes from EditorConfig what it is not told',
      {
        '.prettierrc': 'tabWidth: 3\n',
        '.editorconfig': '[*]\nindent_style = tab\ntab_width = 4\nmax_line_length = 110\n',
      },
      'a.js',
      [{ ...PRETTIER, printWidth: 110, useTabs: true, tabWidth: 3 }],
    ],
    [
      'Prettier without a configuration says nothing of widths',
      { 'package.json': '{"devDependencies": {"prettier": "^3.0.0"}}' },
      'a.js',
      [{ semi: true, singleQuote: false, bracketSpacing: true, trailingComma: 'all', arrowParens: 'always' }],
    ],
    ['Prettier of another package', { '.prettierrc': '"@acme/prettier-config"\n' }, 'a.js', [{}]],
    [
      'oxfmt, on wider lines, beside Prettier',
      { '.oxfmtrc.jsonc': '{ // ours\n "semi": false }', '.prettierrc': 'printWidth: 70\n' },
      'a.ts',
      [
        { ...PRETTIER, printWidth: 100, semi: false, trailingComma: 'all', arrowParens: 'always' },
        { ...PRETTIER, printWidth: 70 },
      ],
    ],
    [
      'Biome',
      {
        'biome.json':
          '{"formatter": {"indentWidth": 4, "attributePosition": "multiline"}, "javascript": {"formatter": {"jsxQuoteStyle": "single", "quoteProperties": "preserve", "arrowParentheses": "asNeeded", "bracketSameLine": true, "expand": "never", "operatorLinebreak": "before"}}}',
      },
      'a.ts',
      [
        {
          ...PRETTIER,
          useTabs: true,
          tabWidth: 4,
          trailingComma: 'all',
          jsxSingleQuote: true,
          quoteProps: 'preserve',
          arrowParens: 'avoid',
          bracketSameLine: true,
          singleAttributePerLine: true,
          objectWrap: 'collapse',
          experimentalOperatorPosition: 'start',
        },
      ],
    ],
    [
      'Biome that does not format a file leaves it to others',
      {
        'biome.json': '{"overrides": [{"includes": ["a.ts"], "formatter": {"enabled": false}}]}',
        '.prettierrc': '{}',
      },
      'a.ts',
      [PRETTIER],
    ],
    ['Black prints otherwise', { 'pyproject.toml': '[tool.black]\n' }, 'a.py', []],
  ])('%s', async (_, files, file, expected) => {
    expect(await printings(files, file)).toEqual(expected);
  });
});
