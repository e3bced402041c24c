import type { SemanticModel } from '../../semantics/model';
import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import { checkDeclarations } from './declarations';
import { tokenize } from './lexer';
import { Parser } from './parser';
import { Rejection, type ShapeError } from './rejection';
import { parseFile } from './statements';

export type { ShapeError } from './rejection';

/**
 * Checks a parsed Python file for what `compile(text, ..., 'exec')` of CPython 3.14 rejects.
 *
 * tree-sitter is made to draw a tree of any text; it accepts keywords as names, Python 2, empty blocks, any indentation and any
 * target. So the text is read a second time, by the rules of Python's own tokenizer and grammar (Grammar/python.gram and the
 * checks of symtable.c and codegen.c), and no tree is made of it; the semantic model answers what is asked about scopes.
 *
 * The text is taken as decoded: an encoding declaration is the business of whoever read the file.
 *
 * @param root root node of the file's tree
 * @param semantics the file's model, when there is one already; else it is built when a `global` or `nonlocal` needs it
 * @returns the first error, as CPython reports no more than one either, and an error `unread` at the first ERROR or MISSING
 *   node; empty for valid files
 */
export function checkPythonShape(
  source: SourceFile,
  root: SyntaxNode,
  semantics?: SemanticModel,
): readonly ShapeError[] {
  const errors: ShapeError[] = [];
  if (root.hasError) errors.push(unparsed(root));
  try {
    checkText(source.text);
    const parser = new Parser(tokenize(source.text));
    parseFile(parser);
    if (parser.hasDeclarations) checkDeclarations(source, root, semantics);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    errors.push(error.error);
  }
  return errors;
}

/** The first ERROR or MISSING node. */
function unparsed(root: SyntaxNode): ShapeError {
  let node = root;
  for (;;) {
    const inner = node.isError || node.isMissing ? undefined : node.children.find((child) => child.hasError);
    if (!inner) break;
    node = inner;
  }
  return { code: 'unread', message: 'invalid syntax', start: node.startIndex, end: node.endIndex };
}

function checkText(text: string): void {
  const zero = text.indexOf('\0');
  if (zero >= 0) throw rejection('null-byte', 'source code string cannot contain null bytes', zero);
  const surrogate = /\p{Cs}/u.exec(text);
  if (surrogate) throw rejection('surrogate', 'surrogates not allowed', surrogate.index);
}

function rejection(code: string, message: string, at: number): Rejection {
  return new Rejection({ code, message, start: at, end: at + 1 });
}
