import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { audit, UsageError } from '../../session/index';
import { filesOf, skippedOf, workspace } from './workspace';

const CODE = 'x = 1\n';

describe('root', () => {
  test('is the nearest folder above with .git', async () => {
    const { audit: run, path, root } = await workspace({ 'a/b/c.py': CODE });
    const result = await run({ cwd: path('a/b'), paths: ['c.py'] });
    expect(result.root).toBe(root);
    expect(filesOf(result)).toEqual(['a/b/c.py']);
    expect(result.scope).toEqual(['a/b/c.py']);
  });

  test('is the nearest folder above with a configuration, also inside a repository', async () => {
    const { audit: run, path } = await workspace({
      'pkg/pyproject.toml': '[tool.seamline]\n',
      'pkg/src/a.py': CODE,
      'b.py': CODE,
    });
    const result = await run({ cwd: path('pkg/src') });
    expect(result.root).toBe(path('pkg'));
    expect(result.scope).toEqual(['src']);
  });

  test('is not a folder whose package.json or pyproject.toml says nothing of Seamline', async () => {
    const {
      audit: run,
      path,
      root,
    } = await workspace({
      'pkg/pyproject.toml': '[tool.ruff]\n',
      'pkg/package.json': '{ "name": "seamline" }',
      'pkg/a.py': CODE,
    });
    expect((await run({ cwd: path('pkg') })).root).toBe(root);
  });

  test('is the path itself where nothing above is a root', async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'seamline-bare-')));
    try {
      await writeFile(join(folder, 'a.py'), CODE);
      const result = await audit({ paths: ['a.py'], cwd: folder, engine: 'wasm', useCache: false });
      expect(result.root).toBe(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('paths may be relative to it as well as to the working directory', async () => {
    const { audit: run, path } = await workspace({ 'a/x.py': CODE, 'b/y.py': CODE });
    expect(filesOf(await run({ cwd: path('a'), paths: ['x.py', 'b/y.py'] }))).toEqual(['a/x.py', 'b/y.py']);
  });

  test('a path outside it, or that does not exist, is bad usage', async () => {
    const { audit: run, path } = await workspace({ 'a/seamline.json': '{}', 'a/x.py': CODE, 'b.py': CODE });
    await expect(run({ paths: ['a', 'b.py'] })).rejects.toThrow(UsageError);
    await expect(run({ paths: ['a', 'b.py'] })).rejects.toThrow(`b.py: lies outside the root ${path('a')}`);
    await expect(run({ paths: ['nowhere'] })).rejects.toThrow('nowhere: no such file or folder');
  });

  test('overlapping paths audit each file once', async () => {
    const { audit: run } = await workspace({ 'a/x.py': CODE, 'a/b/y.py': CODE });
    expect(filesOf(await run({ paths: ['a', '.', 'a/b', 'a/x.py'] }))).toEqual(['a/b/y.py', 'a/x.py']);
  });
});

