import type { ScopeCase } from '../python-tables';

/** Class bodies, private names, `super()` and annotations. */
export const classCases: readonly ScopeCase[] = [
  {
    title: 'methods do not see class names',
    code: `
      class C:
          limit = 1
          def f(self): return limit
          g = lambda self: limit
    `,
    scopes: `
      module: C class
        class C: limit variable, f function, g variable
          function f: self parameter; unknown limit
          lambda: self parameter; unknown limit
    `,
  },
  {
    title: 'class bodies see the functions around',
    code: `
      def f(x):
          class C:
              y = x
              x = x
              def g(self): return x
          return C
    `,
    scopes: `
      module: f function
        function f: x parameter, C class
          class C: y variable, x variable, g function
            function g: self parameter; free x
    `,
  },
  {
    title: 'bases, keywords and decorators are evaluated outside',
    code: `
      def f(base, meta):
          @base.register
          class C(base, metaclass=meta, flag=base): meta = 1
          return C
    `,
    scopes: `
      module: f function
        function f: base parameter, meta parameter, C class
          class C: meta variable
    `,
  },
  {
    title: 'the class name is not visible as a local of its body',
    code: `
      class C:
          def make(self): return C()
          other = C
    `,
    scopes: `
      module: C class
        class C: make function, other variable; global C
          function make: self parameter; global C
    `,
  },
  {
    title: 'private names are mangled',
    code: `
      class _Tree:
          __root = 1
          __dunder__ = 2
          def __walk(self, __arg, _one):
              __local = self.__attr
              import __mod.sub
              return [__item for __item in __arg]
    `,
    scopes: `
      module: _Tree class
        class _Tree: _Tree__root variable, __dunder__ variable, _Tree__walk function
          function __walk: self parameter, _Tree__arg parameter, _one parameter, _Tree__local variable, _Tree__mod import
            comprehension: _Tree__item variable
    `,
  },
  {
    title: 'a class of underscores mangles nothing',
    code: `
      class __:
          __x = 1
          def f(self): return __x
    `,
    scopes: `
      module: __ class
        class __: __x variable, f function
          function f: self parameter; unknown __x
    `,
  },
  {
    title: 'private names mangle by the innermost class',
    code: `
      class A:
          class B:
              def f(self): return __x
          def g(self): return __x
    `,
    scopes: `
      module: A class
        class A: B class, g function
          class B: f function
            function f: self parameter; unknown _B__x
          function g: self parameter; unknown _A__x
    `,
  },
  {
    title: 'super and __class__ read an implicit cell',
    code: `
      class C:
          def f(self): return super().f()
          def g(self): return [__class__ for _ in self]
          def h(self):
              def inner(): return super(C, self)
              return inner
    `,
    scopes: `
      module: C class
        class C: f function, g function, h function
          function f: self parameter; free __class__; builtin super
          function g: self parameter
            comprehension: _ variable; free __class__
          function h: self parameter, inner function
            function inner: free __class__ self; global C; builtin super
    `,
  },
  {
    title: 'global and nonlocal in a class body',
    code: `
      def f():
          x = 1
          class C:
              nonlocal x
              global y
              x = y = 2
              def g(self): return x, y
    `,
    scopes: `
      module: f function, y variable
        function f: x variable, C class
          class C: g function; free x; global y
            function g: self parameter; free x; global y
    `,
  },
  {
    title: 'annotations of a signature have their own scope',
    code: `
      class C:
          T = int
          def f(self, a: T, *args: T, b: "T" = T, **kw: "x.T") -> T: pass
    `,
    scopes: `
      module: C class
        class C: T variable, f function; builtin int
          function f: self parameter, a parameter, args parameter, b parameter, kw parameter
          signature: class T
    `,
  },
  {
    title: 'annotations of class attributes see the class',
    code: `
      class C:
          T = int
          x: T = T()
          y: list[T]
          def f(self, z: (lambda: T)): pass
    `,
    scopes: `
      module: C class
        class C: T variable, x variable, y variable, f function; builtin int
          annotation: class T
          annotation: class T; builtin list
          function f: self parameter, z parameter
          signature
            lambda: unknown T
    `,
  },
  {
    title: 'annotations in a function are never evaluated',
    code: `
      def f(T):
          x: T = 1
          y: Unknown[T]
          return x
    `,
    scopes: `
      module: f function
        function f: T parameter, x variable, y variable
          annotation: free T
          annotation: free T; unknown Unknown
    `,
  },
  {
    title: 'annotations see the function around',
    code: `
      def f(T):
          def g(a: T) -> T: return a
          class C:
              x: T
          return g, C
    `,
    scopes: `
      module: f function
        function f: T parameter, g function, C class
          function g: a parameter
          signature: free T
          class C: x variable
            annotation: free T
    `,
  },
  {
    title: 'annotations under the future import',
    code: `
      from __future__ import annotations
      x: A = 1
      def f(a: B, b=c) -> D:
          y: E = 1
    `,
    scopes: `
      module: annotations import, x variable, f function; unknown c
        annotation: unknown A
        function f: a parameter, b parameter, y variable
          annotation: unknown E
        signature: unknown B D
    `,
  },
  {
    title: 'unions, subscripts and attributes in annotations',
    code: `
      def f(a: x.y[z] | None, b: dict[str, list[w]], c: Callable[[u], v] = t, *d: *Ts): pass
    `,
    scopes: `
      module: f function; unknown t
        function f: a parameter, b parameter, c parameter, d parameter
        signature: builtin dict str list; unknown x z w Callable u v Ts
    `,
  },
  {
    title: 'strings in annotations are no names',
    code: `
      def f(a: "Later", b: list["Later"]) -> "Later | None": pass
    `,
    scopes: `
      module: f function
        function f: a parameter, b parameter
        signature: builtin list
    `,
  },
];
