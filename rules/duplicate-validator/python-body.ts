import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonSymbol } from '../../core/syntax/python';
import { type BodyDialect, normaliseBody } from './body';
import { atOf, type BodyFact, type RegexFact, type SetFact } from './facts';
import { type Answers, type BodyStatement, MAX_LINES, onlyValidates, type StatementRole } from './only-validates';
import { sliceOf } from './place';
import { guardedDefinitions } from './python-candidates';
import { blockRejects } from './python-guard';
import { bodyWeight, callsOnly, coversOf, isValidatorName, MIN_WEIGHT } from './weight';

const DIALECT: BodyDialect = {
  token:
    /\n[ \t\n\r]*|[ \t\r]+|#[^\n]*|[bfruBFRU]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|[A-Za-z_]\w*|\d[\w.]*|[-+*/%<>=!:|&^@]=|->|\*\*|\/\/|<<|>>|[\s\S]/g,
  rejection: /raise\b(?:[ \t]+[\w.]+)?/y,
  binders:
    /^[ \t]*([A-Za-z_][\w, ]*?)(?:[ \t]*:[^=\n]+)?[ \t]*=(?!=)|\bfor[ \t]+([^\n:]+?)[ \t]+in\b|\bas[ \t]+(\w+)|\b(\w+)[ \t]*:=/gm,
  isIndented: true,
};

const DECORATED =
  /@(?:\w+\.)?(?:validator|field_validator|root_validator|model_validator|validates|validates_schema)\b/g;
/** What a validator may call to bring its argument into shape. */
const PURE =
  'len int float str bool set list tuple dict sorted min max sum abs any all type isinstance getattr re urlparse urlsplit urllib Path os Decimal'.split(
    ' ',
  );

const ANSWERS: Answers = { no: /\breturn False\b/, yes: /^return\s+(?!False|None)\S/ };

/** Functions that do nothing but validate, with their variables' names taken out. */
export function pythonBodies(file: ParsedFile, checks: readonly (RegexFact | SetFact)[]): BodyFact[] {
  const { text } = file.source;
  const seen = new Set<number>();
  const found: BodyFact[] = [];
  const consider = (definition: SyntaxNode | undefined, isDecorated: boolean) => {
    if (!definition || seen.has(definition.startIndex)) return;
    seen.add(definition.startIndex);
    const fact = definition.hasError ? undefined : bodyFact(file, definition, isDecorated, checks);
    if (fact) found.push(fact);
  };
  if (text.includes('valida'))
    for (const hit of text.matchAll(DECORATED)) consider(decoratedFunction(file, hit.index + 1), true);
  for (const definition of guardedDefinitions(text)) {
    if (seen.has(definition)) continue;
    const at = file.root.descendantForIndex(definition, definition)?.parent;
    consider(at?.type === 'function_definition' ? at : undefined, false);
  }
  return found;
}

function decoratedFunction(file: ParsedFile, offset: number): SyntaxNode | undefined {
  let at = file.root.descendantForIndex(offset, offset);
  while (at && at.type !== 'decorator') at = at.isNamed && /statement|block|module/.test(at.type) ? null : at.parent;
  const definition = at?.parent?.childForFieldName('definition');
  return definition?.type === 'function_definition' ? definition : undefined;
}

function bodyFact(
  file: ParsedFile,
  definition: SyntaxNode,
  isDecorated: boolean,
  checks: readonly (RegexFact | SetFact)[],
): BodyFact | undefined {
  const { source } = file;
  const body = definition.childForFieldName('body');
  const name = definition.childForFieldName('name');
  if (!body || !name) return undefined;
  const text = source.slice(body.startIndex, body.endIndex);
  if (bodyWeight(text) < MIN_WEIGHT) return undefined;
  const own = sliceOf(file, name);
  // A yes or no is a validation only where the name says so: `should_retry` decides something else.
  if (/^__/.test(own) || (!isDecorated && answersFalse(text) && !isValidatorName(own))) return undefined;
  if (source.lineAt(body.endIndex) - source.lineAt(body.startIndex) > MAX_LINES) return undefined;
  const parameters = parameterNames(file, definition);
  if (parameters.length === 0) return undefined;
  const statements = body.namedChildren.filter(
    (one, index) => one.type !== 'comment' && !(index === 0 && isDocstring(one)),
  );
  if (!statements[0] || !onlyValidates(file, statements, ANSWERS, rolesFor(file, isDecorated, parameters)))
    return undefined;
  const symbol = [enclosingPythonSymbol(definition, source), own].filter(Boolean).join('.');
  const at = atOf(file, definition.startIndex, definition.childForFieldName('parameters')?.endIndex ?? name.endIndex);
  const lineStart = statements[0].startIndex - source.positionAt(statements[0].startIndex).character;
  return {
    kind: 'body',
    key: `py:${normaliseBody(`\n${source.slice(lineStart, body.endIndex)}`, parameters, DIALECT)}`,
    name: own,
    covers: coversOf(checks, at, source.lineAt(body.endIndex)),
    at,
    symbol,
  };
}

function answersFalse(body: string): boolean {
  return /\breturn False\b/.test(body) && !/\braise\b/.test(body);
}

function isDocstring(statement: SyntaxNode): boolean {
  return statement.type === 'expression_statement' && statement.firstNamedChild?.type === 'string';
}

/** @param isDecorated a framework calls it to validate, whatever else it does on the way */
function rolesFor(
  file: ParsedFile,
  isDecorated: boolean,
  parameters: readonly string[],
): (statement: BodyStatement) => StatementRole {
  const known = new Set([...PURE, ...parameters]);
  return ({ node, text, isLast, guards }) => {
    switch (node.type) {
      case 'if_statement':
      case 'for_statement':
        if (holdsGuard(file, node)) return 'guard';
        return isDecorated ? 'idle' : 'more';
      case 'return_statement':
        return isLast && (isDecorated || /^return(?:\s+(?:[\w.]+|True|None))?$/.test(text)) ? 'idle' : 'more';
      case 'expression_statement': {
        // A constructor or setter stores what it checked; that is not only validation.
        const target = /^(\w+)(?:\s*:[^=\n]+)?\s*=(?!=)/.exec(text)?.[1];
        if (!isDecorated && (!target || !callsOnly(text, known))) return 'more';
        if (target) known.add(target);
        return 'idle';
      }
      case 'raise_statement':
        return isLast && guards > 0 ? 'idle' : 'more';
      default:
        return node.type === 'assert_statement' || node.type === 'try_statement' ? 'idle' : 'more';
    }
  };
}

/** An `if`, or a loop over such, whose branch rejects. */
function holdsGuard(file: ParsedFile, statement: SyntaxNode): boolean {
  if (statement.type === 'if_statement') {
    return blockRejects(statement.childForFieldName('consequence'), file.source);
  }
  const body = statement.childForFieldName('body');
  return (
    body?.namedChildren.some(
      (one) => one.type === 'if_statement' && blockRejects(one.childForFieldName('consequence'), file.source),
    ) ?? false
  );
}

/** Names of the parameters but `self` and `cls`. */
export function parameterNames(file: ParsedFile, definition: SyntaxNode): string[] {
  const names: string[] = [];
  for (const parameter of definition.childForFieldName('parameters')?.namedChildren ?? []) {
    const name =
      parameter.type === 'identifier' ? parameter : (parameter.childForFieldName('name') ?? parameter.firstNamedChild);
    const text = name ? file.source.slice(name.startIndex, name.endIndex) : '';
    if (text && text !== 'self' && text !== 'cls') names.push(text);
  }
  return names;
}
