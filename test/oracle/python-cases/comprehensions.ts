import type { ScopeCase } from '../python-tables';

/** Comprehensions, generators and the walrus in them. */
export const comprehensionCases: readonly ScopeCase[] = [
  {
    title: 'the first iterable is evaluated outside',
    code: `
      def f(x):
          return [x for x in x]
    `,
    scopes: `
      module: f function
        function f: x parameter
          comprehension: x variable
    `,
  },
  {
    title: 'later iterables and conditions are evaluated inside',
    code: `
      def f(rows, ok):
          return {cell for row in rows if row for cell in row if ok(cell)}
    `,
    scopes: `
      module: f function
        function f: rows parameter, ok parameter
          comprehension: cell variable, row variable; free ok
    `,
  },
  {
    title: 'dict comprehension and generator',
    code: `
      def f(d):
          a = {k: v for k, v in d.items()}
          return sum(a[k] for k in d), sum(v for (v, *_) in d)
    `,
    scopes: `
      module: f function
        function f: d parameter, a variable; builtin sum
          comprehension: k variable, v variable
          generator: k variable; free a
          generator: v variable, _ variable
    `,
  },
  {
    title: 'nested comprehensions',
    code: `
      def f(m):
          return [[cell + off for cell in row] for row in m if any(cell for cell in row)]
      off = 1
    `,
    scopes: `
      module: f function, off variable
        function f: m parameter
          comprehension: row variable; builtin any
            comprehension: cell variable; global off
            generator: cell variable
    `,
  },
  {
    title: 'comprehensions do not see class names, save in the first iterable',
    code: `
      class C:
          n = 3
          a = [n for i in range(n)]
          b = list(n for i in range(n))
    `,
    scopes: `
      module: C class
        class C: n variable, a variable, b variable; builtin range list
          comprehension: i variable; unknown n
          generator: i variable; unknown n
    `,
  },
  {
    title: 'walrus binds outside all comprehensions',
    code: `
      def f(rows):
          found = [last := cell for row in rows for cell in row]
          all([[(hit := x), [y := z for z in x]] for x in rows])
          return last, hit, y
    `,
    scopes: `
      module: f function
        function f: rows parameter, found variable, last variable, hit variable, y variable; builtin all
          comprehension: cell variable, row variable; free last
          comprehension: x variable; free hit
            comprehension: z variable; free y
    `,
  },
  {
    title: 'walrus in a comprehension of the module',
    code: `
      squares = [last := n * n for n in range(10)]
      print(last)
    `,
    scopes: `
      module: squares variable, last variable; builtin range print
        comprehension: n variable; global last
    `,
  },
  {
    title: 'walrus in a comprehension under global',
    code: `
      def f(rows):
          global last
          return [last := row for row in rows]
    `,
    scopes: `
      module: f function, last variable
        function f: rows parameter; global last
          comprehension: row variable; global last
    `,
  },
  {
    title: 'walrus in a lambda stays there',
    code: `
      f = lambda x: (y := x) + y
      g = [(lambda: (z := i))() for i in range(3)]
    `,
    scopes: `
      module: f variable, g variable; builtin range
        lambda: x parameter, y variable
        comprehension: i variable
          lambda: z variable; free i
    `,
  },
  {
    title: 'closures over iteration variables',
    code: `
      def f(items):
          return [lambda: (item, other) for item in items]
      other = 1
    `,
    scopes: `
      module: f function, other variable
        function f: items parameter
          comprehension: item variable
            lambda: free item; global other
    `,
  },
  {
    title: 'a lambda in the first iterable',
    code: `
      def f(x):
          return [y for y in (lambda: x)()]
    `,
    scopes: `
      module: f function
        function f: x parameter
          comprehension: y variable
          lambda: free x
    `,
  },
  {
    title: 'asynchronous comprehension',
    code: `
      async def f(a):
          return {k: await v async for k, v in a if await k}
    `,
    scopes: `
      module: f function
        function f: a parameter
          comprehension: k variable, v variable
    `,
  },
  {
    title: 'attribute and subscript targets',
    code: `
      def f(obj, rows):
          return [obj for obj.x in rows], [i for rows[i] in rows for i in rows]
    `,
    scopes: `
      module: f function
        function f: obj parameter, rows parameter
          comprehension: free obj
          comprehension: i variable; free rows
    `,
  },
  {
    title: 'generator as the only argument',
    code: `
      def f(x): return g(y for y in x)
      def g(it): return (z for z in it)
    `,
    scopes: `
      module: f function, g function
        function f: x parameter; global g
          generator: y variable
        function g: it parameter
          generator: z variable
    `,
  },
];
