import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/**
 * The direction of every import, as ARCHITECTURE.md states it. Static imports, re-exports, `import()`, `require()` and `import()` types
 * are all seen, because the compiler reads the files.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  rules: ['core'],
  report: ['core'],
  session: ['rules', 'core'],
  protocol: [],
  cli: ['session', 'report', 'core'],
  server: ['session', 'report', 'protocol', 'core'],
  client: ['protocol'],
};

/** Node modules that reach disk, network or processes: the core and the rules do so through interfaces alone. */
const WORLD =
  /^(node:)?(fs|child_process|net|http|https|http2|dgram|dns|tls|worker_threads|cluster|os|process|readline|vm|v8)(\/|$)/;

interface Import {
  readonly from: string;
  readonly room: string;
  readonly target: string;
}

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

async function importsOf(room: string): Promise<Import[]> {
  const imports: Import[] = [];
  for (const file of await sources(room)) {
    const text = await readFile(join(ROOT, file), 'utf8');
    for (const target of specifiers(file, text)) imports.push({ from: file, room, target });
  }
  return imports;
}

/** Every module specifier in a source text. */
function specifiers(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      found.push((node.moduleSpecifier as ts.StringLiteral).text);
    } else if (ts.isCallExpression(node) && node.arguments[0] && ts.isStringLiteralLike(node.arguments[0])) {
      const callee = node.expression;
      const isRequire = ts.isIdentifier(callee) && /^require/.test(callee.text);
      if (callee.kind === ts.SyntaxKind.ImportKeyword || isRequire) found.push(node.arguments[0].text);
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      found.push(node.argument.literal.text);
    } else if (ts.isExternalModuleReference(node) && ts.isStringLiteral(node.expression)) {
      found.push(node.expression.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** The top-level folder that a relative specifier leads to. */
function roomOf({ from, target }: Import): string {
  return relative(ROOT, join(ROOT, dirname(from), target)).split('/')[0]!;
}

describe.each(Object.entries(MAY_IMPORT))('%s/', (room, allowed) => {
  test(`imports nothing of ours but ${allowed.join(', ') || 'itself'}`, async () => {
    const wrong = (await importsOf(room))
      .filter((one) => one.target.startsWith('.') && !one.target.endsWith('/package.json'))
      .filter((one) => roomOf(one) !== room && !allowed.includes(roomOf(one)));
    expect(wrong).toEqual([]);
  });

  test('sees an editor or the protocol only where it may', async () => {
    const wrong = (await importsOf(room)).filter(
      ({ target }) =>
        (target === 'vscode' && room !== 'client') ||
        (/^vscode-languageserver/.test(target) && room !== 'server' && room !== 'protocol') ||
        (/^vscode-languageclient/.test(target) && room !== 'client'),
    );
    expect(wrong).toEqual([]);
  });
});

test.each(['core', 'rules'])(
  '%s/ reaches disk, network, clock and processes through interfaces alone',
  async (room) => {
    expect((await importsOf(room)).filter(({ target }) => WORLD.test(target))).toEqual([]);
  },
);

test('one rule never imports another', async () => {
  const ruleOf = (path: string) => path.split('/')[1];
  const wrong = (await importsOf('rules')).filter(({ from, target }) => {
    if (!target.startsWith('.')) return false;
    const to = relative(ROOT, join(ROOT, dirname(from), target));
    return to.startsWith('rules/') && ruleOf(to) !== ruleOf(from);
  });
  expect(wrong).toEqual([]);
});

test('the check itself sees all forms of import', () => {
  const text =
    "import a from 'a'; export * from 'b'; import('c'); require('d'); type E = import('e').E; import f = require('f');";
  expect(specifiers('x.ts', text)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});
