/** A range between `⟦` and `⟧` in a text, and what flows across its border; names stand in alphabetical order. */
export interface FlowCase {
  readonly title: string;
  readonly code: string;
  readonly reads?: string;
  readonly writes?: string;
  readonly maybeWrites?: string;
  readonly readAfter?: string;
}

export const flowCases: readonly FlowCase[] = [
  {
    title: 'straight statements',
    code: `
      def f(a, b):
          c = a
          ⟦d = c + b
          e = d⟧
          return e
    `,
    reads: 'b c',
    writes: 'd e',
    readAfter: 'e',
  },
  {
    title: 'names of the module and builtins do not flow',
    code: `
      X = 1
      def f():
          ⟦y = len(X)⟧
          return y
    `,
    writes: 'y',
    readAfter: 'y',
  },
  {
    title: 'at module level nothing flows',
    code: `
      x = 1
      ⟦y = x⟧
      print(y)
    `,
  },
  {
    title: 'a value read and written',
    code: `
      def f(a):
          ⟦a += 1
          a = a * 2⟧
          return a
    `,
    reads: 'a',
    writes: 'a',
    readAfter: 'a',
  },
  {
    title: 'a branch writes perhaps',
    code: `
      def f(a):
          ⟦if a:
              b = 1
          elif c():
              b = 2⟧
          print(b)
    `,
    reads: 'a',
    maybeWrites: 'b',
    readAfter: 'b',
  },
  {
    title: 'all branches write',
    code: `
      def f(a):
          ⟦if a:
              b = 1
          elif a > 1:
              b = 2
          else:
              raise ValueError⟧
          print(b)
    `,
    reads: 'a',
    writes: 'b',
    readAfter: 'b',
  },
  {
    title: 'a read behind a write on some paths only',
    code: `
      def f(a, b=None):
          ⟦if a:
              b = 1
          use(b)⟧
    `,
    reads: 'a b',
    maybeWrites: 'b',
  },
  {
    title: 'loops write perhaps',
    code: `
      def f(rows):
          ⟦for row in rows:
              last = row⟧
          return last, row
    `,
    reads: 'rows',
    maybeWrites: 'last row',
    readAfter: 'last row',
  },
  {
    title: 'an endless loop is left by break alone',
    code: `
      def f(read):
          ⟦while True:
              chunk = read()
              if not chunk:
                  break⟧
          return chunk
    `,
    reads: 'read',
    writes: 'chunk',
    readAfter: 'chunk',
  },
  {
    title: 'the range stands in a loop: earlier statements come later, too',
    code: `
      def f(rows):
          total = 0
          for row in rows:
              print(total)
              ⟦total = total + row
              seen = row⟧
    `,
    reads: 'row total',
    writes: 'seen total',
    readAfter: 'total',
  },
  {
    title: 'in a loop a name written first in each round is not read after',
    code: `
      def f(rows):
          for row in rows:
              value = row
              ⟦value = value + 1
              print(value)⟧
    `,
    reads: 'value',
    writes: 'value',
  },
  {
    title: 'continue starts the next round early',
    code: `
      def f(rows, seen):
          for row in rows:
              print(seen)
              ⟦seen = row⟧
              if row:
                  continue
              seen = None
    `,
    reads: 'row',
    writes: 'seen',
    readAfter: 'seen',
  },
  {
    title: 'the iterable of a loop is evaluated once',
    code: `
      def f(rows):
          for row in rows:
              ⟦rows = row.children⟧
    `,
    reads: 'row',
    writes: 'rows',
  },
  {
    title: 'a try may end at any point',
    code: `
      def f(path):
          ⟦try:
              text = path.read()
              size = len(text)
          except OSError as error:
              text = str(error)
          finally:
              done = True⟧
          return text, size, done
    `,
    reads: 'path',
    writes: 'done text',
    maybeWrites: 'error size',
    readAfter: 'done size text',
  },
  {
    title: 'handlers and finally read what a broken range left',
    code: `
      def f(path):
          handle = None
          step = 0
          try:
              ⟦handle = open(path)
              step = 1⟧
              step = 2
          except OSError:
              print(step)
          finally:
              close(handle)
    `,
    reads: 'path',
    writes: 'handle step',
    readAfter: 'handle step',
  },
  {
    title: 'with runs its body, unless the manager swallows exceptions',
    code: `
      def f(path):
          ⟦with open(path) as file:
              text = file.read()
          with suppress(OSError):
              more = text⟧
          return text, more
    `,
    reads: 'path',
    writes: 'file text',
    maybeWrites: 'more',
    readAfter: 'more text',
  },
  {
    title: 'match with and without a last resort',
    code: `
      def f(v):
          ⟦match v:
              case [a, *_]:
                  kind = a
              case _:
                  kind = None
          match v:
              case {"k": b}:
                  other = b⟧
          return kind, other
    `,
    reads: 'v',
    writes: 'kind',
    maybeWrites: 'a b other',
    readAfter: 'kind other',
  },
  {
    title: 'a closure outside reads whenever it is called',
    code: `
      def f():
          count = 0
          def show():
              return count
          ⟦count = 1⟧
          return show
    `,
    writes: 'count',
    readAfter: 'count',
  },
  {
    title: 'a closure inside moves along',
    code: `
      def f(items):
          ⟦key = 1
          items.sort(key=lambda item: item[key])⟧
          return items
    `,
    reads: 'items',
    writes: 'key',
  },
  {
    title: 'a closure made before its variable is written reads it',
    code: `
      def f(x):
          ⟦g = lambda: x
          x = 1⟧
          return g
    `,
    reads: 'x',
    writes: 'g x',
    readAfter: 'g',
  },
  {
    title: 'variables of functions around',
    code: `
      def outer(a):
          b = 0
          def inner():
              nonlocal b
              ⟦b = a⟧
          inner()
          return b
    `,
    reads: 'a',
    writes: 'b',
    readAfter: 'b',
  },
  {
    title: 'a nested function that writes does so perhaps',
    code: `
      def f():
          n = 0
          ⟦def step():
              nonlocal n
              n += 1⟧
          step()
          return n
    `,
    reads: 'n',
    writes: 'step',
    maybeWrites: 'n',
    readAfter: 'n step',
  },
  {
    title: 'a recursive function does not read itself from outside',
    code: `
      def f():
          ⟦def walk(n):
              return walk(n - 1)⟧
          return walk
    `,
    writes: 'walk',
    readAfter: 'walk',
  },
  {
    title: 'a new value before the next read ends the old one',
    code: `
      def f(a):
          ⟦x = a⟧
          if a:
              x = 1
          else:
              x = 2
          return x
    `,
    reads: 'a',
    writes: 'x',
  },
  {
    title: 'names of comprehensions stay inside',
    code: `
      def f(rows, ok):
          ⟦found = [row for row in rows if ok(row)]⟧
          return found
    `,
    reads: 'ok rows',
    writes: 'found',
    readAfter: 'found',
  },
  {
    title: 'walrus: certain in a condition, perhaps behind `and`',
    code: `
      def f(a):
          ⟦if (m := a.match()) and (n := m.group()):
              pass⟧
          return m, n
    `,
    reads: 'a',
    writes: 'm',
    maybeWrites: 'n',
    readAfter: 'm n',
  },
  {
    title: 'an expression',
    code: `
      def f(a, b):
          c = ⟦a * (b + 1)⟧ - a
          return c
    `,
    reads: 'a b',
  },
  {
    title: 'an expression with a walrus that the rest of its statement reads',
    code: `
      def f(a):
          return ⟦(n := a.size)⟧ + n
    `,
    reads: 'a',
    writes: 'n',
    readAfter: 'n',
  },
  {
    title: 'an expression in a comprehension reads the iteration variable',
    code: `
      def f(rows, k):
          return [⟦row[k]⟧ for row in rows]
    `,
    reads: 'k row',
  },
  {
    title: 'deleted names and bare annotations',
    code: `
      def f(a, b):
          ⟦del a
          c: int
          d: int = b⟧
          return d
    `,
    reads: 'a b',
    writes: 'd',
    maybeWrites: 'a',
    readAfter: 'd',
  },
  {
    title: 'a range that always leaves the function',
    code: `
      def f(a):
          if a:
              ⟦b = a
              return b⟧
          return a
    `,
    reads: 'a',
    maybeWrites: 'b',
  },
  {
    title: 'imports and classes are writes',
    code: `
      def f(base):
          ⟦import json
          class C(base):
              x = json⟧
          return C, json
    `,
    reads: 'base',
    writes: 'C json',
    readAfter: 'C json',
  },
];
