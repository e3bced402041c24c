import type { ScopeCase } from '../python-tables';

/** Names in f-strings and t-strings. */
export const stringCases: readonly ScopeCase[] = [
  {
    title: 'replacement fields',
    code: `
      def f(a, b):
          return f"{a} {a.x!r} {a[b]} {b=} {{c}} {g(b)}"
    `,
    scopes: `
      module: f function
        function f: a parameter, b parameter; unknown g
    `,
  },
  {
    title: 'nested format specifications',
    code: `
      def f(value, width, digits):
          return f"{value:{width}.{digits}} {value!r:>{width}} {value:%Y-%m}"
    `,
    scopes: `
      module: f function
        function f: value parameter, width parameter, digits parameter
    `,
  },
  {
    title: 'template strings',
    code: `
      def f(name):
          return t"Hello {name!s:>{width}}"
      width = 1
    `,
    scopes: `
      module: f function, width variable
        function f: name parameter; global width
    `,
  },
  {
    title: 'strings within strings',
    code: `
      def f(items):
          return f"{", ".join(f"{item:{w}}" for item in items)}"
      w = 1
    `,
    scopes: `
      module: f function, w variable
        function f: items parameter
          generator: item variable; global w
    `,
  },
  {
    title: 'lambda, walrus and dict in fields',
    code: `
      def f(a):
          return f"{(lambda x: x + a)(1)} {(n := a)} { {k: v for k, v in a} }" + n
    `,
    scopes: `
      module: f function
        function f: a parameter, n variable
          lambda: x parameter; free a
          comprehension: k variable, v variable
    `,
  },
  {
    title: 'implicit concatenation',
    code: `
      def f(a): return "x" f"{a}" rf"\\{b}"
      b = 1
    `,
    scopes: `
      module: f function, b variable
        function f: a parameter; global b
    `,
  },
  {
    title: 'triple quoted',
    code: `
      def f(a):
          return f"""
          {a:
          }
          {
            b  # a comment
          }
          """
      b = 1
    `,
    scopes: `
      module: f function, b variable
        function f: a parameter; global b
    `,
  },
  {
    title: 'plain and byte strings have no names',
    code: `
      x = "{a}" if y else r"{c}"
    `,
    scopes: `
      module: x variable; unknown y
    `,
  },
];
