import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import { insertedStatements } from '../../session/typescript/local-change';

const source = (text: string, name = 'a.ts') => ts.createSourceFile(name, text, ts.ScriptTarget.Latest);

/** The statements that came, by their text; undefined where the whole file must be looked at. */
function inserted(before: string, after: string, name?: string): string[] | undefined {
  const now = source(after, name);
  return insertedStatements(source(before, name), now)?.map((one) => one.getText(now));
}

const HANDLER = `import { load } from './load';

export async function read(path: string) {
  try {
    return await load(path);
  } catch {
    return undefined;
  }
}
`;

describe('a change that nothing else in the file can feel', () => {
  test.each([
    ['a comment', HANDLER.replace('    return undefined', '    // No settings yet.\n    return undefined'), []],
    ['blanks', HANDLER.replace('  } catch {', '  }\n  catch {'), []],
    [
      'a call in a handler that had no variable',
      HANDLER.replace('catch {', "catch (error) {\n    console.warn('read', error);"),
      ["console.warn('read', error);"],
    ],
    [
      'an import and a call',
      `import { logger } from './logger';\n${HANDLER.replace('catch {', 'catch {\n    logger.info(path);')}`,
      ["import { logger } from './logger';", 'logger.info(path);'],
    ],
    [
      'a call that stands there already',
      HANDLER.replace('try {', 'try {\n    load(path);\n    load(path);'),
      ['load(path);', 'load(path);'],
    ],
  ])('%s', (_, after, expected) => {
    expect(inserted(HANDLER, after)).toEqual(expected);
  });

  test('the last handler of a function that says what it returns throws instead of returning nothing', () => {
    const before = HANDLER.replace('path: string)', 'path: string): Promise<string | undefined>');
    const after = before.replace(
      'catch {\n    return undefined;',
      'catch (error) {\n    log(error);\n    throw error;',
    );
    expect(inserted(before, after)).toEqual(['log(error);', 'throw error;']);
    expect(inserted(before.replace('return undefined;', ''), after)).toEqual(['log(error);', 'throw error;']);
  });

  test('the last handler of a function that returns nothing throws', () => {
    const before =
      'export async function f() {\n  if (a) return;\n  try {\n    await g(() => 1);\n  } catch {\n    return;\n  }\n}\n';
    const after = before.replace('catch {\n    return;', 'catch (error) {\n    throw error;');
    expect(inserted(before, after)).toEqual(['throw error;']);
  });

  test('a variable of a handler that nothing uses gets another name', () => {
    const before = 'try {\n  g();\n} catch (_error) {\n  h();\n}\n';
    expect(inserted(before, before.replace('catch (_error) {', 'catch (error) {\n  log(error);'))).toEqual([
      'log(error);',
    ]);
  });

  test('a rejection is handled by a function that had no parameter', () => {
    const before = 'load().catch(() => {\n  h();\n});\n';
    const after = 'load().catch((error: unknown) => {\n  log(error);\n  h();\n});\n';
    expect(inserted(before, after)).toEqual(['log(error);', after.trim()]);
  });
});

describe('a change that may be felt elsewhere', () => {
  test.each([
    ['another token', HANDLER.replace('undefined', 'null')],
    ['another literal', HANDLER.replace('./load', './loads')],
    ['a statement that is gone', HANDLER.replace('    return undefined;\n', '')],
    ['a throw', HANDLER.replace('    return undefined', "    throw new Error('x');\n    return undefined")],
    ['a declaration', HANDLER.replace('    return undefined', '    const a = 1;\n    return undefined')],
    ['an await', HANDLER.replace('    return undefined', '    await load(path);\n    return undefined')],
    [
      'an assignment in a call',
      HANDLER.replace('    return undefined', '    load((path = "a"));\n    return undefined'),
    ],
    ['a step in a function that is handed on', HANDLER.replace('  try', '  load(() => { counter++; });\n  try')],
    ['the filling of an array', HANDLER.replace('  try', '  list.push(1);\n  try')],
    ['a keyword', HANDLER.replace('export async function', 'async function')],
    ['an import of a name that the file uses', `import { path } from './path';\n${HANDLER}`],
    ['an import that only runs', `import './setup';\n${HANDLER}`],
    ['a directive for the compiler', HANDLER.replace('    return await', '    // @ts-ignore\n    return await')],
  ])('%s', (_, after) => {
    expect(inserted(HANDLER, after)).toBeUndefined();
  });

  describe('a throw at the end of a handler', () => {
    const told = HANDLER.replace('path: string)', 'path: string): Promise<string | undefined>');
    const thrown = (text: string) => text.replace(/catch {\n.*\n/, 'catch (error) {\n    throw error;\n');
    test.each([
      ['of a function that does not say what it returns', HANDLER],
      ['with code behind it', told.replace('  }\n}', '  }\n  done(path);\n}')],
      ['with code in a last block', told.replace('  }\n}', '  } finally {\n    done(path);\n  }\n}')],
      ['in a loop', told.replace('  try', '  for (;;) try')],
      ['of a function that returns nothing else', told.replace('return await', 'await')],
      ['that returned what has a name', told.replace('return undefined', 'return path')],
    ])('%s', (_, before) => {
      expect(inserted(told, thrown(told))).toEqual(['throw error;']);
      expect(inserted(before, thrown(before))).toBeUndefined();
    });
  });

  test('a variable of a handler that takes its name from one outside', () => {
    const before = 'export function f(error: string) {\n  try {\n    g();\n  } catch {\n    return error;\n  }\n}\n';
    expect(inserted(before, before.replace('catch {', 'catch (error) {'))).toBeUndefined();
    expect(inserted(before, before.replace('catch {', 'catch (cause) {'))).toEqual([]);
  });

  test('a variable of a handler that is used gets another name', () => {
    const before = 'try {\n  g();\n} catch (error) {\n  h(error);\n}\n';
    expect(inserted(before, before.replace('catch (error)', 'catch (cause)'))).toBeUndefined();
  });

  test.each([
    ['whose value is used', 'const a = load().catch(() => {});\n', 'const a = load().catch((e: unknown) => {});\n'],
    ['that says no type', 'load().catch(() => {});\n', 'load().catch((e) => {});\n'],
    ['whose name is used', 'load().catch(() => {\n  f(e);\n});\n', 'load().catch((e: unknown) => {\n  f(e);\n});\n'],
    ['of another method', 'load().then(() => {});\n', 'load().then((e: unknown) => {});\n'],
  ])('a parameter %s', (_, before, after) => {
    expect(inserted(before, after)).toBeUndefined();
  });

  test('a directive that stands before another line than it did', () => {
    const before = 'function f() {\n  // @ts-ignore\n  g();\n}\n';
    expect(inserted(before, before.replace('  g', '  h();\n  g'))).toBeUndefined();
    expect(inserted(before, before.replace('g();', 'g();\n  h();'))).toEqual(['h();']);
  });

  test('line breaks that end a statement', () => {
    expect(inserted('function f() {\n  return 1;\n}\n', 'function f() {\n  return\n  1;\n}\n')).toBeUndefined();
  });

  test('an import into a file that was no module', () => {
    expect(inserted('const a = 1;\n', "import { b } from './b';\nconst a = 1;\n")).toBeUndefined();
  });

  test('JavaScript, where a call may declare', () => {
    expect(inserted('f();\n', "f();\nObject.defineProperty(f, 'x', {});\n", 'a.js')).toBeUndefined();
  });
});
