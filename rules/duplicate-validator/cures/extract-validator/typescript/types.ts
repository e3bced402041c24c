import { ts } from 'ts-morph';
import { type RecipeContext, RecipeRefusal } from '../../../../../core/edit/typescript/recipe';
import type { CarriedName, Span, TypeQuestion } from './blueprint';
import { localType, nameIn, typesNamedBy } from './type-names';

/** The type of a parameter of shared code. */
export interface Answer {
  readonly text: string;
  /** The places hand over more than the check is written for. */
  readonly isWide: boolean;
  /** What the type names. */
  readonly carried: readonly CarriedName[];
}

/** @throws RecipeRefusal `local-type` for a type that only its own module can name */
export function answerTo(question: TypeQuestion, context: RecipeContext): Answer {
  return question.kind === 'checked' ? checkedType(question, context) : declaredType(question.places, context);
}

/** The smallest node that covers a span. */
export function nodeAt(file: ts.SourceFile, { start, end }: Span): ts.Node {
  let found: ts.Node = file;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > start || node.getEnd() < end) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/** In JavaScript types are what comments say, and the check's own is as good as any. */
function checkedType(
  { base, places, all }: Extract<TypeQuestion, { kind: 'checked' }>,
  context: RecipeContext,
): Answer {
  const wide = { text: 'unknown', isWide: true, carried: [] };
  const isTyped = places.every(({ file }) => !/\.[cm]?jsx?$/.test(file));
  for (const place of isTyped ? places : []) refuseOthers(place, all, context);
  if (base === 'unknown') return isTyped ? (commonType(places, context) ?? refuseUnknown(places[0]!, context)) : wide;
  const fitsAll = places.every((place) => {
    const { checker, node } = context.source(place.file);
    return !isTyped || fits(checker.getTypeAtLocation(nodeAt(node, place)), base);
  });
  return fitsAll ? { text: base, isWide: false, carried: [] } : wide;
}

/**
 * A union knows which values there are, and nothing is known of a value without a type.
 * @throws RecipeRefusal `other-values`, `unknown-type`
 */
function refuseOthers(place: Span, all: readonly string[] | undefined, context: RecipeContext): void {
  if (!all) return;
  const { checker, node } = context.source(place.file);
  const at = nodeAt(node, place);
  const type = checker.getTypeAtLocation(at);
  const parts = type.isUnion() ? type.types : [type];
  const isOther = (one: ts.Type): boolean => one.isStringLiteral() && one.value !== '' && !all.includes(one.value);
  if ((type.flags & ts.TypeFlags.Unknown) !== 0) refuseUnknown(place, context);
  if (parts.some(isOther)) throw refusal('other-values', place, context);
}

function refuseUnknown(place: Span, context: RecipeContext): never {
  throw refusal('unknown-type', place, context);
}

function refusal(code: string, place: Span, context: RecipeContext): RecipeRefusal {
  const { node, file } = context.source(place.file);
  const line = node.getLineAndCharacterOfPosition(place.start).line + 1;
  return new RecipeRefusal(code, { name: nodeAt(node, place).getText(node), line, file }, place);
}

/** The one type, with a name, that all places hand over. */
function commonType(places: readonly Span[], context: RecipeContext): Answer | undefined {
  const found = places.map((place) => {
    const { checker, node, file } = context.source(place.file);
    const at = nodeAt(node, place);
    const type = checker.getBaseTypeOfLiteralType(checker.getTypeAtLocation(at));
    const isUnresolved = (type.flags & ts.TypeFlags.Any) !== 0;
    return isUnresolved && ts.isAsExpression(at) ? annotated(at.type, file, context) : namedType(type, file, context);
  });
  const [first, ...others] = found;
  return first && others.every((one) => one?.text === first.text) ? first : undefined;
}

const PLAIN =
  /^(?:string|number|boolean|bigint|symbol|null|undefined|unknown|any|never|void|object|Date|RegExp|URL|Error|true|false|[\s|[\]()]|'[^']*'|"[^"]*"|\d+)+$/;

/** A type as another module can write it; undefined where it cannot. */
function namedType(type: ts.Type, file: string, context: RecipeContext): Answer | undefined {
  const { checker, node } = context.source(file);
  const text = checker.typeToString(type, node, ts.TypeFormatFlags.NoTruncation);
  // What nobody knows the type of is no better known elsewhere.
  if (type.flags & ts.TypeFlags.Any && !/\.[cm]?jsx?$/.test(file)) return undefined;
  if (PLAIN.test(text)) return { text, isWide: false, carried: [] };
  const symbol = type.aliasSymbol ?? type.getSymbol();
  if (!symbol || !/^[A-Za-z_$][\w$]*$/.test(text)) return undefined;
  const carried = nameIn(symbol, text, file, context);
  return carried && { text: carried.local, isWide: false, carried: [carried] };
}

/** A type as code says it, where it is one name. */
function annotated(type: ts.TypeNode, file: string, context: RecipeContext): Answer | undefined {
  const { node } = context.source(file);
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName) || type.typeArguments) return undefined;
  return { text: type.getText(node), isWide: false, carried: typesNamedBy(type, file, context) };
}

const FLAGS: Readonly<Record<string, ts.TypeFlags>> = {
  string: ts.TypeFlags.StringLike,
  number: ts.TypeFlags.NumberLike,
  boolean: ts.TypeFlags.BooleanLike,
  null: ts.TypeFlags.Null,
  undefined: ts.TypeFlags.Undefined,
};

/** Whether a type is one of those that a check is written for; `any` is taken for them. */
function fits(type: ts.Type, base: string): boolean {
  const wanted = base.split(' | ').reduce((all, one) => all | (FLAGS[one] ?? 0), 0);
  const parts = type.isUnion() ? type.types : [type];
  return parts.every(({ flags }) => (flags & (wanted | ts.TypeFlags.Any | ts.TypeFlags.Never)) !== 0);
}

/** What the places' own parameters are declared to be. */
function declaredType(places: readonly Span[], context: RecipeContext): Answer {
  const texts = new Map<string, CarriedName[]>();
  for (const place of places) {
    const { node, checker, file } = context.source(place.file);
    const name = nodeAt(node, place);
    const type = checker.getTypeAtLocation(name);
    const declared = ts.isParameter(name.parent) ? name.parent.type : undefined;
    if (declared) {
      const text = declared.getText(node);
      const isOptional = ts.isParameter(name.parent) && name.parent.questionToken !== undefined;
      texts.set(isOptional ? unionOf([text, 'undefined']) : text, typesNamedBy(declared, file, context));
    } else {
      const named =
        namedType(checker.getBaseTypeOfLiteralType(type), file, context) ?? refuseType(name, type, file, context);
      texts.set(named.text, [...named.carried]);
    }
  }
  const carried = [...texts.values()].flat();
  const open = ['any', 'unknown'].find((one) => texts.has(one));
  if (open !== undefined) return { text: open, isWide: false, carried: [] };
  return { text: unionOf([...texts.keys()]), isWide: false, carried };
}

/** What all of some types together accept; each part of a plain union once. */
function unionOf(types: readonly string[]): string {
  if (types.length === 1) return types[0]!;
  if (types.every((one) => /^[\w.| ]+$/.test(one)))
    return [...new Set(types.flatMap((one) => one.split(/ *\| */)))].join(' | ');
  return types.map((one) => (/[&|?]|=>/.test(one) ? `(${one})` : one)).join(' | ');
}

function refuseType(at: ts.Node, type: ts.Type, file: string, context: RecipeContext): never {
  throw localType(at, context.source(file).checker.typeToString(type), file, context);
}
