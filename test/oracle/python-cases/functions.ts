import type { ScopeCase } from '../python-tables';

/** Functions: parameters, defaults, decorators, closures, `global` and `nonlocal`. */
export const functionCases: readonly ScopeCase[] = [
  {
    title: 'a name that is assigned in a function is local to all of it',
    code: `
      def f():
          print(x)
          x = 1
    `,
    scopes: `
      module: f function
        function f: x variable; builtin print
    `,
  },
  {
    title: 'parameters of every kind',
    code: `
      def f(a, b=1, /, c=2, *args, d, e=3, **kwargs): pass
    `,
    scopes: `
      module: f function
        function f: a parameter, b parameter, c parameter, args parameter, d parameter, e parameter, kwargs parameter
    `,
  },
  {
    title: 'keyword-only parameters after a bare star',
    code: `
      def f(*, key): return key
    `,
    scopes: `
      module: f function
        function f: key parameter
    `,
  },
  {
    title: 'defaults are evaluated outside',
    code: `
      a = 1
      def f(a=a, *, b=a): return a + b
    `,
    scopes: `
      module: a variable, f function
        function f: a parameter, b parameter
    `,
  },
  {
    title: 'decorators are evaluated outside',
    code: `
      def outer(wrap):
          @wrap(key=len)
          @wrap.twice
          def f(wrap): return wrap
          return f
    `,
    scopes: `
      module: outer function
        function outer: wrap parameter, f function; builtin len
          function f: wrap parameter
    `,
  },
  {
    title: 'a lambda has its own scope, its defaults do not',
    code: `
      def f(x):
          return lambda y, *rest, z=x, **more: (x, y, z, rest, more)
    `,
    scopes: `
      module: f function
        function f: x parameter
          lambda: y parameter, rest parameter, z parameter, more parameter; free x
    `,
  },
  {
    title: 'lambdas in lambdas',
    code: `
      f = lambda x: lambda y: x + y
    `,
    scopes: `
      module: f variable
        lambda: x parameter
          lambda: y parameter; free x
    `,
  },
  {
    title: 'a lambda as a default',
    code: `
      def f(key=lambda item: item.size, *, limit=lambda: LIMIT): pass
      LIMIT = 1
    `,
    scopes: `
      module: f function, LIMIT variable
        function f: key parameter, limit parameter
        lambda: item parameter
        lambda: global LIMIT
    `,
  },
  {
    title: 'closures read through several functions',
    code: `
      def a():
          x = 1
          def b():
              def c():
                  return x
              return c
          return b
    `,
    scopes: `
      module: a function
        function a: x variable, b function
          function b: c function
            function c: free x
    `,
  },
  {
    title: 'global in a function makes a name of the module',
    code: `
      def f():
          global counter
          counter = 1
      def g(): return counter
    `,
    scopes: `
      module: f function, g function, counter variable
        function f: global counter
        function g: global counter
    `,
  },
  {
    title: 'global skips the functions around',
    code: `
      x = 0
      def f():
          x = 1
          def g():
              global x
              x += 1
              def h(): return x
    `,
    scopes: `
      module: x variable, f function
        function f: x variable, g function
          function g: h function; global x
            function h: global x
    `,
  },
  {
    title: 'nonlocal reaches the nearest function that binds the name',
    code: `
      def f():
          x = y = 0
          def g():
              y = 1
              def h():
                  nonlocal x, y
                  x = y = 2
    `,
    scopes: `
      module: f function
        function f: x variable, y variable, g function
          function g: y variable, h function
            function h: free x y
    `,
  },
  {
    title: 'nonlocal without assignment',
    code: `
      def f(x):
          def g():
              nonlocal x
              return x
    `,
    scopes: `
      module: f function
        function f: x parameter, g function
          function g: free x
    `,
  },
  {
    title: 'augmented assignment makes a local',
    code: `
      total = 0
      def f(step):
          total += step
          return total
    `,
    scopes: `
      module: total variable, f function
        function f: step parameter, total variable
    `,
  },
  {
    title: 'del makes a local',
    code: `
      def f():
          del x, (y, [z]), a.b, c[i]
    `,
    scopes: `
      module: f function
        function f: x variable, y variable, z variable; unknown a c i
    `,
  },
  {
    title: 'a function is a name of the scope around it',
    code: `
      def f():
          def g(): return g
          return g
    `,
    scopes: `
      module: f function
        function f: g function
          function g: free g
    `,
  },
  {
    title: 'async forms',
    code: `
      async def f(items, lock):
          async with lock as held, held.sub() as inner:
              async for item in items:
                  await item(inner)
          return [x async for x in items]
    `,
    scopes: `
      module: f function
        function f: items parameter, lock parameter, held variable, inner variable, item variable
          comprehension: x variable
    `,
  },
  {
    title: 'yield and await',
    code: `
      async def f(a):
          got = yield a
          await got
      def g(b):
          result = yield from b
          return result
    `,
    scopes: `
      module: f function, g function
        function f: a parameter, got variable
        function g: b parameter, result variable
    `,
  },
  {
    title: 'keyword arguments and attributes are no names',
    code: `
      def f(obj): return obj.name(key=obj.value, other=name)
    `,
    scopes: `
      module: f function
        function f: obj parameter; unknown name
    `,
  },
  {
    title: 'attributes over several lines',
    code: `
      def f(query):
          return (
              query  # the base.
              .filter(a)  # first.
              .
              # a comment between
              order
          )
    `,
    scopes: `
      module: f function
        function f: query parameter; unknown a
    `,
  },
  {
    title: 'starred arguments',
    code: `
      def f(args, kwargs): return g(*args, x, **kwargs)
    `,
    scopes: `
      module: f function
        function f: args parameter, kwargs parameter; unknown g x
    `,
  },
  {
    title: 'identifiers are compared in normal form',
    code: `
      def f():
          ﬁle = 1
          return file
    `,
    scopes: `
      module: f function
        function f: file variable
    `,
  },
  {
    title: 'conditions and returns',
    code: `
      def f(a, b):
          if a: c = b
          elif (d := b): return d
          else: raise E from a
          assert c, message
          return c
    `,
    scopes: `
      module: f function
        function f: a parameter, b parameter, c variable, d variable; unknown E message
    `,
  },
];
