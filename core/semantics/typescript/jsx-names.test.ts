import { describe, expect, it } from 'vitest';
import { bindingRows } from '../../../test/oracle/typescript-tables';

/** Title, source and a row for every binding: `scope: name kind | places`, see {@link bindingRows}. */
const CASES: readonly (readonly [title: string, source: string, rows: readonly string[]])[] = [
  [
    'components are read; elements, attributes and namespaces are not',
    'const a = <Foo bar={b} {...c} baz-x="y">{d}<div className={e}>text</div><ns.Item.Sub /><svg:rect xlink:href="" /><my-el /></Foo>; function Foo(p: {}) {} const ns = {}; let b, c, d, e, div;',
    [
      'module: a constant | w1:7',
      'module: Foo function | r1:12 r1:125 w1:140',
      'module: ns constant | r1:74 w1:160',
      'module: b variable | r1:21 w1:173',
      'module: c variable | r1:28 w1:176',
      'module: d variable | r1:42 w1:179',
      'module: e variable | r1:60 w1:182',
      'module: div variable | w1:185',
      'function(Foo): p parameter | w1:144',
    ],
  ],
  [
    'fragments, type arguments and members in lower case',
    'const a = <><B<T> render={(x: T) => <x.y/>} /></>; function B<T>(p: any) { return p; } type T = 1;',
    [
      'module: a constant | w1:7',
      'module: B function | r1:14 w1:61',
      'module: T type | r1:16 r1:31 w1:93',
      'function: x parameter | w1:28 r1:38',
      'function(B): T type-parameter | w1:63',
      'function(B): p parameter | w1:66 r1:83',
    ],
  ],
  [
    'a generic arrow',
    'const f = <T,>(x: T) => <p>{x}</p>; const p = 1;',
    [
      'module: f constant | w1:7',
      'module: p constant | w1:43',
      'function(f): T type-parameter | w1:12 r1:19',
      'function(f): x parameter | w1:16 r1:29',
    ],
  ],
];

describe('names in JSX', () => {
  it.each(CASES)('%s', async (_title, source, rows) => {
    expect(await bindingRows(source, 'tsx')).toEqual(rows);
  });
});
