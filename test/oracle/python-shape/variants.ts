import fc from 'fast-check';

/** What surrounds a text: each decides anew what may stand in it. */
const CONTEXTS: readonly ((text: string, indented: string) => string)[] = [
  (_, indented) => `def f(p, *q):\n${indented}`,
  (_, indented) => `async def f():\n${indented}`,
  (_, indented) => `class C:\n${indented}`,
  (_, indented) => `for i in j:\n${indented}`,
  (_, indented) => `while i:\n${indented}else:\n${indented}`,
  (_, indented) => `try:\n${indented}except* E:\n${indented}`,
  (_, indented) => `try:\n${indented}finally:\n${indented}`,
  (_, indented) => `with a as b:\n${indented}`,
  (_, indented) => `match a:\n case [1, b]:\n${indented}`,
  (_, indented) => `async def f():\n def g(a):\n${indented}`,
  (text) => `x = (${line(text)})\n`,
  (text) => `x = [${line(text)}]\n`,
  (text) => `x = {${line(text)}}\n`,
  (text) => `f(${line(text)})\n`,
  (text) => `a[${line(text)}]\n`,
  (text) => `x = lambda: ${line(text)}\n`,
  (text) => `x = [${line(text)} for a in b]\n`,
  (text) => `async def f():\n return [a for a in b if ${line(text)}]\n`,
  (text) => `def f():\n return (a for a in ${line(text)})\n`,
  (text) => `x: ${line(text)} = 1\n`,
  (text) => `type X[T] = ${line(text)}\n`,
  (text) => `def f[T: (${line(text)})](a: ${line(text)}): pass\n`,
  (text) => `@${line(text)}\nclass C(${line(text)}): pass\n`,
  (text) => `x = f'{${line(text)}}'\n`,
  (text) => `x = f"""{${line(text)}!r:>{${line(text)}}}"""\n`,
  (text) => `${line(text)} = 1\n`,
  (text) => `${line(text)} += 1\n`,
  (text) => `del ${line(text)}\n`,
  (text) => `for ${line(text)} in x: pass\n`,
  (text) => `with a as ${line(text)}: pass\n`,
  (text) => `with (${line(text)}): pass\n`,
  (text) => `match a:\n case ${line(text)}: pass\n`,
  (text) => `lambda ${line(text)}: 1\n`,
  (text) => `def f(${line(text)}): pass\n`,
  (text) => `import ${line(text)}\nfrom a import ${line(text)}\n`,
  (text) => `if ${line(text)}: ${line(text)}\n`,
  (text) => `try: ${line(text)}\nexcept ${line(text)}: pass\n`,
  (text) => `return ${line(text)}\n`,
  (text) => `def f():\n return ${line(text)}\n yield ${line(text)}\n`,
  (text) => `async def f():\n await ${line(text)}\n`,
];

const line = (text: string): string => text.trimEnd();

/** Pieces of a text: words, blanks, line ends with their indentation, and single other characters. */
const pieces = (text: string): string[] => text.match(/\r?\n[ \t]*|[ \t]+|[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]|\s/gu) ?? [];

const OPERATIONS: readonly ((text: string, other: string, a: number, b: number) => string)[] = [
  // Delete, duplicate, swap, replace and insert a piece.
  (text, _, a) => edit(text, a, () => []),
  (text, _, a) => edit(text, a, (piece) => [piece, piece]),
  (text, _, a, b) => swap(pieces(text), a, b).join(''),
  (text, _, a) => swap(pieces(text), a, a + 1).join(''),
  (text, other, a, b) => edit(text, a, () => [pick(pieces(other), b)]),
  (text, other, a, b) => edit(text, a, (piece) => [piece, ' ', pick(pieces(other), b), ' ']),
  // Indent, dedent, delete, duplicate and swap a line.
  (text, _, a) => editLine(text, a, (one) => [` ${one}`]),
  (text, _, a) => editLine(text, a, (one) => [`    ${one}`]),
  (text, _, a) => editLine(text, a, (one) => [one.replace(/^[ \t]{1,4}/, '')]),
  (text, _, a) => editLine(text, a, (one) => [one.replace(/^ {4}/, '\t')]),
  (text, _, a) => editLine(text, a, () => []),
  (text, _, a) => editLine(text, a, (one) => [one, one]),
  (text, _, a, b) => swap(text.split('\n'), a, b).join('\n'),
  // Two texts in one.
  (text, other) => text + other,
  (text, other) => `${line(text)}; ${other}`,
  (text, other, a) => edit(text, a, (piece) => [piece, line(other)]),
  // Another surrounding, twice as often as the others together.
  ...Array.from({ length: 20 }, () => (text: string, _: string, a: number) => {
    const indented = text.replace(/^(?=.)/gm, '    ');
    return CONTEXTS[a % CONTEXTS.length]!(text, indented);
  }),
];

/**
 * Texts made from others by one to three small changes: most are invalid, and each in its own way.
 * @param seed the same seed gives the same texts
 */
export function variants(texts: readonly string[], count: number, seed: number): string[] {
  const index = fc.nat(texts.length - 1);
  const change = fc.record({
    operation: fc.nat(OPERATIONS.length - 1),
    other: index,
    a: fc.nat(9999),
    b: fc.nat(9999),
  });
  const changed = fc
    .tuple(index, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([start, changes]) =>
      changes.reduce(
        (text, { operation, other, a, b }) => OPERATIONS[operation]!(text, texts[other]!, a, b),
        texts[start]!,
      ),
    );
  const all = fc.sample(fc.noBias(changed), { numRuns: count, seed });
  return [...new Set(all)];
}

function pick<T>(list: readonly T[], at: number): T {
  return list[at % Math.max(1, list.length)] ?? ('' as T);
}

function edit(text: string, at: number, change: (piece: string) => string[]): string {
  const all = pieces(text);
  if (all.length === 0) return text;
  const index = at % all.length;
  return [...all.slice(0, index), ...change(all[index]!), ...all.slice(index + 1)].join('');
}

function editLine(text: string, at: number, change: (line: string) => string[]): string {
  const lines = text.split('\n');
  const index = at % lines.length;
  return [...lines.slice(0, index), ...change(lines[index]!), ...lines.slice(index + 1)].join('\n');
}

function swap(list: string[], a: number, b: number): string[] {
  if (list.length < 2) return list;
  const [first, second] = [a % list.length, b % list.length];
  [list[first], list[second]] = [list[second]!, list[first]!];
  return list;
}
