import { ts } from 'ts-morph';

/**
 * Whether two texts of a TypeScript file must look the same from outside: they differ in nothing but blanks, imports that came, and the
 * bodies of functions that say what they return. False where only types could tell.
 */
export function haveSameOutline(before: ts.SourceFile, after: ts.SourceFile): boolean {
  if (!isTyped(before) || !isTyped(after)) return false;
  const [old, now] = [outlineOf(before), outlineOf(after)];
  return old.code === now.code && old.imports.every((one) => now.imports.includes(one));
}

/** Whether types are written in a file, and not taken from what its code does. */
export const isTyped = ({ fileName }: ts.SourceFile): boolean => /\.[cm]?tsx?$/i.test(fileName);

interface Outline {
  readonly code: string;
  readonly imports: readonly string[];
}

function outlineOf(source: ts.SourceFile): Outline {
  const code: string[] = [];
  const imports: string[] = [];
  let from = 0;
  // A tree that no checker has seen does not know its parents.
  const visit = (node: ts.Node, parent: ts.Node): void => {
    const isImport = ts.isImportDeclaration(node);
    if (!isImport && !isHidden(node, parent)) {
      ts.forEachChild(node, (child) => visit(child, node));
      return;
    }
    if (isImport) imports.push(node.getText(source));
    code.push(source.text.slice(from, node.getStart(source)));
    from = node.end;
  };
  visit(source, source);
  code.push(source.text.slice(from));
  return { code: code.join(' ').replace(/\s+/g, ' '), imports };
}

/** The body of a function whose type does not come from it. */
function isHidden(node: ts.Node, parent: ts.Node): boolean {
  return ts.isBlock(node) && ts.isFunctionLike(parent) && parent.type !== undefined;
}
