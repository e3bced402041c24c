import { describe, expect, test } from 'vitest';
import type { ImportFact } from '../../core/facts/imports';
import { PythonModules } from '../../core/modules/python/modules';

/** Imports as lines: `a.b: x, y as z`, with `(lazy)` or `(type)` behind. */
function modulesOf(files: Readonly<Record<string, string>>): PythonModules {
  const facts = new Map(Object.entries(files).map(([file, text]) => [file, text.split(';').flatMap(factOf)]));
  return new PythonModules(Object.keys(files), (file) => facts.get(file) ?? []);
}

function factOf(text: string, line: number): ImportFact[] {
  const match = /^\s*([.\w]+)(?:: ([^(]*))?(?:\((lazy|type)\))?\s*$/.exec(text);
  if (!match) return [];
  const items = (match[2] ?? '').split(',').map((item) => item.trim().split(' as '));
  const renamed = items.filter((item) => item.length === 2);
  return [
    {
      module: match[1]!,
      names: items.map(([name]) => name!).filter((name) => name !== ''),
      ...(renamed.length > 0 ? { aliases: Object.fromEntries(renamed) } : {}),
      line,
      ...(match[3] === 'lazy' ? { lazy: true } : {}),
      ...(match[3] === 'type' ? { typeOnly: true } : {}),
    },
  ];
}

describe('names of files', () => {
  test('packages begin below the innermost folder without `__init__.py`', () => {
    const modules = modulesOf({ 'src/app/__init__.py': '', 'src/app/core/__init__.py': '', 'src/app/core/run.py': '' });
    expect(modules.nameOf('src/app/core/run.py')).toBe('app.core.run');
    expect(modules.nameOf('src/app/core/__init__.py')).toBe('app.core');
    expect(modules.namesOf('src/app/core/run.py')).toEqual(['app.core.run', 'src.app.core.run']);
  });

  test('imports tell where a namespace package begins', () => {
    const files = { 'venom/core/run.py': '', 'venom/core/tool.py': '' };
    expect(modulesOf(files).nameOf('venom/core/run.py')).toBe('run');
    expect(modulesOf({ ...files, 'main.py': 'venom.core.tool: x' }).nameOf('venom/core/run.py')).toBe('venom.core.run');
  });

  test('a file whose path is no dotted name has the name below it, or none', () => {
    const modules = modulesOf({ 'my-app/tool.py': '', 'my-app/run-it.py': '' });
    expect(modules.nameOf('my-app/tool.py')).toBe('tool');
    expect(modules.nameOf('my-app/run-it.py')).toBeUndefined();
  });

  test('a stray `__init__.py` in the root makes no package of it', () => {
    expect(modulesOf({ '__init__.py': '', 'tool.py': '' }).nameOf('tool.py')).toBe('tool');
  });
});

describe('resolution', () => {
  const modules = modulesOf({
    'src/app/__init__.py': '.core: run',
    'src/app/core/__init__.py': '.run: start; .: tool; app.core: deep as low',
    'src/app/core/run.py': '',
    'src/app/core/tool.py': '',
    'src/app/logging.py': '',
    'src/app/stub.pyi': '',
    'tests/test_run.py': 'app.core.run: start',
  });

  test.each([
    ['tests/test_run.py', 'app.core.run', ['src/app/core/run.py']],
    ['tests/test_run.py', 'app.core', ['src/app/core/__init__.py']],
    ['tests/test_run.py', 'app.stub', ['src/app/stub.pyi']],
    ['tests/test_run.py', 'app.missing', []],
    ['tests/test_run.py', 'requests', []],
    ['src/app/core/run.py', '.tool', ['src/app/core/tool.py']],
    ['src/app/core/run.py', '..', ['src/app/__init__.py']],
    ['src/app/core/run.py', '..core.tool', ['src/app/core/tool.py']],
    ['src/app/core/run.py', '......core', []],
    ['src/app/core/run.py', 'logging', []],
    ['src/app/core/run.py', 'app.logging', ['src/app/logging.py']],
  ])('in %s, %s means %j', (importer, module, expected) => {
    expect(modules.resolve(importer, module)).toEqual(expected);
  });

  test('a member is a submodule, unless the package binds the name itself', () => {
    expect(modules.resolveMember('tests/test_run.py', 'app.core', 'tool')).toEqual(['src/app/core/tool.py']);
    expect(modules.resolveMember('tests/test_run.py', 'app.core', 'other')).toEqual(['src/app/core/__init__.py']);
    expect(modules.resolveMember('src/app/core/run.py', '.', 'tool')).toEqual(['src/app/core/tool.py']);
    const hidden = modulesOf({ 'p/__init__.py': 'p.impl: x as run', 'p/impl.py': '', 'p/run.py': '' });
    expect(hidden.resolveMember('main.py', 'p', 'run')).toEqual(['p/__init__.py']);
  });

  test('re-exports of packages lead to the definition', () => {
    const names = modulesOf({
      'p/__init__.py': '.q: a as b, c; .late: d (lazy); .one: e; .two: e',
      'p/q/__init__.py': '.r: a',
      'p/q/r.py': '.s: c',
      'p/q/s.py': '',
      'p/late.py': '',
      'p/one.py': '',
      'p/two.py': '',
    });
    expect(names.definitionOf('p/__init__.py', 'b')).toEqual({ file: 'p/q/r.py', name: 'a' });
    expect(names.definitionOf('p/__init__.py', 'c')).toEqual({ file: 'p/q/__init__.py', name: 'c' });
    expect(names.definitionOf('p/__init__.py', 'd')).toEqual({ file: 'p/__init__.py', name: 'd' });
    expect(names.definitionOf('p/__init__.py', 'e')).toEqual({ file: 'p/__init__.py', name: 'e' });
    expect(names.definitionOf('p/q/r.py', 'c')).toEqual({ file: 'p/q/r.py', name: 'c' });
  });

  test('two packages of one name: the one around the importer, else both', () => {
    const two = modulesOf({
      'a/app/__init__.py': '',
      'a/app/x.py': '',
      'a/main.py': '',
      'b/app/__init__.py': '',
      'b/app/x.py': '',
      'tool.py': '',
    });
    expect(two.resolve('a/main.py', 'app.x')).toEqual(['a/app/x.py']);
    expect(two.resolve('tool.py', 'app.x')).toEqual(['a/app/x.py', 'b/app/x.py']);
  });

  test('a package from outside is not taken for a folder deep in a package', () => {
    const files = {
      'sup/docker/__init__.py': '',
      'sup/docker/manager.py': 'docker: errors',
      'main.py': 'sup.docker.manager: M',
    };
    expect(modulesOf(files).resolve('sup/docker/manager.py', 'docker')).toEqual([]);
    expect(modulesOf(files).groupOf('main.py', 'docker')).toBe('third');
    const apart = { 'tools/docker/build.py': '', 'docker/x.py': '' };
    expect(modulesOf({ 'tools/docker/build.py': '' }).groupOf('main.py', 'docker')).toBe('third');
    expect(modulesOf(apart).groupOf('main.py', 'docker')).toBe('first');
  });

  test('the sections of imports', () => {
    const group = (module: string) => modules.groupOf('tests/test_run.py', module);
    expect(['__future__', 'os.path', 'requests', 'app.core', '.x'].map(group)).toEqual([
      'future',
      'standard',
      'third',
      'first',
      'local',
    ]);
  });
});

describe('importers', () => {
  const modules = modulesOf({
    'p/__init__.py': '.a: x',
    'p/a.py': '',
    'p/b.py': 'p.a: x, y as z (type)',
    'p/c.py': '.: a (lazy); p.a',
    'p/d.py': 'p: x',
  });

  test('with the names they take, or the module itself', () => {
    const found = modules
      .importersOf('p/a.py')
      .map(({ file, names, fact }) => [file, names, fact.lazy ?? fact.typeOnly]);
    expect(found).toEqual([
      ['p/__init__.py', ['x'], undefined],
      ['p/b.py', ['x', 'y'], true],
      ['p/c.py', undefined, true],
      ['p/c.py', undefined, undefined],
    ]);
    expect(modules.importersOf('p/__init__.py').map(({ file, names }) => [file, names])).toEqual([['p/d.py', ['x']]]);
  });
});

describe('cycles', () => {
  const cycle = (files: Readonly<Record<string, string>>, importer: string, target: string) =>
    modulesOf(files).wouldCloseCycle(importer, target);

  test('the shortest way back', () => {
    const files = { 'a.py': '', 'b.py': 'c; d', 'c.py': 'e', 'd.py': 'a', 'e.py': 'a' };
    expect(cycle(files, 'a.py', 'b.py')).toEqual(['a.py', 'b.py', 'd.py', 'a.py']);
    expect(cycle(files, 'b.py', 'e.py')).toBeUndefined();
    expect(cycle(files, 'a.py', 'a.py')).toEqual(['a.py', 'a.py']);
  });

  test('what runs at call time or for type checkers closes none', () => {
    expect(cycle({ 'a.py': '', 'b.py': 'a (lazy)' }, 'a.py', 'b.py')).toBeUndefined();
    expect(cycle({ 'a.py': '', 'b.py': 'a: x (type)' }, 'a.py', 'b.py')).toBeUndefined();
  });

  test('what is imported already closes no new one', () => {
    expect(cycle({ 'a.py': 'b', 'b.py': 'a' }, 'a.py', 'b.py')).toBeUndefined();
  });

  test('a submodule brings the packages around it', () => {
    const files = { 'main.py': '', 'p/__init__.py': 'main: x', 'p/q/__init__.py': '', 'p/q/r.py': '' };
    expect(cycle(files, 'main.py', 'p/q/r.py')).toEqual(['main.py', 'p/__init__.py', 'main.py']);
  });

  test('the package around both is being loaded and leads nowhere, unless it is named', () => {
    const files = { 'p/__init__.py': '.a: x', 'p/a.py': '', 'p/b.py': '', 'p/c.py': 'p: x' };
    expect(cycle(files, 'p/a.py', 'p/b.py')).toBeUndefined();
    expect(cycle(files, 'p/a.py', 'p/c.py')).toEqual(['p/a.py', 'p/c.py', 'p/__init__.py', 'p/a.py']);
  });
});
