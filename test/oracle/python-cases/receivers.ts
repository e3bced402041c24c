/** Questions about names and types; see `types.test.ts` for how they are written. */
export interface ReceiverCase {
  readonly title: string;
  readonly code: string;
}

export const receiverCases: readonly ReceiverCase[] = [
  {
    title: 'imports of every form',
    code: `
      import os.path, subprocess as sp, a.b as ab
      from httpx import AsyncClient as Client, get
      from . import helpers
      from ..pkg.mod import tool
      os.path.join  # => os.path.join
      sp.run  # => subprocess.run
      ab.c  # => a.b.c
      Client  # => httpx.AsyncClient
      get  # => httpx.get
      helpers.f  # => .helpers.f
      tool  # => ..pkg.mod.tool
      (sp).Popen  # => subprocess.Popen
    `,
  },
  {
    title: 'several imports of one package',
    code: `
      import xml.dom
      import xml.sax
      xml.sax.parse  # => xml.sax.parse
    `,
  },
  {
    title: 'builtins, and names that hide them',
    code: `
      open  # => builtins.open
      def f(print):
          print  # => -
          len  # => builtins.len
      def open2(): pass
      open2  # => open2
      def list(): pass
      list  # => list
    `,
  },
  {
    title: 'a star import leaves doubt',
    code: `
      from tkinter import *
      Button  # => tkinter.Button ?
      open  # => builtins.open ?
    `,
  },
  {
    title: 'alternatives in try and except',
    code: `
      try:
          import ujson as json
      except ImportError:
          import json
      try:
          import yaml
      except ImportError:
          yaml = None
      json.loads  # => ujson.loads ?
      yaml.load  # => yaml.load ?
    `,
  },
  {
    title: 'imports within functions',
    code: `
      def f():
          from requests import Session
          s = Session()
          s  # -> requests.Session
          Session  # => requests.Session
      Session  # => -
    `,
  },
  {
    title: 'simple aliases are followed',
    code: `
      import subprocess
      run = subprocess.run
      execute = run
      execute  # => subprocess.run
      a = b
      b = a
      a  # => -
    `,
  },
  {
    title: 'local classes by their own name',
    code: `
      class Outer:
          class Inner: pass
      Outer()  # -> Outer
      Outer.Inner()  # -> Outer.Inner
      x = Outer()
      x  # -> Outer
      Outer  # => Outer
    `,
  },
  {
    title: 'annotations of parameters and variables',
    code: `
      import httpx, typing as t
      from pathlib import Path
      from typing import Annotated, Optional, Union
      def f(a: httpx.AsyncClient | None, b: Optional[Path], c: "httpx.Client", d: Union[None, Path],
            e: t.List[int], g: Annotated[Path, 1], h: int | str, i: "Path | None" = None, *args: int, **kw: int):
          a  # -> httpx.AsyncClient
          b  # -> pathlib.Path
          c  # -> httpx.Client
          d  # -> pathlib.Path
          e  # -> builtins.list
          g  # -> pathlib.Path
          h  # -> builtins.int ?
          i  # -> pathlib.Path
          args  # -> builtins.tuple
          kw  # -> builtins.dict
      v: dict[str, list[Path]] = load()
      w: Path
      v  # -> builtins.dict
      w  # -> pathlib.Path
      def g(x: t.Any, y: object, z: 3):
          x  # -> -
          y  # -> -
          z  # -> -
    `,
  },
  {
    title: 'constructor assignments',
    code: `
      import httpx, socket, subprocess
      client = httpx.Client(timeout=3)
      client  # -> httpx.Client
      server = socket.socket()
      server  # -> socket.socket
      subprocess.Popen(["ls"])  # -> subprocess.Popen
      other = client
      other  # -> httpx.Client
      a = b = httpx.Client()
      a  # -> httpx.Client
      c, (d) = httpx.Client(), open("x")
      c  # -> httpx.Client
      later = None
      later = httpx.Client()
      later  # -> httpx.Client
      mixed = httpx.Client()
      mixed = socket.socket()
      mixed  # -> httpx.Client ?
      unknown = compute()
      unknown  # -> -
      (w := httpx.Client()).get  # => -
      w  # -> httpx.Client
    `,
  },
  {
    title: 'attributes of self, from any method',
    code: `
      import httpx
      from pathlib import Path
      class Service:
          retries: int = 3
          cache = {}
          def __init__(self, root, client: httpx.Client | None = None):
              self._dir = Path(root)
              self._client = client or httpx.Client()
              self.session = None
              self.given = root
          def connect(this):
              this.session = httpx.AsyncClient()
          @property
          def lazy(self) -> httpx.Client: ...
          def make(self) -> "httpx.Client": ...
          def use(self):
              self  # -> Service
              self._dir  # -> pathlib.Path
              self._client  # -> httpx.Client
              self.session  # -> httpx.AsyncClient
              self.retries  # -> builtins.int
              self.cache  # -> builtins.dict
              self.given  # -> -
              self.lazy  # -> httpx.Client
              self.make()  # -> httpx.Client
              self.missing  # -> -
              self._dir / "a" / "b"  # -> pathlib.Path
          @staticmethod
          def static(self):
              self._dir  # -> -
          @classmethod
          def make_one(cls):
              cls  # -> -
      def outside(service: Service):
          service._dir  # -> pathlib.Path
    `,
  },
  {
    title: 'fields of dataclasses and of base classes',
    code: `
      from dataclasses import dataclass, field
      from threading import Lock
      class Base:
          def __init__(self):
              self.lock = Lock()
      @dataclass
      class Job(Base):
          lines: list[str] = field(default_factory=list)
          owner: "Base | None" = None
          def run(self):
              self.lines  # -> builtins.list
              self.owner  # -> Base
              self.lock  # -> threading.Lock
              self.owner.lock  # -> threading.Lock
    `,
  },
  {
    title: 'generic classes',
    code: `
      from collections import deque
      class Queue[T]:
          def __init__(self):
              self.items = deque()
          def push[S](self, item: S):
              self.items  # -> collections.deque
              self  # -> Queue
    `,
  },
  {
    title: 'context managers',
    code: `
      import httpx, tempfile
      async def f(p):
          with open(p) as f, tempfile.TemporaryDirectory() as d:
              f  # -> builtins.open
              d  # -> builtins.str
          async with httpx.AsyncClient() as c:
              c  # -> httpx.AsyncClient
          with p.connect() as unknown:
              unknown  # -> -
    `,
  },
  {
    title: 'paths',
    code: `
      from pathlib import Path
      import pathlib as pl
      base = Path.cwd() / "x"
      base  # -> pathlib.Path
      base.parent  # -> pathlib.Path
      base.resolve().with_suffix(".py")  # -> pathlib.Path
      base.open()  # -> builtins.open
      pl.Path.home()  # -> pathlib.Path
      base / "a" + "b"  # -> -
      with base.open() as f:
          f  # -> builtins.open
    `,
  },
  {
    title: 'literals, conditions and known functions',
    code: `
      import logging, re, subprocess
      "x"  # -> builtins.str
      b"x"  # -> builtins.bytes
      f"{x}"  # -> builtins.str
      [1]  # -> builtins.list
      {i: i for i in x}  # -> builtins.dict
      dict(a=1)  # -> builtins.dict
      len(x)  # -> -
      logging.getLogger(__name__)  # -> logging.Logger
      re.compile("a") if x else None  # -> re.Pattern
      [1] if x else {}  # -> builtins.list ?
      subprocess.run(["ls"])  # -> subprocess.CompletedProcess
    `,
  },
  {
    title: 'results of local functions',
    code: `
      import httpx
      def make() -> httpx.Client: ...
      async def amake() -> "httpx.AsyncClient": ...
      def untyped(): ...
      make()  # -> httpx.Client
      async def f():
          await amake()  # -> httpx.AsyncClient
      untyped()  # -> -
    `,
  },
  {
    title: 'caught exceptions',
    code: `
      import httpx
      try:
          pass
      except httpx.HTTPError as error:
          error  # -> httpx.HTTPError
      except (ValueError, KeyError) as several:
          several  # -> builtins.ValueError ?
    `,
  },
  {
    title: 'defaults say something, but not for certain',
    code: `
      def f(limit=10, name=None):
          limit  # -> builtins.int ?
          name  # -> -
    `,
  },
  {
    title: 'Self',
    code: `
      from typing import Self
      class Builder:
          def with_name(self) -> Self: ...
          def f(self):
              self.with_name().with_name()  # -> Builder
    `,
  },
];
