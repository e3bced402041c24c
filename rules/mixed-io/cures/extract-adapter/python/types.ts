import type { PythonBinding } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import type { Input, Piece } from './piece';
import type { Subject } from './subject';

/** A type hint with the place that it is copied from, if it is. */
export interface Hint {
  readonly text: string;
  readonly source?: SyntaxNode;
}

const BUILTIN: Readonly<Record<string, string>> = {
  'builtins.str': 'str',
  'builtins.int': 'int',
  'builtins.float': 'float',
  'builtins.bool': 'bool',
  'builtins.bytes': 'bytes',
  'builtins.list': 'list',
  'builtins.dict': 'dict',
};

/** The type of what is handed over, as annotations and simple assignments tell. */
export function typeOfInput({ node }: Input, subject: Subject): Hint | undefined {
  const value = /^(?:list_splat|dictionary_splat)$/.test(node.type) ? undefined : node;
  if (!value) return undefined;
  return annotationOf(value, subject) ?? inferred(value, subject);
}

function annotationOf(node: SyntaxNode, { document, model, unit }: Subject): Hint | undefined {
  if (node.type === 'identifier') {
    const binding = model.bindingAt(node.startIndex) as PythonBinding | undefined;
    // What is set anew may be something else than its annotation says.
    if (binding?.writes.length !== 1 || binding.scope.kind === 'module') return undefined;
    for (const { start, role } of binding.writes) {
      if (role !== 'parameter' && role !== 'annotated-assign' && role !== 'declare') continue;
      const target = document.root.namedDescendantForIndex(start, start);
      const type = target?.parent?.childForFieldName('type');
      if (!target || !type || /splat/.test(target.parent!.type)) return undefined;
      // `x: str = None` says less than is true.
      const isNone = target.parent!.childForFieldName('value')?.type === 'none';
      const text = textOf(document, type);
      return isNone && !/None|Optional|Any/.test(text) ? undefined : { text, source: type };
    }
    return undefined;
  }
  const name = /^self\.(\w+)$/.exec(textOf(document, node))?.[1];
  if (name === undefined) return undefined;
  for (const assignment of unit.descendantsOfType('assignment')) {
    const left = assignment.childForFieldName('left');
    const type = assignment.childForFieldName('type');
    const text = left && textOf(document, left);
    const isField = text === name && assignment.parent?.parent?.parent?.id === unit.id;
    if (type && (text === `self.${name}` || isField)) return { text: textOf(document, type), source: type };
  }
  return ofConstructor(name, { document, model, unit } as Subject);
}

const TEXT_METHOD = /^(?:strip|rstrip|lstrip|lower|upper|format|join|replace|removesuffix|removeprefix)$/;

/** `self.x = x` takes the type of the constructor's parameter, and `self.x = x.rstrip("/")` is a text. */
function ofConstructor(name: string, subject: Subject): Hint | undefined {
  const { document, unit } = subject;
  const values = unit.descendantsOfType('assignment').flatMap((one) => {
    const left = one.childForFieldName('left');
    return left && textOf(document, left) === `self.${name}` ? (one.childForFieldName('right') ?? []) : [];
  });
  const [value] = values;
  if (!value || values.length !== 1) return undefined;
  if (value.type === 'identifier') return annotationOf(value, subject);
  const callee = value.type === 'call' ? value.childForFieldName('function') : undefined;
  const method = callee?.type === 'attribute' ? textOf(document, callee.childForFieldName('attribute')!) : '';
  const object = callee?.childForFieldName('object');
  const isText =
    TEXT_METHOD.test(method) && object?.type === 'identifier' && annotationOf(object, subject)?.text === 'str';
  return isText ? { text: 'str' } : undefined;
}

function inferred(node: SyntaxNode, { document, model }: Subject): Hint | undefined {
  const path = model.typeOf(node);
  if (!path?.certain || mayBeNone(node, { document, model } as Subject)) return undefined;
  if (path.path in BUILTIN) return { text: BUILTIN[path.path]! };
  if (path.path === 'pathlib.Path') {
    const imported = model.imports.find(
      (one) => one.module === 'pathlib' && one.member === 'Path' && !one.lazy && !one.typeOnly,
    );
    const [read] = (imported && model.root.bindings.get(imported.local)?.reads) ?? [];
    const source = read && document.root.namedDescendantForIndex(read.start, read.end);
    return imported && source ? { text: imported.local, source } : undefined;
  }
  return undefined;
}

/** Whether a name or attribute is set to None somewhere, or to a parameter of which nothing is known. */
function mayBeNone(node: SyntaxNode, { document }: Subject): boolean {
  if (node.type !== 'identifier' && node.type !== 'attribute') return false;
  const text = textOf(document, node).replace(/[.]/g, '\\.');
  const assigned = new RegExp(
    `(?<![\\w.])${text}[ \\t]*(?::[^=\\n]+)?=[ \\t]*(?:None\\b|[a-z_]\\w*[ \\t]*(?:$|#))`,
    'm',
  );
  return assigned.test(document.source.text);
}

/** By the qualified name of the call: the type of its value, as an attribute of the module that was called. */
const RESULTS: readonly (readonly [RegExp, string])[] = [
  [/^httpx\.(?:AsyncClient|Client)?\.?(?:get|post|put|patch|delete|head|options|request|send)$/, 'httpx.Response'],
  [/^requests\.(?:(?:Session|session)\.)?(?:get|post|put|patch|delete|head|options|request)$/, 'requests.Response'],
  [/^subprocess\.run$/, 'subprocess.CompletedProcess'],
  [/^subprocess\.Popen$/, 'subprocess.Popen'],
  [/^subprocess\.(?:call|check_call)$/, 'int'],
  [/^asyncio\.create_subprocess_(?:exec|shell)$/, 'asyncio.subprocess.Process'],
  [/Path\.read_text$/, 'str'],
  [/Path\.read_bytes$/, 'bytes'],
  [/^os\.listdir$/, 'list'],
  [/^psutil\.(?:pid_exists)$/, 'bool'],
];

/** What a method returns, where its last expression is the call itself. */
export function returnTypeOf(piece: Piece, subject: Subject): string | undefined {
  const { document, model } = subject;
  const { node, call, callee } = piece.site;
  if (piece.result === 'nothing') return 'None';
  const returned = piece.lastAssignment?.childForFieldName('right') ?? piece.expression;
  if (!returned || returned.startIndex !== node.startIndex || returned.endIndex !== node.endIndex) return undefined;
  const isAwaited = node.type === 'await';
  const type = RESULTS.find(([pattern]) => pattern.test(call.path))?.[1];
  if (type === undefined) return undefined;
  const isCoroutine = /^(?:asyncio|httpx\.AsyncClient)\b/.test(call.path);
  if (isCoroutine !== isAwaited && !(isAwaited && callee.parent?.type === 'argument_list')) return undefined;
  const module = type.includes('.') ? type.slice(0, type.indexOf('.')) : undefined;
  if (module === undefined) return type;
  // The annotation may name what the code names already, or what it could name.
  const binding = model.root.bindings.get(module);
  const isImported = binding?.imported?.module === module && !binding.imported.lazy && binding.writes.length === 1;
  const isNamed = document.root
    .descendantForIndex(piece.start, piece.end)!
    .descendantsOfType('identifier')
    .some(
      (one) =>
        one.startIndex >= piece.start &&
        one.endIndex <= piece.end &&
        textOf(document, one) === module &&
        model.bindingAt(one.startIndex) === binding,
    );
  return isImported && isNamed ? type : undefined;
}
