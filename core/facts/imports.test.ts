import { beforeAll, expect, test } from 'vitest';
import { factsOf, wasmEngine } from '../../test/support/engine';
import type { FactCollector } from '../facts/parsed-file';
import type { Json } from '../rule/finding';
import type { SyntaxEngine } from '../syntax/engine';
import type { LanguageId } from '../syntax/language';
import { IMPORTS_ID, type ImportFact, importCollector } from './imports';

let engine: SyntaxEngine;
beforeAll(async () => {
  engine = await wasmEngine();
});

/** `module: names`, with the marks of the circumstances. */
function importsOf(text: string, language: LanguageId): string[] {
  const collectors = [importCollector] as unknown as FactCollector<Json>[];
  const facts = factsOf(engine, text, language, collectors).byCollector[IMPORTS_ID] as unknown as ImportFact[];
  return (facts ?? []).map((one) =>
    [
      `${one.line}`,
      one.module,
      one.names.join(','),
      ...(one.typeOnly ? ['type'] : []),
      ...(one.lazy ? ['lazy'] : []),
      ...(one.reexport ? ['reexport'] : []),
    ].join(' '),
  );
}

test('Python: every form of import, as it is written', () => {
  const text = [
    'import os, a.b as c',
    'from . import x, y as z',
    'from .import q',
    'from ..p.q import (  # hm',
    "  A,  # don't, really",
    '  B as C,',
    ')',
    'from a \\',
    '  import *',
    'try:',
    '    import fast',
    'except ImportError:',
    '    fast = None',
    'if TYPE_CHECKING:',
    '    from t import T',
    'else:',
    '    from u import U',
    'def f():',
    '    from late import L; import m',
    '# from none import n',
    '"""',
    'import none',
    '"""',
  ].join('\n');
  expect(importsOf(text, 'python')).toEqual([
    '0 os ',
    '0 a.b ',
    '1 . x,y',
    '2 . q',
    '3 ..p.q A,B',
    '7 a *',
    '10 fast ',
    '14 t T type',
    '16 u U',
    '18 late L lazy',
    '18 m  lazy',
  ]);
});

test('TypeScript: imports, exports from, require and dynamic import', () => {
  const text = [
    "import a, { b as c, type D, /* don't */ e } from './x';",
    'import type { T } from "./t";',
    "import type from './u';",
    "import type Foo from './foo';",
    "import type, { z } from './zz';",
    "import * as ns from '@/n';",
    "import './effect';",
    "import r = require('./r');",
    'import q = A.b;',
    "export * from './all';",
    "export * as al from './all2';",
    "export { p as q, default } from './pp';",
    "export type { PT } from './ptt';",
    'export const s = "from \'./no\'";',
    'export { s2 };',
    "const { u, v: w = 1 } = require('./req');",
    'const whole = require("./whole");',
    "const one = require('./one').member;",
    "const L = lazy(() => import('./Lazy'));",
    'async function g() { const { k } = await import("./dyn"); require(\'./inner\'); }',
    "// require('./comment')",
    'const text = "import(\'./no\')";',
    "loader.require('./no2'); require(name); require('./' + name);",
  ].join('\n');
  expect(importsOf(text, 'typescript')).toEqual([
    '0 ./x default,b,D,e',
    '1 ./t T type',
    '2 ./u default',
    '3 ./foo default type',
    '4 ./zz default,z',
    '5 @/n ',
    '6 ./effect ',
    '7 ./r ',
    '9 ./all * reexport',
    '10 ./all2  reexport',
    '11 ./pp p,default reexport',
    '12 ./ptt PT type reexport',
    '15 ./req u,v',
    '16 ./whole ',
    '17 ./one member',
    '18 ./Lazy  lazy',
    '19 ./dyn k lazy',
    '19 ./inner  lazy',
  ]);
});

test('a file without imports has no facts', () => {
  expect(importsOf('x = 1\n', 'python')).toEqual([]);
  expect(importsOf('export const x = 1;\n', 'javascript')).toEqual([]);
});
