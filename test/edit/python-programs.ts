/** Programs with every shape that an edit may meet; all of them compile. */
const PROGRAMS: readonly string[] = [
  `#!/usr/bin/env python
# -*- coding: utf-8 -*-
# A licence, in a few words.
"""What the module does.

    It is uneven.
"""

import os, sys
from typing import Any  # types

LIMIT = 10; STEP = 2  # both
NAMES = [
    'a',  # first 🐍
    # alone
    'b',
]


class Cart(object):
    """A cart."""

    rate: float = 0.5  # of all
    items = (); empty = None

    @property
    # between
    def total(self) -> float:
        # sum of all
        result = 0
        for item in self.items:  # each
            if item.price > LIMIT: result += item.price  # dear
            elif item.price: result += STEP; continue
            # nothing else
            else: pass

        return result
        # never reached

    @staticmethod
    def parse(text, /, *, sep=','): return [part.strip() for part in text.split(sep) if part]  # parts

    # Section

    async def load(
        self,
        path: str,  # where
        *paths: str,
        retries: int = 3,
    ) -> "Cart":
        async with open_all(path, *paths) as files, other(): await files.read(retries)
        return await self.load(path)

# the end of the class


if __name__ == '__main__': sys.exit(main(sys.argv[1:], Cart()))  # run
`,
  `def handle(event, context=None, **options):
    '''Handle.'''
    try: value = event['value']
    except KeyError: value = None  # missing
    except (TypeError, ValueError) as error:
        # complain
        log(f"bad {event!r}: {error}", extra={'e': event, **options})
        raise Refused(event) from error
    # about else
    else:
        value = int(value) if value else -1
        # tail of else

        # far tail
    finally:
        context and context.close();  # at last
    with open(path) as f: data = f.read(); parse(data)
    while value: value -= 1
    assert value == 0, 'not ' + \\
        'zero'
    text = """
raw {}
    deep
""".format(
        value,
      data,
    )
    query = f'''
  select {value:>{width}} -- {
      other.name}
'''
    return (value
            # why
            + len(data) * 2), text, query


matrix = {key: [row[i] for row in rows] for i, key in enumerate(keys) if not key.startswith('_')}
check = lambda a, b=1, *c, **d: a ** -b < c[0] <= d['x'] if a is not None else (b, c)
total = sum(x * x for x in range(10))
`,
  `import asyncio

def outer(a):
  def inner(b): return a + b
  class Local: x = 1; y = 2  # fields
  match a:
    case 1 | 2: print('small')  # few
    case [x, *rest] if rest:
      # many
      print(x, rest)
    # other
    case _: pass
  global counter
  count = a; del a  # done
  if (n := len(rest)) > 3 and not n % 2 or n == 7: return inner(n)
  elif n: return {*rest, n}
  for i, j in zip(rest, rest): print(i, j)
  else: print('none')
  return [*rest, not n, ~n, n @ n, n if n else None]  # last

async def waits(items):
  async for item in items:
    yield await item.get(timeout=5 if item else None, *items)
  items = [item async for item in items]; await asyncio.sleep(1)

@decorate(1)
@other
class Empty: ...
`,
  `class Über:
    größe = 1  # 🐍 größe

    def méthode(self, näme='🐍🐍', *, 变量=None):
        """Eine 🐍.

  Schief.
        """
        print('🐍', näme); self.größe = 变量  # 🐍🐍
        if näme: return '🐍' + näme  # kurz
        # 🐍 am Ende
\f
    def andere(self): pass

x = Über().méthode('🐍', 变量=[1, 2][0])  # Schluss
`,
  `def f():
    x = 1 ; y = 2 ;
    if x : y = 3 ;  # odd
    return x  ;

def g(): pass
g() ; f()
def h(a,
      b,  # two
      c=3):
    return a
h(1,
  2, c=3,)
h(
    1,
    2  # two
)
`,
];

function toTabs(text: string): string {
  const unit = /:\n {2}\S/.test(text) ? 2 : 4;
  return text.replace(/^ +/gm, (blanks) => '\t'.repeat(blanks.length / unit) + ' '.repeat(blanks.length % unit));
}
const toWindows = (text: string): string => text.replaceAll('\n', '\r\n');
const toMixed = (text: string): string => {
  let line = 0;
  return text.replaceAll('\n', () => (line++ % 3 === 0 ? '\r\n' : '\n'));
};

/** The programs with other line endings and blanks, and without a final newline. */
export const PYTHON_PROGRAMS: readonly string[] = PROGRAMS.flatMap((text) => [
  text,
  toTabs(text),
  toWindows(text),
  toMixed(toTabs(text)),
  text.trimEnd(),
]);
