import { beforeAll, expect, test } from 'vitest';
import { factsOf, wasmEngine } from '../../test/support/engine';
import type { FactCollector } from '../facts/parsed-file';
import type { Json } from '../rule/finding';
import type { SyntaxEngine } from '../syntax/engine';
import type { LanguageId } from '../syntax/language';
import { METRICS_ID, metricsCollector } from './metrics';

let engine: SyntaxEngine;
beforeAll(async () => {
  engine = await wasmEngine();
});

function metricsOf(text: string, language: LanguageId): Json | undefined {
  return factsOf(engine, text, language, [metricsCollector] as unknown as FactCollector<Json>[]).byCollector[
    METRICS_ID
  ];
}

test('Python: nested classes, functions and methods count, lambdas do not', () => {
  const text =
    'class A:\n  class B: pass\n  def m(self):\n    def inner(): pass\n    f = lambda: 1\nasync def g(): pass\n';
  expect(metricsOf(text, 'python')).toEqual({ classes: 2, functions: 3, routes: 0 });
});

test('TypeScript: functions count where they have a name', () => {
  const text = [
    'abstract class A { m() {} get x() { return 1 } constructor() { super() } f = () => 1; static g = async (a) => {} }',
    'const B = class { n() {} };',
    'const c = () => 1, d = function () {}, e = function named() {};',
    'xs.map((x) => x); xs.map(function () {}); const m = memo(() => 1);',
    'const o = { p: () => 1, q() {}, r: yes ? 1 : () => 2 };',
    'exports.z = () => {}; function withDefault(back = () => {}) {} function* gen() {}',
    'export default () => {};',
  ].join('\n');
  expect(metricsOf(text, 'typescript')).toEqual({ classes: 2, functions: 14, routes: 0 });
});

test.each([
  [
    'FastAPI',
    'from fastapi import APIRouter\n@router.get("/x")\ndef a(): pass\n@router.post("")\n@router.put(\n  "/y",\n)\ndef b(): pass\n@app.websocket("/ws")\nasync def c(): pass\napp.add_api_route("/q", a)\n',
    5,
  ],
  ['a path in a constant', '@router.get(PATH)\n@users_router.post(PREFIX + "/x")\n@cache.get(KEY)\ndef a(): pass\n', 2],
  [
    'Flask',
    '@app.route("/y", methods=["GET", "POST"])\n@bp.route(\'/z\')\ndef b(): pass\napp.add_url_rule("/r", view_func=b)\n',
    3,
  ],
  [
    'Starlette',
    'from starlette.routing import Route, Mount\nroutes = [Route("/x", a), Route(path="/y", endpoint=b)]\n',
    2,
  ],
  [
    'aiohttp',
    'from aiohttp import web\napp.add_routes([web.get("/x", a), web.post("/y", b)])\napp.router.add_get("/z", c)\n',
    3,
  ],
  [
    'Django',
    'from django.urls import include, path, re_path\nurlpatterns = [path("a/", v), re_path(r"^b$", w), path("", include([path("c/", z)]))]\nos.path("x")\n',
    4,
  ],
  [
    'mocks, comments and strings',
    '@mock.patch("a.b")\n@patch("x")\ndef t(): pass\n# @router.get("/no")\nx = """\n@router.get("/no")\napp.add_url_rule("/r")\n"""\nclient.get("/x")\npath("x")\n',
    0,
  ],
])('Python routes: %s', (_, text, routes) => {
  expect(metricsOf(text, 'python')).toMatchObject({ routes });
});

test.each([
  [
    'Express',
    "app.get('/x', handler); router.post(\"/w\", auth, async (req, res) => {}); this.app.all('*', f); usersRouter.delete(`/:id`, users.remove);",
    4,
  ],
  ['chains', "router.route('/q').get(a).post(b); app.get('/a', f).get('/b', g);", 4],
  ['a named path', "router.get('named', '/p', h);", 1],
  ['Fastify', "fastify.route({ method: 'GET', url: '/', handler }); fastify.get('/y', { schema }, async () => {});", 2],
  [
    'Nest',
    "@Controller('cats') class C { @Get() a() {} @Post(':id') @HttpCode(2) b() {} @All() c() {} @Inject() d; }",
    3,
  ],
  [
    'settings and clients',
    "app.get('port'); app.get('/y', { a: 1 }); axios.get('/z', f); request(app).get('/x'); cache.get('/x', f); map.delete('/x');",
    0,
  ],
  ['comments and strings', "// app.get('/x', handler)\nconst s = \"app.get('/x', handler)\";\n", 0],
])('TypeScript routes: %s', (_, text, routes) => {
  expect(metricsOf(text, 'typescript')).toMatchObject({ routes });
});
