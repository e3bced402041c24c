import { ts } from 'ts-morph';
import { hasModifier, isNewDeclaration } from './new-declaration';

/** What importing files may see of a change of which the text tells all but some types. */
export interface OutlineChange {
  /** Whether declarations came that are exported. */
  readonly hasAdditions: boolean;
  /** Functions, before and after, that do not say what they return, and whose bodies differ. */
  readonly inferred: readonly (readonly [before: ts.SignatureDeclaration, after: ts.SignatureDeclaration])[];
}

/**
 * Compares two texts of a TypeScript module by what the bodies of its functions do not hide. What may differ beside them: blanks,
 * comments around statements, imports that came, and declarations that came with names of their own. Undefined where more does, and where
 * only types could tell.
 */
export function outlineChange(before: ts.SourceFile, after: ts.SourceFile): OutlineChange | undefined {
  if (!isTyped(before) || !isTyped(after) || referencesOf(before) !== referencesOf(after)) return undefined;
  const [imports, left] = [importsOf(after), before.statements.filter(isNoImport).map((one) => outlineOf(one, before))];
  if (!importsOf(before).every((one) => imports.includes(one))) return undefined;
  const isModule = ts.isExternalModule(before) && ts.isExternalModule(after);
  const bodies: [old: Body, now: Body][] = [];
  let hasAdditions = false;
  for (const statement of after.statements.filter(isNoImport)) {
    const now = outlineOf(statement, after);
    if (left[0]?.code === now.code) {
      for (const [index, old] of left.shift()!.bodies.entries()) bodies.push([old, now.bodies[index]!]);
    } else if (isModule && isNewDeclaration(statement, before.text)) {
      hasAdditions ||= hasModifier(statement, ts.SyntaxKind.ExportKeyword);
    } else return undefined;
  }
  const changed = bodies.filter(([old, now]) => old.code !== now.code);
  const isTold = left.length === 0 && changed.every(([old, now]) => !LOCAL_TYPE.test(old.code + now.code));
  return isTold ? { hasAdditions, inferred: changed.map(([old, now]) => [old.owner, now.owner]) } : undefined;
}

/** Whether types are written in a file, and not taken from what its code does. */
export const isTyped = ({ fileName }: ts.SourceFile): boolean => /\.[cm]?tsx?$/i.test(fileName);

interface Outline {
  /** Without the bodies. */
  readonly code: string;
  /** Those of functions that do not say what they return, in their order; there are as many where the code is the same. */
  readonly bodies: readonly Body[];
}

interface Body {
  readonly owner: ts.SignatureDeclaration;
  readonly code: string;
}

/** A type that has no name outside a body is written down by a name that says nothing of it. */
const LOCAL_TYPE = /\b(?:class|interface|type|enum)\s+[\w$]/;

const isNoImport = (statement: ts.Statement): boolean => !ts.isImportDeclaration(statement);

const importsOf = (source: ts.SourceFile): string[] =>
  source.statements.filter(ts.isImportDeclaration).map((one) => one.getText(source));

/** The lines at a file's head that bring types of other files. */
const referencesOf = ({ text }: ts.SourceFile): string => (text.match(/^\s*\/\/\/\s*<.*/gm) ?? []).join('\n');

function outlineOf(statement: ts.Statement, source: ts.SourceFile): Outline {
  const code: string[] = [];
  const bodies: Body[] = [];
  let from = statement.getStart(source);
  // A tree that no checker has seen does not know its parents.
  const visit = (node: ts.Node, parent: ts.Node): void => {
    if (!isBody(node, parent)) {
      ts.forEachChild(node, (child) => visit(child, node));
      return;
    }
    // One mark for a body whose type is told, another for one whose type is not: they are paired by their order.
    code.push(source.text.slice(from, node.getStart(source)), parent.type ? '{}' : '{?}');
    if (!parent.type) bodies.push({ owner: parent, code: normalized(node.getText(source)) });
    from = node.end;
  };
  visit(statement, source);
  code.push(source.text.slice(from, statement.end));
  return { code: normalized(code.join(' ')), bodies };
}

const normalized = (code: string): string => code.replace(/\s+/g, ' ');

/** Whether a node is the body of its parent, of which nothing is seen outside but what it returns. A constructor gives fields their types. */
function isBody(node: ts.Node, parent: ts.Node): parent is ts.SignatureDeclaration {
  return ts.isBlock(node) && ts.isFunctionLike(parent) && !ts.isConstructorDeclaration(parent);
}
