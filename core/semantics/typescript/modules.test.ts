import { describe, expect, it } from 'vitest';
import { withModel } from '../../../test/oracle/typescript-tables';
import type { ImportedName } from '../model';
import type { ExportedName } from './exports';

/** `local <- module#member`, with `type` and `lazy` behind; no member for the module itself, `-` where nothing is bound. */
function importRow({ local, module, member, typeOnly, lazy }: ImportedName): string {
  const flags = (typeOnly ? ' type' : '') + (lazy ? ' lazy' : '');
  return `${local || '-'} <- ${module}${member === undefined ? '' : `#${member}`}${flags}`;
}

/** `exported = local`, with the module of a re-export and `type` behind. */
function exportRow({ exported, local, module, typeOnly }: ExportedName): string {
  return `${exported} = ${local ?? '-'}${module === undefined ? '' : ` from ${module}`}${typeOnly ? ' type' : ''}`;
}

const IMPORTS: readonly (readonly [source: string, rows: readonly string[]])[] = [
  ["import D, { a as b, c } from 'm';", ['D <- m#default', 'b <- m#a', 'c <- m#c']],
  ["import { default as e, 'str-ing' as g } from 'm';", ['e <- m#default', 'g <- m#str-ing']],
  ["import * as ns from '../x.js';", ['ns <- ../x.js']],
  ['import D, * as ns from "m";', ['D <- m#default', 'ns <- m']],
  ["import type { U } from 'n'; import type V from 'm';", ['U <- n#U type', 'V <- m#default type']],
  ["import type * as ns from 't'; import type, { a } from 'm';", ['ns <- t type', 'type <- m#default', 'a <- m#a']],
  ["import { type T, type as t } from 'm';", ['T <- m#T type', 't <- m#type']],
  ["import type from 'm';", ['type <- m#default']],
  ["import 'effect';", ['- <- effect']],
  ["import x = require('m'); import y = x.z;", ['x <- m']],
  ["import json from './a.json' with { type: 'json' };", ['json <- ./a.json#default']],
  ["export { a, type b as c } from 'm';", ['- <- m#a', '- <- m#b type']],
  ["export * from 's'; export * as all from 'w'; export type * from 'y';", ['- <- s#*', '- <- w', '- <- y#* type']],
  ["const fs = require('fs'); var p = require('q').r.s;", ['fs <- fs', 'p <- q#r.s']],
  ["const { a: b, c: { d } } = require('m');", ['b <- m#a', 'd <- m#c.d']],
  ["require('side'); f(require('arg'));", ['- <- side', '- <- arg']],
  ["function f() { const x = require('late'); }", ['x <- late lazy']],
  ["const m = await import('p'); const { f } = await import('o');", ['m <- p lazy', 'f <- o#f lazy']],
  ["import('q').then((x) => x.y); const p = import('s');", ['- <- q lazy', '- <- s lazy']],
  ["let q: typeof import('m'); let r: import('n').T;", ['- <- m type', '- <- n#T type']],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a fixture.
  ['require(name); import(name); import(`a/${name}`); \'// import("x")\';', []],
  ["const require = f; require('m');", []],
];

const EXPORTS: readonly (readonly [source: string, rows: readonly string[]])[] = [
  ['const a = 1, b = 2; export { a, b as c, a as default };', ['a = a', 'c = b', 'default = a']],
  ['export const d = 1, { e, f: [g], ...h } = x;', ['d = d', 'e = e', 'g = g', 'h = h']],
  ['export function i() {} export async function* q() {}', ['i = i', 'q = q']],
  ['export default class J {}', ['default = J']],
  ['export default function () {}', ['default = -']],
  ['export default a.b;', ['default = -']],
  ['export default a;', ['default = a']],
  ['export type K = 1; export interface L {}', ['K = K type', 'L = L type']],
  ['export enum M {} export namespace N {} export abstract class P {}', ['M = M', 'N = N', 'P = P']],
  ['export declare const O: 1;', ['O = O']],
  ["export { a, type b as c } from 'm'; export * from 's';", ['a = a from m', 'c = b from m type', '* = - from s']],
  ["export * as all from 'w'; export type { T } from 't';", ['all = - from w', 'T = T from t type']],
  ['export = foo;', ['= = foo']],
  ["declare module 'm' { export const inner: 1; }", []],
];

describe('imports', () => {
  it.each(IMPORTS)('%s', async (source, rows) => {
    expect(await withModel(source, 'typescript', (model) => model.imports.map(importRow))).toEqual(rows);
  });
});

describe('exports', () => {
  it.each(EXPORTS)('%s', async (source, rows) => {
    expect(await withModel(source, 'typescript', (model) => model.exports.map(exportRow))).toEqual(rows);
  });
});
