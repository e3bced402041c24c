import type { ScopeCase } from '../python-tables';

/** PEP 695: generic functions, classes and type aliases. */
export const typeParameterCases: readonly ScopeCase[] = [
  {
    title: 'generic function',
    code: `
      def f[T, *Ts, **P](a: T, *args: *Ts, b=T, **kw: P.kwargs) -> T:
          x: T = a
          return cast(T, x)
      T = 1
    `,
    scopes: `
      module: f function, T variable
        type-parameters f: T type-parameter, Ts type-parameter, P type-parameter
          function f: a parameter, args parameter, b parameter, kw parameter, x variable; free T; unknown cast
            annotation: free T
          signature: free T Ts P
    `,
  },
  {
    title: 'bounds have their own scope',
    code: `
      def f[T: Bound, S: (A, T)](a: T) -> S: pass
      class Bound: pass
    `,
    scopes: `
      module: f function, Bound class
        type-parameters f: T type-parameter, S type-parameter
          function f: a parameter
          type-variable T: global Bound
          type-variable S: free T; unknown A
          signature: free T S
        class Bound
    `,
  },
  {
    title: 'generic class',
    code: `
      class C[T: int](Base[T], meta=T):
          x: T
          def f(self, y: T) -> T: return T
          def g[S](self, z: S) -> T: return S, T
    `,
    scopes: `
      module: C class
        type-parameters C: T type-parameter; unknown Base
          class C: x variable, f function, g function
            annotation: free T
            function f: self parameter, y parameter; free T
            signature: free T
            type-parameters g: S type-parameter
              function g: self parameter, z parameter; free S T
              signature: free S T
          type-variable T: builtin int
    `,
  },
  {
    title: 'generic class without bases',
    code: `
      class C[T]:
          items: list[T] = []
          other = T
    `,
    scopes: `
      module: C class
        type-parameters C: T type-parameter
          class C: items variable, other variable; free T
            annotation: free T; builtin list
    `,
  },
  {
    title: 'type aliases',
    code: `
      type Pair[T] = tuple[T, T]
      type Name = str | Later
      class Later: pass
    `,
    scopes: `
      module: Pair type, Name type, Later class
        type-parameters Pair: T type-parameter
          type-alias Pair: free T; builtin tuple
        type-alias Name: global Later; builtin str
        class Later
    `,
  },
  {
    title: 'type aliases in classes see the class',
    code: `
      class C:
          Item = int
          type Items = list[Item]
          type Keyed[K] = dict[K, Item]
          def f[T: Item](self, a: Item) -> T: return Item
    `,
    scopes: `
      module: C class
        class C: Item variable, Items type, Keyed type, f function; builtin int
          type-alias Items: class Item; builtin list
          type-parameters Keyed: K type-parameter
            type-alias Keyed: free K; class Item; builtin dict
          type-parameters f: T type-parameter
            function f: self parameter, a parameter; unknown Item
            type-variable T: class Item
            signature: free T; class Item
    `,
  },
  {
    title: 'type aliases in functions',
    code: `
      def f(x):
          type A = x
          type B[T] = (x, T)
          return A
    `,
    scopes: `
      module: f function
        function f: x parameter, A type, B type
          type-alias A: free x
          type-parameters B: T type-parameter
            type-alias B: free x T
    `,
  },
  {
    title: 'private type parameters',
    code: `
      class C:
          class D[__T](__Base[__T]):
              x = __T
          def f[__S](self, a: __S): return __S
    `,
    scopes: `
      module: C class
        class C: D class, f function
          type-parameters D: _D__T type-parameter; unknown __Base
            class D: x variable; free _D__T
          type-parameters f: _C__S type-parameter
            function f: self parameter, a parameter; free _C__S
            signature: free _C__S
    `,
  },
  {
    title: 'lambda and comprehension in bounds',
    code: `
      class C:
          k = 1
          def f[T: (lambda: k), S: [k for _ in k]](self): pass
    `,
    scopes: `
      module: C class
        class C: k variable, f function
          type-parameters f: T type-parameter, S type-parameter
            function f: self parameter
            type-variable T
              lambda: unknown k
            type-variable S: class k
              comprehension: _ variable; unknown k
    `,
  },
];
