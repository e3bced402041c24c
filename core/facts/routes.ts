import type { SyntaxNode } from '../syntax/node';
import type { ParsedFile } from './parsed-file';

/**
 * Counts what a file registers with a web framework: FastAPI, Flask, Starlette, aiohttp, Django; Express, Koa, Fastify, Nest.
 * Candidates are found in the text; the tree is asked for each of them only whether it is code.
 */
export function countRoutes(file: ParsedFile): number {
  return file.family === 'python' ? countPython(file) : countTypeScript(file);
}

const PYTHON_TRIGGER =
  /@[\w.]+\.(?:get|post|put|delete|patch|head|options|trace|api_route|route|websocket|websocket_route)\s*\(|\.add_(?:api_|url_|websocket_)?(?:route|rule|get|post|put|delete|patch|head)\s*\(|\b(?:re_path|path|url|Route|WebSocketRoute)\s*\(|\bweb\.(?:get|post|put|delete|patch|head|view|route)\s*\(/;

/** `@router.get("/x")`, `@app.route("/x")`; the path may be a constant where the receiver is called like a router. */
const DECORATORS =
  /@([\w.]+)\.(?:get|post|put|delete|patch|head|options|trace|api_route|route|websocket|websocket_route)\s*\(\s*(?:path\s*=\s*|rule\s*=\s*)?([^\s]?[^\s]?[^\s]?)/g;
const ADDED =
  /\.add_(?:api_route|url_rule|api_websocket_route|websocket_route|route|get|post|put|delete|patch|head)\s*\(\s*(?:path\s*=\s*|rule\s*=\s*)?[rfRF]?["']/g;
const DJANGO = /(?<![\w.])(?:re_path|path|url)\s*\(\s*(?:_\(\s*)?[rRfF]{0,2}["']/g;
const STARLETTE = /(?<![\w.])(?:Route|WebSocketRoute)\s*\(\s*(?:path\s*=\s*)?[rRfF]?["']\//g;
const AIOHTTP = /(?<![\w.])web\.(?:get|post|put|delete|patch|head|view|route)\s*\(\s*[rRfF]?["']/g;

const ROUTER_NAME = /(?:^|[._])(?:\w*app|\w*router|\w*api|\w*blueprint|bp|routes)$/i;

function countPython(file: ParsedFile): number {
  const { text } = file.source;
  if (!PYTHON_TRIGGER.test(text)) return 0;
  let count = 0;
  for (const match of text.matchAll(DECORATORS)) {
    const isPath = /^[rfRF]?["'](?:[/"']|$)/.test(match[2]!);
    if (!isPath && !ROUTER_NAME.test(match[1]!)) continue;
    // `@patch("a.b")` of unittest.mock has no path, and its receivers no router's name.
    if (nodeAt(file, match.index)?.parent?.type === 'decorator') count++;
  }
  count += countCalls(file, ADDED);
  if (/\burlpatterns\b|from\s+django\.(?:urls|conf\.urls)\s+import/.test(text)) count += countCalls(file, DJANGO);
  if (/\bstarlette\b/.test(text)) count += countCalls(file, STARLETTE);
  if (/\baiohttp\b/.test(text)) count += countCalls(file, AIOHTTP);
  return count;
}

/** Matches of a pattern that are code. */
function countCalls(file: ParsedFile, pattern: RegExp): number {
  let count = 0;
  for (const match of file.source.text.matchAll(pattern)) if (isCode(nodeAt(file, match.index))) count++;
  return count;
}

function nodeAt(file: ParsedFile, at: number): SyntaxNode | null {
  return file.root.descendantForIndex(at, at);
}

function isCode(node: SyntaxNode | null): boolean {
  return node !== null && !/comment|string|template|regex/.test(node.type);
}

const METHODS = 'get|post|put|delete|patch|all|head|options|del';
const TYPESCRIPT_TRIGGER = new RegExp(
  `\\.(?:${METHODS}|route)\\s*\\(\\s*(?:['"\`/{])|@(?:Get|Post|Put|Delete|Patch|Options|Head|All|Sse)\\s*\\(`,
);
const REGISTERED = new RegExp(
  `\\.(?:${METHODS})\\s*(?:<[^<>()]*>)?\\(\\s*(?:['"\`][/*]|['"\`]{2}|['"]:|/\\^?\\\\/)`,
  'g',
);
/** `koaRouter.get('name', '/path', handler)`: the path comes second. */
const NAMED = new RegExp(`\\.(?:${METHODS})\\s*\\(\\s*(['"])[\\w.-]+\\1\\s*,\\s*['"]/`, 'g');
const CHAINED = /\.route\s*\(\s*['"`]\//g;
const RECORD = /\.route\s*\(\s*\{/g;
const NEST = /@(?:Get|Post|Put|Delete|Patch|Options|Head|All|Sse)\s*\(/g;

/** `app`, `router`, `usersRouter`, `this.app`, `server`: objects on which a path and a function register a route. */
const RECEIVER =
  /(?:^|[.\])])(?:app|server|fastify|koa|express|routes?|api|[\w$]*[rR]outer|[\w$]+App|[\w$]+Server)(?:\(\))?$/;
const METHOD_NAME = new RegExp(`^(?:${METHODS})$`);

function countTypeScript(file: ParsedFile): number {
  const { text } = file.source;
  if (!TYPESCRIPT_TRIGGER.test(text)) return 0;
  let count = 0;
  for (const pattern of [REGISTERED, NAMED]) {
    for (const match of text.matchAll(pattern)) if (isRegistration(file, match.index)) count++;
  }
  for (const match of text.matchAll(CHAINED)) count += chainedMethods(file, match.index);
  for (const match of text.matchAll(RECORD)) {
    const call = callOf(nodeAt(file, match.index));
    const options = call?.childForFieldName('arguments');
    if (call && options && receiverIsRouter(file, call) && /\burl\s*:/.test(sliceOf(file, options))) count++;
  }
  if (/@Controller\b/.test(text)) {
    for (const match of text.matchAll(NEST)) if (nodeAt(file, match.index)?.parent?.type === 'decorator') count++;
  }
  return count;
}

/** The call around the `.` of `receiver.method(...)`. */
function callOf(dot: SyntaxNode | null): SyntaxNode | null {
  const call = dot?.parent?.type === 'member_expression' ? dot.parent.parent : null;
  return call?.type === 'call_expression' ? call : null;
}

/** `app.get('/x', handler)`: a router-like receiver, a path, and behind it a function or the name of one. */
function isRegistration(file: ParsedFile, at: number): boolean {
  const call = callOf(nodeAt(file, at));
  if (!call || !receiverIsRouter(file, call)) return false;
  const list = call.childForFieldName('arguments');
  if (!list || list.namedChildCount < 2) return false;
  return isHandler(list.lastNamedChild);
}

function isHandler(node: SyntaxNode | null): boolean {
  return (
    node !== null && !/^(object|string|template_string|number|array|true|false|null|undefined|comment)$/.test(node.type)
  );
}

function receiverIsRouter(file: ParsedFile, call: SyntaxNode): boolean {
  const receiver = call.childForFieldName('function')?.childForFieldName('object');
  if (!receiver) return false;
  // `app.get('/a', f).get('/b', g)`: the chain's first receiver decides.
  let first = receiver;
  while (first.type === 'call_expression') {
    const inner = first.childForFieldName('function')?.childForFieldName('object');
    if (!inner) break;
    first = inner;
  }
  return RECEIVER.test(sliceOf(file, first));
}

/** `router.route('/x').get(list).post(create)`: one registration for each method of the chain. */
function chainedMethods(file: ParsedFile, at: number): number {
  let call = callOf(nodeAt(file, at));
  if (!call || !receiverIsRouter(file, call)) return 0;
  let count = 0;
  while (call?.parent?.type === 'member_expression') {
    const property: SyntaxNode | null = call.parent.childForFieldName('property');
    const next: SyntaxNode | null = call.parent.parent;
    if (!property || next?.type !== 'call_expression') break;
    if (METHOD_NAME.test(sliceOf(file, property)) && next.childForFieldName('arguments')?.namedChildCount) count++;
    call = next;
  }
  return count;
}

function sliceOf(file: ParsedFile, node: SyntaxNode): string {
  return file.source.slice(node.startIndex, node.endIndex);
}
