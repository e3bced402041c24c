import type { ScopeCase } from '../python-tables';

/** Everything that binds a name by a statement or an expression. */
export const targetCases: readonly ScopeCase[] = [
  {
    title: 'chained and unpacked assignment',
    code: `
      def f(v):
          a = b = v
          (c, [d, *e]), g = v
          h, = v
          [i, j] = v
    `,
    scopes: `
      module: f function
        function f: v parameter, a variable, b variable, c variable, d variable, e variable, g variable, h variable, i variable, j variable
    `,
  },
  {
    title: 'attributes and subscripts are read',
    code: `
      def f(v):
          obj.attr = v
          table[key] = v
          (a, obj2.attr, table2[key2]) = v
          *obj3.rest, b = v
    `,
    scopes: `
      module: f function
        function f: v parameter, a variable, b variable; unknown obj table key obj2 table2 key2 obj3
    `,
  },
  {
    title: 'bare annotations make locals',
    code: `
      def f():
          x: int
          y: int = 1
          return x + y
    `,
    scopes: `
      module: f function
        function f: x variable, y variable
          annotation: builtin int
          annotation: builtin int
    `,
  },
  {
    title: 'annotated attributes and subscripts bind nothing',
    code: `
      def f(self):
          self.x: int = 1
          self.y[0]: int
    `,
    scopes: `
      module: f function
        function f: self parameter
          annotation: builtin int
          annotation: builtin int
    `,
  },
  {
    title: 'a name in parentheses is bound only with a value',
    code: `
      def f():
          (x): int = 1
          (y): int
          return x + y
    `,
    scopes: `
      module: f function
        function f: x variable; unknown y
          annotation: builtin int
          annotation: builtin int
    `,
  },
  {
    title: 'for targets',
    code: `
      def f(rows):
          for i, (k, *v) in rows: pass
          for obj.attr in rows: pass
          for table[i] in rows: pass
          else: done = True
    `,
    scopes: `
      module: f function
        function f: rows parameter, i variable, k variable, v variable, done variable; unknown obj table
    `,
  },
  {
    title: 'with targets',
    code: `
      def f(a):
          with a as x, a() as (y, [z]), a as obj.attr: pass
          with (open(p) as q, r): pass
          with (a, a): pass
    `,
    scopes: `
      module: f function
        function f: a parameter, x variable, y variable, z variable, q variable; builtin open; unknown obj p r
    `,
  },
  {
    title: 'except binds its name',
    code: `
      def f():
          try: g()
          except (A, B) as error: raise
          except C: pass
          try: g()
          except* D as group: print(group)
    `,
    scopes: `
      module: f function
        function f: error exception, group exception; builtin print; unknown g A B C D
    `,
  },
  {
    title: 'except with several classes and no parentheses',
    code: `
      def f():
          try: g()
          except A, B: pass
    `,
    scopes: `
      module: f function
        function f: unknown g A B
    `,
  },
  {
    title: 'walrus in conditions',
    code: `
      def f(a):
          while chunk := a.read(n := 10): print(chunk)
          if (m := a) and (k := m): return k
    `,
    scopes: `
      module: f function
        function f: a parameter, chunk variable, n variable, m variable, k variable; builtin print
    `,
  },
  {
    title: 'imports',
    code: `
      def f():
          import a.b, c.d as e, g
          from h import i, j as k
          from . import l
          from ..m.n import (o,
              p as q,)
          return a.b
    `,
    scopes: `
      module: f function
        function f: a import, e import, g import, i import, k import, l import, o import, q import
    `,
  },
  {
    title: 'star import binds nothing by name',
    code: `
      from os.path import *
      join(x)
    `,
    scopes: `
      module: unknown join x
    `,
  },
  {
    title: 'future imports bind their names',
    code: `
      from __future__ import division, annotations as lazy
    `,
    scopes: `
      module: division import, lazy import
    `,
  },
  {
    title: 'match captures',
    code: `
      def f(v):
          match v:
              case [a, *rest, _]: pass
              case {"k": b, **more}: pass
              case Point(x=c, y=0) | Point(c, 0): pass
              case (d as e): pass
              case str() as g if g: pass
              case h, i: pass
              case *_, j: pass
              case k: pass
    `,
    scopes: `
      module: f function
        function f: v parameter, a variable, rest variable, b variable, more variable, c variable, d variable, e variable, g variable, h variable, i variable, j variable, k variable; builtin str; unknown Point
    `,
  },
  {
    title: 'dotted patterns and class patterns are read',
    code: `
      def f(v):
          match v:
              case Color.RED | pkg.Color.BLUE: pass
              case {pkg.KEY: x}: pass
              case pkg.Point(kind=pkg.Kind.A): pass
              case -1 | 1+2j | "s" "t" | None | True | _: pass
    `,
    scopes: `
      module: f function
        function f: v parameter, x variable; unknown Color pkg
    `,
  },
  {
    title: 'match over several subjects and nested patterns',
    code: `
      match a, b:
          case [int(x), {"k": [y, (z)]}], Some(w, deep=Other(inner=u)): pass
    `,
    scopes: `
      module: x variable, y variable, z variable, w variable, u variable; builtin int; unknown a b Some Other
    `,
  },
  {
    title: 'soft keywords are identifiers',
    code: `
      def f(match, case, type, _):
          match = case
          type = _
          match(type)
          match[case]
          match.case
          type[_]
          type: int = 1
    `,
    scopes: `
      module: f function
        function f: match parameter, case parameter, type parameter, _ parameter
          annotation: builtin int
    `,
  },
  {
    title: 'calls and subscripts of type are no type statements',
    code: `
      def f(a, b, c):
          type(a).x = b
          type(a)[0] = c
    `,
    scopes: `
      module: f function
        function f: a parameter, b parameter, c parameter; builtin type
    `,
  },
  {
    title: 'print and exec are plain names',
    code: `
      def f(x):
          print(x)
          print
          print -x
          print >>x, "text"
          exec("x")
          return exec
      print = 1
    `,
    scopes: `
      module: f function, print variable
        function f: x parameter; global print; builtin exec
    `,
  },
  {
    title: 'statements on one line',
    code: `
      def f(): x = 1; y = x; return y
    `,
    scopes: `
      module: f function
        function f: x variable, y variable
    `,
  },
  {
    title: 'conditional definitions',
    code: `
      try:
          import json
      except ImportError:
          json = None
      if json:
          def load(): return json
      else:
          load = None
    `,
    scopes: `
      module: json import, load function; builtin ImportError
        function load: global json
    `,
  },
];