describe('ignored files', () => {
  test('nested .gitignore files, negation, and the nearest one decides', async () => {
    const { audit: run } = await workspace({
      '.gitignore': 'build/\n*.gen.py\n/only-top.py\n!keep.gen.py\n',
      'a.py': CODE,
      'b.gen.py': CODE,
      'keep.gen.py': CODE,
      'only-top.py': CODE,
      'build/c.py': CODE,
      'sub/only-top.py': CODE,
      'sub/.gitignore': '!d.gen.py\ne.py\n',
      'sub/d.gen.py': CODE,
      'sub/e.py': CODE,
      'sub/deep/e.py': CODE,
      'let-in/.gitignore': '!build/\n',
      'let-in/build/f.py': CODE,
      'let-in/build/g.gen.py': CODE,
    });
    const result = await run();
    expect([...filesOf(result), ...result.skipped.map(({ file }) => file)].sort()).toEqual([
      'a.py',
      'keep.gen.py',
      'let-in/build/f.py',
      // The pattern of the top that ignores the folder has no say inside it; see IgnoreStack.
      'let-in/build/g.gen.py',
      'sub/d.gen.py',
      'sub/only-top.py',
    ]);
  });

  test('.git/info/exclude counts, and so do .gitignore files between the repository and the root', async () => {
    const { audit: run, path } = await workspace({
      '.git/info/exclude': 'secret.py\n',
      '.gitignore': 'pkg/local.py\n',
      'pkg/seamline.json': '{}',
      'pkg/local.py': CODE,
      'pkg/secret.py': CODE,
      'pkg/a.py': CODE,
    });
    expect(filesOf(await run({ cwd: path('pkg') }))).toEqual(['a.py']);
  });

  test('files that are named are audited even where they are ignored', async () => {
    const { audit: run } = await workspace({
      '.gitignore': 'out/\n',
      'out/a.py': CODE,
      'out/b.py': CODE,
      'vendor/c.py': CODE,
    });
    expect(filesOf(await run({ paths: ['out/a.py', 'vendor/c.py'] }))).toEqual(['out/a.py', 'vendor/c.py']);
    expect(filesOf(await run({ paths: ['out'] }))).toEqual(['out/a.py', 'out/b.py']);
  });

  test('folders of tools and installed packages are never entered; dist and build are, unless ignored', async () => {
    const { audit: run } = await workspace({
      'node_modules/p/index.js': CODE,
      'app/__pycache__/a.py': CODE,
      'lib/site-packages/p/a.py': CODE,
      'my-env/pyvenv.cfg': '',
      'my-env/lib/a.py': CODE,
      'dist/a.js': CODE,
      'build/b.py': CODE,
      'venv/not-an-environment.py': CODE,
    });
    expect(filesOf(await run())).toEqual(['build/b.py', 'dist/a.js', 'venv/not-an-environment.py']);
  });

  test('vendored and generated files are named with the reason', async () => {
    const { audit: run } = await workspace({
      'third_party/lib/a.py': CODE,
      'src/vendor/b.js': CODE,
      'api_pb2.py': CODE,
      'lib.min.js': CODE,
      'schema.generated.ts': CODE,
      'client.py': '# coding: utf-8\n#\n# Code generated by tool v1. DO NOT EDIT.\nx = 1\n',
      'doc.py': '"""This module is automatically generated from the schema."""\n',
      'sdk.ts': '/* eslint-disable */\n/**\n * @generated SignedSource<<1>>\n */\nexport const a = 1;\n',
      'packed.js': `var a=${'b(1),'.repeat(5_000)}0;\n`,
    });
    const result = await run();
    expect(filesOf(result)).toEqual([]);
    expect(skippedOf(result)).toEqual([
      'api_pb2.py: generated',
      'client.py: generated',
      'doc.py: generated',
      'lib.min.js: generated',
      'packed.js: generated',
      'schema.generated.ts: generated',
      'sdk.ts: generated',
      'src/vendor/b.js: vendored',
      'third_party/lib/a.py: vendored',
    ]);
  });

  test('bundles named by their content and copies of released libraries are generated', async () => {
    const { audit: run } = await workspace({
      'public/workbox-9f2f79cf.js': CODE,
      'public/0d7f9c3bcea90f11.js': CODE,
      'public/main.3f2a1b9c0d.chunk.js': CODE,
      'static/chart-2.9.4.js': CODE,
      'static/jquery.js': CODE,
      'static/grid.js': '/*!\n * grid v3.1.0\n * Released under the MIT license\n */\nlet a = 1;\n',
      'pages.js':
        '/* Copyright 2024 Somebody */\n\n/******/ var modules = ({\n\n/***/ 9306:\n/***/ ((module) => {}) });\n',
      'hash.js': '/* hash.js */\nvar $jscomp=$jscomp||{};$jscomp.scope={};\n',
      'hashed.js': ";(function(){'use strict';var $jscomp=$jscomp||{};$jscomp.scope={};\n})();\n",
      'lists.js':
        "(function (Lists) {\n  Lists = Lists && Object.prototype.hasOwnProperty.call(Lists, 'default') ? Lists['default'] : Lists;\n})(lists);\n",
      'attach.js':
        '(function(f){if(typeof exports==="object"&&typeof module!=="undefined"){module.exports=f()}})(function(){});\n',
      'mapped.js': 'exports.a = 1;\n//# sourceMappingURL=mapped.js.map\n',
      'player.js': `let a = 1;\n${'// written by hand\n'.repeat(10_000)}var b=${'c(1),'.repeat(25_000)}0;\n`,
    });
    const result = await run();
    expect(filesOf(result)).toEqual([]);
    expect(skippedOf(result)).toHaveLength(13);
  });

  test('dates, words and banners without a version are no sign of a bundle', async () => {
    const { audit: run } = await workspace({
      'report-20240131.js': CODE,
      'shop-facadeee.js': CODE,
      'jquery-helpers.js': CODE,
      'own.js': '/*! shop, licence: MIT */\nlet a = 1;\n',
      'stars.js': '/****** the shop ******/\nlet a = 1;\n',
      'doc.js': '/** grid 3.1 is used here, see its license */\nlet a = 1;\n',
      'maps.js': 'let a = 1;\n//# sourceMappingURL= is what we look for\nlet b = 2;\n',
    });
    expect(skippedOf(await run())).toEqual([]);
  });

  test('files that speak of generated code, and migrations, are not generated', async () => {
    const { audit: run } = await workspace({
      'writer.py': '"""Writes files that say DO NOT EDIT, for the @generated banner of other tools."""\nx = 1\n',
      'list.py': '"""Do not edit the NAMES list by hand."""\nx = 1\n',
      'late.py': `x = 1\n# DO NOT EDIT\n`,
      'template.ts': 'export const banner = `// @generated`;\n// Code generated by this template\n',
      'app/migrations/0001_initial.py': '# Generated by Django 5.2 on 2025-01-01 10:00\n\nx = 1\n',
      'picture.ts': `export const PICTURE = '${'iVBORw0KGgo'.repeat(5_000)}';\nexport function show() {}\n`,
      'table.py': `T = [${'1, '.repeat(5_000)}]\n`,
    });
    expect(skippedOf(await run())).toEqual([]);
  });
});

