import { describe, expect, it } from 'vitest';
import { atMark } from '../../../test/oracle/typescript-tables';

/** Source with the expression between « and », and its path; `?` behind a path that is not certain, undefined for none. */
const CASES: readonly (readonly [source: string, expected: string | undefined])[] = [
  // Imports
  ["import fs from 'fs'; «fs.readFile»();", 'fs.readFile'],
  ["import * as fs from 'node:fs'; «fs.readFile»();", 'fs.readFile'],
  ["import { readFile } from 'fs/promises'; «readFile»();", 'fs/promises.readFile'],
  ["import { readFile as read } from 'node:fs/promises'; «read»();", 'fs/promises.readFile'],
  ["import { promises as fs } from 'fs'; «fs.readFile»();", 'fs.promises.readFile'],
  ["import { default as axios } from 'axios'; «axios.get»();", 'axios.get'],
  ["import axios, { isAxiosError } from 'axios'; «isAxiosError»(e);", 'axios.isAxiosError'],
  ["import fs = require('fs'); «fs.readFile»();", 'fs.readFile'],
  ["import { helper } from '../lib/helper.js'; «helper»();", '../lib/helper.js.helper'],
  ["import * as ns from '@scope/pkg/sub'; «ns.a.b»();", '@scope/pkg/sub.a.b'],
  ["import type { Foo } from 'm'; let x: «Foo»;", 'm.Foo'],
  ["import * as http from 'http'; let x: «http.Server»;", 'http.Server'],
  ["import { Controller } from '@nestjs/common'; @«Controller»() class A {}", '@nestjs/common.Controller'],
  ["import { Base } from 'm'; class A extends «Base»<string> {}", 'm.Base'],
  // CommonJS and dynamic imports
  ["const fs = require('fs'); «fs.readFile»();", 'fs.readFile'],
  ["const { readFile: r } = require('node:fs'); «r»();", 'fs.readFile'],
  ["const fsp = require('fs').promises; «fsp.readFile»();", 'fs.promises.readFile'],
  ["«require('fs').promises»;", 'fs.promises'],
  ["«require('node:child_process').exec»('ls');", 'child_process.exec'],
  ['const m = «require(`fs`)»;', 'fs'],
  ["const cp = await import('child_process'); «cp.exec»();", 'child_process.exec'],
  ["const { exec } = await import('child_process'); «exec»();", 'child_process.exec'],
  ["«(await import('fs')).readFile»();", 'fs.readFile'],
  ["let x = require('a'); x = require('b'); «x.y»;", 'a.y?'],
  ["function require(m) { return m; } «require('fs').readFile»;", undefined],
  // Aliases
  ["import fs from 'fs'; const read = fs.readFile; «read»();", 'fs.readFile'],
  ["import fs from 'fs'; const { readFile: read } = fs; «read»();", 'fs.readFile'],
  ["import fs from 'fs'; const { promises: { readFile } } = fs; «readFile»();", 'fs.promises.readFile'],
  ["import fs from 'fs'; const { readFile = null } = fs; «readFile»();", 'fs.readFile?'],
  ["import fs from 'fs'; let read = fs.readFile; read = other; «read»();", undefined],
  ["import fs from 'fs'; const [read] = fs.all; «read»();", undefined],
  // Globals
  ["«fetch»('/');", 'globalThis.fetch'],
  ['«window.fetch»();', 'globalThis.fetch'],
  ['«globalThis.process.env»;', 'globalThis.process.env'],
  ['«process.env.HOME»;', 'globalThis.process.env.HOME'],
  ["«process['env']»;", 'globalThis.process.env'],
  ['const { env } = process; «env.HOME»;', 'globalThis.process.env.HOME'],
  ['const { fetch: get } = window; «get»();', 'globalThis.fetch'],
  ['new «WebSocket»(url);', 'globalThis.WebSocket'],
  ['«jQuery.ajax»();', 'globalThis.jQuery.ajax?'],
  ['function f(fetch) { «fetch»(); }', undefined],
  // Shapes of expressions
  ["import fs from 'fs'; «(fs!.promises as any)?.readFile»();", 'fs.promises.readFile'],
  ["import fs from 'fs'; «fs[name]»;", undefined],
  ["import fs from 'fs'; «fs.a().b»;", undefined],
  ["import fs from 'fs'; const o = { «fs» };", 'fs'],
  ['class A { m() { «this.x»; } }', undefined],
  ['function local() {} «local»();', undefined],
  ['const local = { a: 1 }; «local.a»;', undefined],
  ['const a = b; const b = a; «a»;', undefined],
];

describe('qualifiedName', () => {
  it.each(CASES)('%s', async (source, expected) => {
    const found = await atMark(source, 'typescript', (model, expression) => model.qualifiedName(expression));
    expect(found && found.path + (found.certain ? '' : '?')).toBe(expected);
  });

  it('follows a name in JSX', async () => {
    const found = await atMark("import { Button } from 'ui'; const a = <«Button» />;", 'tsx', (model, expression) =>
      model.qualifiedName(expression),
    );
    expect(found).toEqual({ path: 'ui.Button', certain: true });
  });
});
