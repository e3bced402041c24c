import type { Snippet } from './catalogue';

const repeat = (text: string, count: number): string => text.repeat(count);

/** A block in a block in a block: every level is indented by one. */
function nested(count: number, header: string, footer = ''): string {
  const lines = Array.from({ length: count }, (_, level) => `${repeat(' ', level)}${header}`);
  const footers = lines.map((_, level) => `${repeat(' ', level)}${footer}`).reverse();
  return [...lines, `${repeat(' ', count)}pass`, ...(footer ? footers : []), ''].join('\n');
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, ' ');

/** The last valid size and the first invalid one. */
const SIZES: readonly (readonly [title: string, valid: string, invalid: string])[] = [
  ['indentations', nested(99, 'if a:'), nested(100, 'if a:')],
  ['parentheses', `${repeat('(', 200)}1${repeat(')', 200)}\n`, `${repeat('(', 201)}1${repeat(')', 201)}\n`],
  ['lists', `x = ${repeat('[', 200)}${repeat(']', 200)}\n`, `x = ${repeat('[', 201)}${repeat(']', 201)}\n`],
  ['calls', `${repeat('f(', 200)}${repeat(')', 200)}\n`, `${repeat('f(', 201)}${repeat(')', 201)}\n`],
  ['f-strings', `${repeat("f'{", 149)}1${repeat("}'", 149)}\n`, `${repeat("f'{", 150)}1${repeat("}'", 150)}\n`],
  ['format specifiers', "f'{a:{b:{c}}}'\n", "f'{a:{b:{c:{d}}}}'\n"],
  ['for', nested(21, 'for a in b:'), nested(22, 'for a in b:')],
  ['while', nested(21, 'while a:'), nested(22, 'while a:')],
  ['with', nested(21, 'with a:'), nested(22, 'with a:')],
  ['items of with', nested(10, 'with a, b:'), nested(11, 'with a, b:')],
  ['try and except', nested(20, 'try:', 'except A: pass'), nested(21, 'try:', 'except A: pass')],
  ['try and finally', nested(21, 'try:', 'finally: pass'), nested(22, 'try:', 'finally: pass')],
  [
    'for in async functions',
    `async def f():\n${indented(nested(20, 'async for a in b:'))}`,
    `async def f():\n${indented(nested(21, 'async for a in b:'))}`,
  ],
  [
    'for in generators',
    `def f():\n yield\n${indented(nested(20, 'for a in b:'))}`,
    `def f():\n yield\n${indented(nested(21, 'for a in b:'))}`,
  ],
  ['targets before a starred one', `${repeat('a, ', 255)}*b = c\n`, `${repeat('a, ', 256)}*b = c\n`],
  [
    'patterns before a starred one',
    `match a:\n case [${repeat('_, ', 255)}*b]: pass\n`,
    `match a:\n case [${repeat('_, ', 256)}*b]: pass\n`,
  ],
  ['digits', `x = ${repeat('1', 4300)}\n`, `x = ${repeat('1', 4301)}\n`],
  ['hexadecimal digits', `x = 0x${repeat('1', 5000)}\n`, `x = ${repeat('1_1', 2200)}\n`],
];

const CHARACTERS: readonly (readonly [valid: boolean, text: string])[] = [
  [true, 'x = 1\r\nif x:\r\n    y = 2\r\n'],
  [true, 'x = 1\rif x:\r    y = 2\r'],
  [true, 'x = 1\n\r\n\ry = 2\n'],
  [true, "x = 'a\\\r\nb'\ny = f'a\\\r\nb'\n"],
  [true, "x = '''a\r\nb'''\r\n"],
  [true, '\fx = 1\nif x:\n\f    y = 2\n    z = 3\n'],
  [true, 'if x:\n  y\n\\\n  z\n'],
  [true, 'if x:\n  y\n  \\\nz\n'],
  [true, 'if x:\n\ty = 1\n\tz = 2\n'],
  [true, 'if x:\n\tif y:\n\t    z = 1\n\t\t# tabs\n'],
  [true, 'x = 1 # end'],
  [true, 'if x:\n    pass\n  '],
  [true, 'if x:\n    pass\n  # end'],
  [true, ''],
  [true, '\n\n'],
  [true, '   \n\t\n'],
  [true, '   '],
  [true, 'x = "😀" # 😀\n'],
  [true, '𝐱 = 1\nx\n'],
  [false, "x = 'a\rb'\n"],
  [false, 'x = 1\\'],
  [false, 'x = 1\\\n'],
  [false, '\\\n'],
  [false, 'x = 1 \\ \n'],
  [false, 'if x:\n\ty = 1\n        z = 2\n'],
  [false, 'if x:\n        y = 1\n\tz = 2\n'],
  [false, 'if x:\n \ty = 1\n        z = 2\n'],
  [false, 'if x:\n  y\n \\\n  z\n'],
  [false, 'if x:\n    y\n\tif z:\n\t  a\n'],
  [false, 'x = 1\0\n'],
  [false, '# a\0b\n'],
  [false, 'x\u00a0= 1\n'],
  [false, 'x\u3000= 1\n'],
  [false, '\ufeffx = 1\n'],
  [false, 'x = 1\u200b\n'],
  [false, 'x = 1 \u2212 2\n'],
  [false, 'x = \u201ca\u201d\n'],
  [false, 'x\u0001 = 1\n'],
  [false, 'x = \u007f\n'],
  [false, '😀 = 1\n'],
  [false, "x = '\ud800'\n"],
  [false, 'x = {"a": 1\n'],
  [false, "x = f'{a"],
  [false, "x = '''a"],
];

/** What cannot be written in a Markdown block, or not so that a reader would see it. */
export const LIMITS: readonly Snippet[] = [
  ...SIZES.flatMap(([title, valid, invalid]) => [
    { topic: `limits: ${title}`, text: valid, isValid: true },
    { topic: `limits: ${title}`, text: invalid, isValid: false },
  ]),
  ...CHARACTERS.map(([isValid, text]) => ({ topic: 'limits: characters', text, isValid })),
];
