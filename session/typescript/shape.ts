import { ts } from 'ts-morph';
import { declarationsOf } from './internals';
import { hasModifier, isNewDeclaration } from './new-declaration';
import { type OutlineChange, outlineChange } from './outline';
import { withStack } from './too-deep';

/**
 * What importing files can see of a change of a file: nothing; only what has come, which those see that mean the module as a whole or
 * derive from its classes; or anything.
 */
export type SeenChange = 'none' | 'additions' | 'any';

/** Compares what a file shows to those that import it in two programs. Undefined sources stand for files that a program does not have. */
export function seenChange(before: ts.Program, after: ts.Program, path: string): SeenChange {
  const [old, now] = [before.getSourceFile(path), after.getSourceFile(path)];
  return withStack(path, () => {
    const outline = old && now && outlineChange(old, now);
    if (outline && returnTheSame(outline, before, after)) return outline.hasAdditions ? 'additions' : 'none';
    const [first, second] = [shapeOf(before, old), shapeOf(after, now)];
    if (first === second) return 'none';
    return first !== undefined && second !== undefined && isExtended(parsed(first), parsed(second))
      ? 'additions'
      : 'any';
  });
}

/** Whether functions that do not say what they return have the types that they had. */
function returnTheSame({ inferred }: OutlineChange, before: ts.Program, after: ts.Program): boolean {
  return inferred.every(([old, now]) => {
    const type = returned(old, before.getTypeChecker());
    return type !== undefined && !ELIDED.test(type) && type === returned(now, after.getTypeChecker());
  });
}

/** What the compiler did not write out may differ; a rest parameter has its name behind the dots. */
const ELIDED = /\.\.\.(?![\w$[{(])/;

/** What a function returns, with the modules of all names, and what it says of its arguments by that. */
function returned(owner: ts.SignatureDeclaration, checker: ts.TypeChecker): string | undefined {
  const signature = checker.getSignatureFromDeclaration(owner);
  if (!signature) return undefined;
  const { NoTruncation, UseFullyQualifiedType } = ts.TypeFormatFlags;
  const flags = NoTruncation | UseFullyQualifiedType;
  const predicate = checker.getTypePredicateOfSignature(signature);
  const asserted = predicate?.type && checker.typeToString(predicate.type, undefined, flags);
  const type = checker.typeToString(signature.getReturnType(), undefined, flags);
  return [predicate?.kind, predicate?.parameterName, asserted, type].join(' ');
}

/** Whether a file that imports from one with {@link SeenChange} `additions` may be concerned by them. */
export const seesAdditions = (text: string): boolean =>
  /\*\s*(?:as|from)\b|\bextends\b|\b(?:import|require)\s*\(/.test(text);

/**
 * What a file shows to those that import it: its declarations, as `tsc --watch` and `--incremental` compare them to know which files a
 * change concerns. Where declarations cannot tell, the whole text stands for them.
 */
function shapeOf(program: ts.Program, source: ts.SourceFile | undefined): string | undefined {
  if (!source || source.isDeclarationFile) return source?.text;
  return declarationsOf(program, source) ?? source.text;
}

const parsed = (text: string): ts.SourceFile => ts.createSourceFile('shape.d.ts', text, ts.ScriptTarget.Latest);

/** Whether a module has all statements of an earlier one in their order, and beside them nothing but declarations that meet no name of it. */
function isExtended(before: ts.SourceFile, after: ts.SourceFile): boolean {
  if (!ts.isExternalModule(before) || !ts.isExternalModule(after)) return false;
  const left = [...before.statements];
  return (
    after.statements.every((one) => {
      const next = left[0];
      if (next && isSameOrExtended(next, before, one, after)) return left.shift() !== undefined;
      return isNewDeclaration(one, before.text);
    }) && left.length === 0
  );
}

function isSameOrExtended(old: ts.Statement, before: ts.SourceFile, now: ts.Statement, after: ts.SourceFile): boolean {
  if (old.getText(before) === now.getText(after)) return true;
  if (!ts.isClassDeclaration(old) || !ts.isClassDeclaration(now)) return false;
  const left = [...old.members];
  const headOf = (one: ts.ClassDeclaration, source: ts.SourceFile) =>
    source.text.slice(one.getStart(source), one.members.pos);
  return (
    headOf(old, before) === headOf(now, after) &&
    now.members.every((one) => {
      if (left[0]?.getText(before) === one.getText(after)) return left.shift() !== undefined;
      // A first private member would make other objects of the same form none of this class.
      return isPrivateField(one) && old.members.some((other) => isHidden(other) && isStatic(other) === isStatic(one));
    }) &&
    left.length === 0
  );
}

const isStatic = (member: ts.ClassElement): boolean => hasModifier(member, ts.SyntaxKind.StaticKeyword);

const isPrivateField = (member: ts.ClassElement): boolean =>
  ts.isPropertyDeclaration(member) && hasModifier(member, ts.SyntaxKind.PrivateKeyword);

/** Whether a member makes that only objects of its class have its type. */
const isHidden = (member: ts.ClassElement): boolean =>
  !ts.isConstructorDeclaration(member) &&
  (hasModifier(member, ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword) ||
    (member.name !== undefined && ts.isPrivateIdentifier(member.name)));
