import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import type { TypeScriptModel } from '../../../../core/semantics/typescript/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { CallShape } from './call-shape';
import { textOf } from './handler';
import type { LoggerOrigin } from './logger';
import { apiOfExpression, apiOfValue, type LoggerApi } from './logger-api';

/** What the definition of a project's logger tells: its library, or its own methods with their parameters. */
export type LoggerDefinition = { readonly api: LoggerApi } | { readonly methods: ReadonlyMap<string, Method> };

export interface Method {
  readonly parameters: readonly Parameter[];
}

interface Parameter {
  readonly name: string;
  /** As written; empty where there is none. */
  readonly type: string;
  readonly isOptional: boolean;
  readonly isRest: boolean;
}

const MAX_HOPS = 3;

/** Looks up what an imported logger is, through re-exports; undefined where the project does not say. */
export async function definitionOf(
  importer: Document,
  origin: LoggerOrigin,
  snapshot: Snapshot,
  hops = 0,
): Promise<LoggerDefinition | undefined> {
  const { module, member } = origin;
  const targets = snapshot.modules.resolve(importer.file, module);
  // Of a module and what it was compiled to, the module itself.
  const sources = targets.length > 1 ? targets.filter((one) => /\.[cm]?tsx?$/.test(one)) : targets;
  const target = sources.length === 1 ? await snapshot.open(sources[0]!) : undefined;
  if (target?.family !== 'typescript') return undefined;
  const model = target.semantics as TypeScriptModel;
  for (const one of model.exports) {
    if (one.exported !== member && one.exported !== '*') continue;
    if (one.module !== undefined) {
      if (hops >= MAX_HOPS) return undefined;
      const found = await definitionOf(
        target,
        { ...origin, module: one.module, member: one.exported === '*' ? member : (one.local ?? member) },
        snapshot,
        hops + 1,
      );
      if (found) return found;
      continue;
    }
    if (one.exported === '*') continue;
    const value = one.local === undefined ? anonymousDefault(target, one.start) : undefined;
    const found =
      one.local === undefined
        ? value && definitionOfValue(value, target)
        : await namedDefinition({ ...origin, member: one.local }, target, snapshot, hops);
    if (found) return found;
  }
  return commonJs(target, member);
}

function anonymousDefault({ root }: Document, offset: number): SyntaxNode | undefined {
  let at = root.namedDescendantForIndex(offset, offset + 1);
  while (at && at.type !== 'export_statement') at = at.parent;
  return at?.childForFieldName('value') ?? undefined;
}

async function namedDefinition(
  origin: LoggerOrigin,
  target: Document,
  snapshot: Snapshot,
  hops: number,
): Promise<LoggerDefinition | undefined> {
  const binding = target.semantics.root.bindings.get(origin.member);
  if (binding?.imported && binding.imported.member !== undefined && hops < MAX_HOPS)
    return definitionOf(
      target,
      { ...origin, module: binding.imported.module, member: binding.imported.member },
      snapshot,
      hops + 1,
    );
  const [write] = binding?.writes ?? [];
  const node = write && target.root.namedDescendantForIndex(write.start, write.end);
  return node?.parent ? definitionOfDeclaration(node.parent, target, origin.isType === true) : undefined;
}

function definitionOfDeclaration(
  declaration: SyntaxNode,
  target: Document,
  isType: boolean,
): LoggerDefinition | undefined {
  if (/class|interface/.test(declaration.type)) return methodsOf(declaration, target, !isType);
  const value = declaration.childForFieldName('value');
  return value ? definitionOfValue(value, target) : undefined;
}

function definitionOfValue(value: SyntaxNode, target: Document): LoggerDefinition | undefined {
  const api = apiOfValue(value, target) ?? (value.type === 'identifier' ? apiOfExpression(value, target) : undefined);
  if (api) return { api };
  if (value.type === 'object') return methodsOf(value, target, false);
  if (value.type === 'class') return methodsOf(value, target, true);
  const made =
    value.type === 'new_expression'
      ? value.childForFieldName('constructor')
      : value.type === 'identifier'
        ? value
        : null;
  const [write] = made ? (target.semantics.root.bindings.get(textOf(target, made))?.writes ?? []) : [];
  const declaration = write && target.root.namedDescendantForIndex(write.start, write.end)?.parent;
  if (!declaration || declaration.id === value.parent?.id) return undefined;
  if (/class/.test(declaration.type)) return methodsOf(declaration, target, value.type !== 'new_expression');
  const inner = declaration.childForFieldName('value');
  return inner && inner.type !== 'identifier' ? definitionOfValue(inner, target) : undefined;
}

