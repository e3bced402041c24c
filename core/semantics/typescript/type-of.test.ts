import { describe, expect, it } from 'vitest';
import { atMark } from '../../../test/oracle/typescript-tables';

/** Source with the expression between « and », and its class; `?` behind a name that is not certain, undefined for none. */
const CASES: readonly (readonly [source: string, expected: string | undefined])[] = [
  // Constructors
  ["import { Foo } from 'm'; const c = new Foo(); «c»;", 'm.Foo'],
  ["import * as m from 'm'; const c = new m.Foo(1); «c»;", 'm.Foo'],
  ["import Redis from 'ioredis'; «new Redis()»;", 'ioredis'],
  ['class Foo {} const c = new Foo(); «c»;', 'Foo'],
  ['const s = new WebSocket(url); «s».send();', 'globalThis.WebSocket'],
  ["const { Pool } = require('pg'); const p = new Pool(); «p»;", 'pg.Pool'],
  ["import { Foo } from 'm'; const c = (new Foo() as any)!; «c»;", 'm.Foo'],
  // Factories
  ["import axios from 'axios'; const c = axios.create({}); «c».get();", 'axios.AxiosInstance'],
  ["import express from 'express'; const app = express(); «app».get();", 'express.Express'],
  ["import { Router } from 'express'; const r = Router(); «r».get();", 'express.Router'],
  ["import { Foo } from 'm'; function make(): Foo { return x; } const c = make(); «c»;", 'm.Foo'],
  ["import { Foo } from 'm'; async function make(): Promise<Foo> { return x; } const c = await make(); «c»;", 'm.Foo'],
  ['const c = unknown(); «c»;', undefined],
  // Annotations
  ["import { Foo } from 'm'; let c: Foo; «c»;", 'm.Foo'],
  ["import { Foo } from 'm'; let c: Foo | null = null; «c»;", 'm.Foo'],
  ["import { Foo, Bar } from 'm'; let c: Foo | Bar; «c»;", 'm.Foo?'],
  ["import * as http from 'node:http'; function f(s: http.Server) { «s»; }", 'http.Server'],
  ["import { Repository } from 'typeorm'; function f(r: Repository<User>) { «r»; }", 'typeorm.Repository'],
  ["import { Foo } from 'm'; const f = (c?: Readonly<Foo>) => «c»;", 'globalThis.Readonly'],
  ['interface Foo {} function f(c: Foo) { «c»; }', 'Foo'],
  ["import { Foo } from 'm'; type Alias = Foo; function f(c: Alias) { «c»; }", 'm.Foo'],
  ['function f<T>(c: T) { «c»; }', undefined],
  ['function f(c: string) { «c»; }', undefined],
  ["import { Foo } from 'm'; const c = x as Foo; «c»;", 'm.Foo'],
  ["import { Foo } from 'm'; const c = <Foo>x; «c»;", 'm.Foo'],
  ["import { Foo } from 'm'; «(x as Foo)»;", 'm.Foo'],
  // Members of classes
  ["import { Foo } from 'm'; class A { c = new Foo(); m() { «this.c»; } }", 'm.Foo'],
  ["import { Foo } from 'm'; class A { private c: Foo; m() { return () => «this.c»; } }", 'm.Foo'],
  ["import { Foo } from 'm'; class A { #c; constructor() { this.#c = new Foo(); } m() { «this.#c»; } }", 'm.Foo'],
  [
    "import axios from 'axios'; class A { constructor() { this.http = axios.create(); } m() { «this.http».get(); } }",
    'axios.AxiosInstance',
  ],
  ["import { H } from 'm'; class A { constructor(private readonly http: H) {} m() { «this.http».get(); } }", 'm.H'],
  ["import { H } from 'm'; class A { constructor(http: H) {} m() { «this.http»; } }", undefined],
  ["import { Foo } from 'm'; class A { constructor(c: Foo) { this.c = c; } m() { «this.c»; } }", 'm.Foo'],
  ["import { Foo } from 'm'; class A { get c(): Foo { return x; } m() { «this.c»; } }", 'm.Foo'],
  ["import { Foo } from 'm'; class A { m() { const o = { n() { return «this.c»; } }; } c: Foo; }", undefined],
  ["import { Foo } from 'm'; class A { m() { class B { c = new Foo(); } «this.c»; } }", undefined],
  ["import { Foo } from 'm'; class A { b: B; m() { «this.b.c»; } } class B { c: Foo; }", 'm.Foo'],
  ["import { Foo } from 'm'; class A { c = new Foo(); } const a = new A(); «a.c»;", 'm.Foo'],
  ['class A { m() { «this»; } }', 'A'],
  // Several definitions
  ["import { Foo } from 'm'; let c = null; c = new Foo(); «c»;", 'm.Foo'],
  ["import { Foo, Bar } from 'm'; let c = new Foo(); c = new Bar(); «c»;", 'm.Foo?'],
  ["import { Foo } from 'm'; let c = new Foo(); c = other(); «c»;", 'm.Foo?'],
  ["import { Foo } from 'm'; for (const c of all) { «c»; }", undefined],
  ["import { Foo } from 'm'; const { c } = new Foo(); «c»;", undefined],
  ["import { Foo } from 'm'; const a = new Foo(), b = a, c = b; «c»;", 'm.Foo'],
  ['const a = b, b = a; «a»;', undefined],
];

describe('typeOf', () => {
  it.each(CASES)('%s', async (source, expected) => {
    const found = await atMark(source, 'typescript', (model, expression) => model.typeOf(expression));
    expect(found && found.path + (found.certain ? '' : '?')).toBe(expected);
  });

  it('reads classes of JavaScript', async () => {
    const source = "const { Pool } = require('pg'); class A { pool = new Pool(); m() { return «this.pool».query(); } }";
    expect(await atMark(source, 'javascript', (model, node) => model.typeOf(node))).toEqual({
      path: 'pg.Pool',
      certain: true,
    });
  });
});
