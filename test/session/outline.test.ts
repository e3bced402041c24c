import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import { outlineChange } from '../../session/typescript/outline';
import { seenChange } from '../../session/typescript/shape';

const PRELUDE = 'interface Array<T> { length: number; [index: number]: T }\ninterface String { length: number }\n';

/** A program of one module without the library of the language. */
function program(text: string): ts.Program {
  const files = new Map([
    ['/lib.d.ts', PRELUDE],
    ['/other.ts', 'export interface Size { width: number }\nexport declare function size(): Size;\n'],
    ['/a.ts', text],
  ]);
  const options: ts.CompilerOptions = { noLib: true, strict: true, module: ts.ModuleKind.ESNext };
  const host: ts.CompilerHost = {
    getSourceFile: (name, format) =>
      files.has(name) ? ts.createSourceFile(name, files.get(name)!, format) : undefined,
    getDefaultLibFileName: () => '/lib.d.ts',
    writeFile: () => {},
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name),
  };
  return ts.createProgram({ rootNames: ['/lib.d.ts', '/a.ts'], options, host });
}

const seen = (before: string, after: string) => seenChange(program(before), program(after), '/a.ts');

/** Whether the texts of both were enough, but for types. */
function isTold(before: string, after: string): boolean {
  const source = (text: string) => ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest);
  return outlineChange(source(before), source(after)) !== undefined;
}

const MODULE = `import { size } from './other';

export function width() {
  return size().width;
}

export class Box {
  private count = 0;

  constructor(private readonly name: string) {
    this.count = name.length;
  }

  area(): number {
    return this.count;
  }

  label = (text: string) => {
    return text.length + this.count;
  };
}
`;

describe('what importing files see of a change', () => {
  test.each([
    ['nothing of a body that returns what it returned', ['size().width', '2 * size().width'], 'none', true],
    ['nothing of a body whose type is told', ['return this.count', 'return -this.count'], 'none', true],
    ['nothing of a function that is a value', ['text.length + ', ''], 'none', true],
    ['another type of a body', ['size().width', 'size()'], 'any', true],
    ['another type of a value', ['text.length + this.count', 'size'], 'any', true],
    ['what became exported', ['export class', 'export default class'], 'any', false],
    ['nothing of a class for this module alone', ['export class', 'class Part {}\n\nexport class'], 'none', true],
    ['a class for others', ['export class', 'export class Part {}\n\nexport class'], 'additions', true],
    ['nothing of an import', ["'./other';", "'./other';\nimport type { Size } from './other';"], 'none', true],
    ['nothing of a comment', ['export class', '/** A box. */\nexport class'], 'none', true],
    ['a field', ['  area()', '  depth = 1;\n\n  area()'], 'any', false],
    ['nothing of what a constructor does', ['this.count = name.length', 'this.count = 1'], 'none', false],
    ['a type with a name that hides it', ['return size().width', 'class Own {}\n  return new Own()'], 'any', false],
  ] as const)('%s', (_, [before, after], expected, isEnough) => {
    const changed = MODULE.replace(before, after);
    expect(changed).not.toBe(MODULE);
    expect([seen(MODULE, changed), isTold(MODULE, changed)]).toEqual([expected, isEnough]);
  });

  test('a function that says nothing of its argument any more', () => {
    const before = "export function isText(value: unknown) {\n  return typeof value === 'string';\n}\n";
    expect(seen(before, before.replace("=== 'string'", "!== 'number'"))).toBe('any');
    expect(seen(before, before.replace('  return', '\n  return'))).toBe('none');
  });

  test('types of one name from two modules', () => {
    const before = "import { size } from './other';\nexport function make() {\n  return size();\n}\n";
    const own = before.replace('export', 'interface Size { depth: number }\ndeclare function own(): Size;\nexport');
    expect(seen(own, own.replace('return size()', 'return own()'))).toBe('any');
  });

  test('a declaration in a file that is no module, which all others see', () => {
    const before = 'function a() {\n  return 1;\n}\n';
    expect(seen(before, `class B {}\n${before}`)).toBe('any');
  });

  test('a type that refers to itself is compared as the compiler writes it', () => {
    const before = 'export function make() {\n  const a = { get self() { return a; }, n: 1 };\n  return a;\n}\n';
    expect(seen(before, before.replace('n: 1', "n: ''"))).toBe('any');
  });
});