describe('symbolic links', () => {
  test('circles end, nothing is audited twice, and nothing outside the root', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'seamline-outside-'));
    try {
      await writeFile(join(outside, 'far.py'), CODE);
      const { audit: run, path } = await workspace({ 'a/x.py': CODE });
      await symlink(path('a'), path('a/self'));
      await symlink('..', path('a/up'));
      await symlink(path('a/x.py'), path('alias.py'));
      await symlink(outside, path('far'));
      await symlink(join(outside, 'far.py'), path('far.py'));
      const result = await run();
      expect(filesOf(result)).toEqual(['a/x.py']);
      expect(skippedOf(result)).toEqual([]);
      expect(filesOf(await run({ paths: ['a/self', 'alias.py'] }))).toEqual(['a/x.py']);
      await expect(run({ paths: ['a', 'far.py'] })).rejects.toThrow('lies outside the root');
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  test('broken ones are unreadable, a folder with the name of a file is a folder', async () => {
    const { audit: run, path } = await workspace({ 'folder.py/inner.py': CODE });
    await symlink('nowhere.py', path('broken.py'));
    await symlink('circle.py', path('circle.py'));
    await mkdir(path('empty.ts'));
    const result = await run();
    expect(filesOf(result)).toEqual(['folder.py/inner.py']);
    expect(skippedOf(result, true)).toEqual([
      'broken.py: unreadable (broken symbolic link)',
      'circle.py: unreadable (symbolic links in a circle)',
    ]);
  });
});

test('the order does not depend on the disk, and an empty workspace is no error', async () => {
  const { audit: run } = await workspace({ 'b.py': CODE, 'a/z.py': CODE, 'B.py': CODE, 'a.py': CODE, 'ä.py': CODE });
  expect(filesOf(await run())).toEqual(['B.py', 'a.py', 'a/z.py', 'b.py', 'ä.py']);
  const empty = await workspace({ 'README.md': '# nothing\n' });
  expect(filesOf(await empty.audit())).toEqual([]);
});
