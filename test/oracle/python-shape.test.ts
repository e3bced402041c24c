import { beforeAll, describe, expect, it } from 'vitest';
import type { SyntaxEngine } from '../../core/syntax/engine';
import { SourceFile } from '../../core/text/source-file';
import { checkPythonShape } from '../../core/verify/python-shape';
import { wasmEngine } from '../support/engine';
import { type CPython, loadCPython } from './cpython';
import { catalogue, normalised, type Snippet } from './python-shape/catalogue';
import { type Comparison, compared, described } from './python-shape/comparison';
import { KNOWN_GAPS } from './python-shape/known-gaps';
import { realStatements } from './python-shape/real-statements';
import { variants } from './python-shape/variants';
import { verdictOn } from './python-shape/verdict';
import { sample } from './sample';

/** `scripts/proof/python-shape.mts` asks the same of whole folders and of more variants. */
const SEED = 20_260_101;
const VARIANTS = 40_000;
const MODULES = 150;

let engine: SyntaxEngine;
let python: CPython;
let cases: Snippet[];
let library: string[];

beforeAll(async () => {
  engine = await wasmEngine();
  python = await loadCPython();
  cases = await catalogue();
  library = sample([...python.standardLibrary().values()], MODULES, SEED);
});

const compare = (texts: readonly string[]): Comparison => compared(texts, engine, python, KNOWN_GAPS);

describe('the shape of Python is that of CPython', () => {
  it('asks CPython 3.14', () => {
    expect(python.version).toMatch(/^3\.14\./);
  });

  it('every case says what CPython says of it', () => {
    const said = python.compileErrors(cases.map((one) => one.text));
    const wrong = cases.flatMap((one, index) =>
      one.isValid === (said[index] === undefined) ? [] : [{ ...one, said: said[index] }],
    );
    expect(wrong).toEqual([]);
    expect(cases.filter((one) => one.isValid).length).toBeGreaterThan(400);
    expect(cases.filter((one) => !one.isValid).length).toBeGreaterThan(1000);
  });

  it('the cases bring about more than 200 different errors of CPython', () => {
    const messages = python.compileErrors(cases.map((one) => one.text)).filter((message) => message !== undefined);
    expect(new Set(messages.map(normalised)).size).toBeGreaterThan(200);
  });

  it('all cases are judged alike', () => {
    const result = compare(cases.map((one) => one.text));
    expect(result.disagreements).toEqual([]);
    // What tree-sitter cannot read is refused, though it is valid: a gap of the grammar, which this number must not hide.
    expect(result.unparsedValid.length, described(result)).toBeLessThanOrEqual(6);
  });

  it(`${VARIANTS} variants of cases and of real statements are judged alike`, () => {
    const short = cases.map((one) => one.text).filter((text) => text.length < 400);
    const result = compare(variants([...short, ...realStatements(library, engine)], VARIANTS, SEED));
    console.log(`variants: ${described(result)}`);
    expect(result.disagreements.filter((one) => one.said === undefined)).toEqual([]);
    expect(result.disagreements.length, described(result)).toBeLessThanOrEqual(result.invalid * 0.001);
    expect(result.valid).toBeGreaterThan(VARIANTS * 0.05);
    expect(result.invalid).toBeGreaterThan(VARIANTS * 0.5);
  });

  it(`${MODULES} modules of the standard library are clean`, () => {
    const result = compare(library);
    expect(result.disagreements).toEqual([]);
    expect(result.valid).toBeGreaterThan(MODULES * 0.95);
    expect(result.unparsedValid.length, described(result)).toBeLessThanOrEqual(1);
  });

  it('the gaps that are known are gaps still', () => {
    for (const { example, message } of KNOWN_GAPS) {
      expect(python.compileErrors([example])[0]).toMatch(message);
      expect(verdictOn(example, engine).own).toBeUndefined();
    }
  });

  it('sees a difference when there is one', () => {
    const lenient: CPython = { ...python, compileErrors: (texts) => texts.map(() => undefined) };
    const result = compared(['return\n', 'pass\n'], engine, lenient, []);
    expect(result.disagreements).toEqual([{ text: 'return\n', said: undefined, own: "'return' outside function" }]);
  });
});

describe('an error', () => {
  it('has a stable code and a place in the text', () => {
    const codes = new Set<string>();
    for (const { text } of cases) {
      for (const { code, start, end } of verdictOn(text, engine).errors) {
        codes.add(code);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length + 1);
      }
    }
    expect([...codes].filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
    expect(codes.size).toBeGreaterThan(80);
  });

  it.each([
    ['return 1\n', 'return-outside-function', 'return'],
    ['def f(a, b, a): pass\n', 'duplicate-parameter', 'a'],
    ['x = 1\n  y = 2\n', 'unexpected-indent', '  '],
    ['if x:\npass\n', 'missing-block', 'pass'],
    ['def f():\n    a = 1\n    global a\n', 'declared-too-late', 'a'],
    ["x = 'é' 😀\n", 'invalid-character', '😀'],
  ])('stands where it belongs: %j', (text, code, place) => {
    const { own } = verdictOn(text, engine);
    expect(own && [own.code, text.slice(own.start, own.end)]).toEqual([code, place]);
  });

  it('is called `unread` where tree-sitter found one', () => {
    for (const text of ['def f(:\n    return 1\n', 'x = (1\n', 'class A\n    pass\n', 'if x = 1: pass\n']) {
      const { errors, isUnparsed } = verdictOn(text, engine);
      expect(isUnparsed).toBe(true);
      expect(errors[0]?.code).toBe('unread');
    }
  });
});

describe('large and deep texts neither throw nor take long', () => {
  it.each([
    ['3,000 nested parentheses', `x = ${'('.repeat(3000)}1${')'.repeat(3000)}\n`, 'too-deep'],
    ['3,000 nested lists that never close', `x = ${'['.repeat(3000)}\n`, 'too-deep'],
    ['3,000 lambdas in each other', `x = ${'lambda: '.repeat(3000)}1\n`, 'too-deep'],
    ['3,000 signs', `x = ${'- '.repeat(3000)}1\n`, undefined],
    ['3,000 conditions', `x = ${'a if b else '.repeat(3000)}c\n`, undefined],
    ['3,000 attributes and calls', `x = a${'.b()'.repeat(3000)}\n`, undefined],
    ['a line of 5 MB: a string', `x = '${'a'.repeat(5_000_000)}'\n`, undefined],
    ['a line of 5 MB: a sum', `x = 1${' + y'.repeat(1_250_000)}\n`, undefined],
    ['a line of 5 MB: a list', `x = [${'1, '.repeat(1_666_666)}]\n`, undefined],
  ])('%s', (_, text, code) => {
    // Such a tree would take tree-sitter's time, not the checker's: the root of a small one stands for it.
    const tree = engine.parse('x = 1\n', 'python');
    const before = process.cpuUsage();
    const errors = checkPythonShape(new SourceFile(text), tree.rootNode);
    expect(errors[0]?.code).toBe(code);
    // Processor time: other tests run beside this one. What grew with the square of a text would take minutes.
    expect(process.cpuUsage(before).user / 1_000_000).toBeLessThan(10);
    tree.delete();
  });

  it('3,000 nested parentheses, in a tree of their own', () => {
    expect(verdictOn(`x = ${'('.repeat(3000)}1${')'.repeat(3000)}\n`, engine).errors.length).toBeGreaterThan(0);
  });
});