/** `exports.log = new Logger()`, `module.exports = { log }`. */
function commonJs(target: Document, member: string): LoggerDefinition | undefined {
  if (!/\bexports\b/.test(target.source.text)) return undefined;
  for (const statement of target.root.namedChildren) {
    const assignment = statement.type === 'expression_statement' ? statement.firstNamedChild : null;
    const left =
      assignment?.type === 'assignment_expression' ? textOf(target, assignment.childForFieldName('left')!) : '';
    if (left !== `exports.${member}` && left !== `module.exports.${member}`) continue;
    const found = definitionOfValue(assignment!.childForFieldName('right')!, target);
    if (found) return found;
  }
  const [write] = target.semantics.root.bindings.get(member)?.writes ?? [];
  const declaration = write && target.root.namedDescendantForIndex(write.start, write.end)?.parent;
  return declaration ? definitionOfDeclaration(declaration, target, false) : undefined;
}

/** The methods of a class (its static ones where it is used by its name) or of an object literal. */
function methodsOf(owner: SyntaxNode, target: Document, isStatic: boolean): LoggerDefinition | undefined {
  const members =
    owner.type === 'object' ? owner.namedChildren : (owner.childForFieldName('body')?.namedChildren ?? []);
  const methods = new Map<string, Method>();
  for (const member of members) {
    const name =
      member.childForFieldName('name') ?? member.childForFieldName('property') ?? member.childForFieldName('key');
    const head = name ? target.source.slice(member.startIndex, name.startIndex) : '';
    if (!name || /\b(?:private|protected)\b/.test(head)) continue;
    if (owner.type !== 'object' && /\bstatic\b/.test(head) !== isStatic) continue;
    const definition = member.childForFieldName('parameters') ? member : member.childForFieldName('value');
    const parameters = definition?.childForFieldName('parameters');
    if (parameters) methods.set(textOf(target, name), { parameters: parametersOf(parameters, target) });
  }
  return methods.size > 0 ? { methods } : undefined;
}

function parametersOf(list: SyntaxNode, target: Document): Parameter[] {
  return list.namedChildren
    .filter(({ type }) => type !== 'comment')
    .map((parameter) => {
      const text = textOf(target, parameter);
      const type = parameter.childForFieldName('type');
      const isRest = /^\.\.\./.test(text);
      return {
        name: /^(?:\.\.\.)?([\w$]+)/.exec(text)?.[1] ?? '',
        type: type ? textOf(target, type).replace(/^:\s*/, '') : '',
        isOptional: isRest || parameter.type === 'optional_parameter' || /=/.test(text.replace(/=>/g, '')),
        isRest,
      };
    });
}

const MESSAGE = /^(?:m|msg|message|text|str|line|content|what|format|fmt|event|title|description)$/i;
const ERROR = /^(?:e|err|error|ex|exception|cause|reason)$/i;
const META =
  /^(?:meta|metadata|extra|extras|context|ctx|data|details|fields|obj|payload|props|properties|info|attributes|attrs|bindings|params)$/i;
const TAG =
  /^(?:module|tag|category|label|component|scope|namespace|source|prefix|area|topic|section|subsystem|origin|service)$/i;

/** How a call must look that a method's parameters take; undefined where one of them asks for what nobody can guess. */
export function shapeOfMethod({ parameters }: Method): CallShape | undefined {
  let tag: CallShape['tag'];
  let isTagChosen = false;
  let hasMessage = false;
  let shape: CallShape | undefined;
  for (const { name, type, isOptional, isRest } of parameters) {
    if (!hasMessage && (MESSAGE.test(name) || (isRest && /^(?:any|unknown)\[\]$|^$/.test(type)))) {
      hasMessage = true;
      if (isRest) shape = { place: 'trailing', key: 'error' };
    } else if (TAG.test(name) && !isRest) {
      isTagChosen = !/^(?:string|any|)$/.test(type.replace(/\s*\|\s*undefined/, ''));
      if (!isOptional) tag = { at: hasMessage ? 'after' : 'before', code: 'self' };
      else if (hasMessage) break;
      else return undefined;
    } else if (hasMessage && (ERROR.test(name) || isRest)) {
      if (isRest && !/^(?:any|unknown)\[\]$|^Array<(?:any|unknown)>$|^$/.test(type)) break;
      const isStrict = /\bError\b/.test(type) && !/\b(?:unknown|any)\b/.test(type);
      shape = { place: 'trailing', key: 'error', ...(isStrict ? { isStrict } : {}) };
      break;
    } else if (hasMessage && /^(?:any|unknown)$/.test(type) && !/^msg2?$/.test(name)) {
      shape = META.test(name) ? { place: 'meta', key: 'error' } : { place: 'trailing', key: 'error' };
      break;
    } else if (hasMessage && META.test(name)) {
      shape = /^(?:string|number|boolean)\b/.test(type) ? undefined : { place: 'meta', key: 'error' };
      break;
    } else if (!isOptional) return undefined;
    else break;
  }
  if (!hasMessage) return undefined;
  return { ...(shape ?? { place: 'text', key: 'error' }), ...(tag ? { tag, isTagChosen } : {}) };
}
