import type { ParsedFile } from '../../core/facts/parsed-file';
import { FUNCTION_KINDS } from '../../core/semantics/typescript/frames';
import { calleeText, isField } from '../../core/syntax/fields';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction, typeScriptNameOf } from '../../core/syntax/typescript';
import type { SourceFile } from '../../core/text/source-file';

/** Blocks of test frameworks, with what may hang on them: `it.each(...)`, `test.only`. */
const TEST_BLOCK =
  /^(?:describe|it|test|suite|specify|bench|before|after|beforeEach|afterEach|beforeAll|afterAll|setup|teardown|suiteSetup|suiteTeardown)(?:\.[\w.]+)?(?:\(|$)/;

/** Blocks of frameworks that hang them on an object: `QUnit.test('name', ...)`, `Deno.test(...)`, node-tap's `t.test(...)`. */
const RUNNER = /^[\w$]+\.(?:test|describe|it|suite|specify)(?:\.\w+)?$/;

/** Whether the first argument of a call is written out as a text: `pattern.test(value)` has none. */
function hasTitle(call: SyntaxNode): boolean {
  const first = call.childForFieldName('arguments')?.firstNamedChild;
  return first != null && /^(?:string|template_string)$/.test(first.type);
}

/** Hooks and what runs like them: the closures are how these frameworks keep state. */
const HOOK =
  /^(?:(?:React\.)?(?:use[A-Z]\w*|memo|forwardRef)|observer|createEffect|createMemo|onMount|onCleanup|onMounted|onUnmounted|onBeforeUnmount|watchEffect|watch|computed|effect|\$effect|defineComponent|defineStore)$/;

/**
 * Whether a callback stands where closures are the design: in a React hook or component (Vue's `setup`, Solid's effects), or in a test.
 */
export function isClosureByDesign(node: SyntaxNode, file: ParsedFile, elements: Elements): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'call_expression') {
      const callee = calleeText(at, file.source);
      if (HOOK.test(callee) || TEST_BLOCK.test(callee) || (RUNNER.test(callee) && hasTitle(at))) return true;
    } else if (FUNCTION_KINDS.has(at.type)) {
      const name = typeScriptNameOf(at, file.source) ?? '';
      if (/^[A-Z]/.test(name) && isOldClass(at, file.source)) return true;
      if (/^use[A-Z]/.test(name) || (name === 'setup' && at.parent?.type === 'object')) return true;
      if (file.language !== 'typescript' && /^(?:$|[A-Z])/.test(name) && elements.areIn(at)) return true;
    }
  }
  return false;
}

/** `function Menu() { var item; this.open = function () {...} }` is how classes were written: what it declares are its fields. */
function isOldClass({ type, startIndex, endIndex }: SyntaxNode, source: SourceFile): boolean {
  return (
    type !== 'arrow_function' && /\bthis\.[\w$]+\s*=\s*(?:async\s+)?function\b/.test(source.slice(startIndex, endIndex))
  );
}

/** The end of an element stands in the text of each, so that the tree of a long function is seldom searched. */
const ELEMENT_END = /<\/|\/>/;

/** Which functions of a file hold elements. Answers are kept: many callbacks stand in one, and the one around a whole file is long. */
export class Elements {
  /** By the offsets of the functions. */
  private readonly known = new Map<number, boolean>();

  constructor(private readonly source: SourceFile) {}

  areIn(fn: SyntaxNode): boolean {
    const { startIndex, endIndex } = fn;
    let answer = this.known.get(startIndex);
    if (answer === undefined) {
      const mayHold = ELEMENT_END.test(this.source.slice(startIndex, endIndex));
      answer = mayHold && fn.descendantsOfType(['jsx_element', 'jsx_self_closing_element']).length > 0;
      this.known.set(startIndex, answer);
    }
    return answer;
  }
}

/** Calls that run a function once when the module or its page is loaded. */
const AT_LOAD =
  /^(?:define|require|requirejs|\$|jQuery|\$\(document\)\.ready|jQuery\(document\)\.ready|domReady|Ext\.onReady)$/;
const PAGE = /^(?:window|document|self|globalThis)\.addEventListener$/;

/**
 * Whether a function at the top of a module runs once with it: called on the spot, handed to `define`, or to the event that the page is
 * loaded. What it declares is as good as the module's.
 */
export function isModuleRun(fn: SyntaxNode, source: SourceFile): boolean {
  const around = enclosingTypeScriptFunction(fn);
  if (around && !isModuleRun(around, source)) return false;
  let at = fn;
  while (at.parent?.type === 'parenthesized_expression') at = at.parent;
  const { parent } = at;
  if (!parent) return false;
  if (parent.type === 'call_expression') return isField(parent, 'function', at);
  if (parent.type === 'member_expression')
    return /\.(?:call|apply)$/.test(source.slice(at.endIndex, parent.endIndex)) && isField(parent, 'object', at);
  if (parent.type === 'assignment_expression')
    return /^window\.onload$/.test(source.slice(parent.startIndex, parent.startIndex + 13));
  const call = parent.type === 'arguments' ? parent.parent : null;
  if (call?.type !== 'call_expression') return false;
  // The factory of a module that suits several loaders is given to a function that is called on the spot.
  if (/^[!(]*function\b/.test(calleeText(call, source))) return true;
  const callee = calleeText(call, source);
  if (AT_LOAD.test(callee)) return true;
  const event = source.slice(parent.startIndex + 1, parent.startIndex + 20);
  return (PAGE.test(callee) && /^['"](?:DOMContentLoaded|load)['"]/.test(event)) || /\.then$/.test(callee);
}
