import {
  type Argument,
  callExpression,
  type TemplatePart,
  templateString,
  typeScriptString,
} from '../../../../core/edit/typescript/format';
import type { NameAtHand } from '../names-at-hand';
import type { CallShape } from './call-shape';
import type { TypeScriptHandler } from './handler';
import { enclosingClass } from './log-calls';
import { ownerOfThis } from './logger';

/** What a log call is to say, and to whom. */
export interface LogRequest {
  /** `logger.warn`, `this.logger?.debug`. */
  readonly callee: string;
  readonly shape: CallShape;
  readonly isFormat: boolean;
  readonly text: string;
  readonly names: readonly NameAtHand[];
  /** The name of the error. */
  readonly error: string;
}

/** Members that structured loggers set themselves; those that take the object first also have a name. */
const TAKEN = /^(?:level|time|timestamp|msg|message|stack)$/;
const TAKEN_FIRST = /^(?:pid|hostname|name|v)$/;

/** The call as code at indentation 0, broken as Prettier would. */
export function logCall(request: LogRequest, handler: TypeScriptHandler, indentation: string): string {
  const { style } = handler.document;
  const args = argumentsOf(request, handler);
  const tag = request.shape.tag;
  if (tag) {
    const code = tagCode(tag.code, handler);
    if (tag.at === 'before') args.unshift(code);
    else args.splice(1, 0, code);
  }
  return callExpression(request.callee, args, { style, indentation });
}

function argumentsOf({ shape, isFormat, text, names, error }: LogRequest, handler: TypeScriptHandler): Argument[] {
  const { style } = handler.document;
  const listed = names.flatMap(({ label, expression }, at): TemplatePart[] => [
    `${at === 0 ? ' (' : ', '}${label}=`,
    { expression },
    ...(at === names.length - 1 ? [')'] : []),
  ]);
  const members = names
    .filter(({ label }) => !isTaken(label, shape))
    .map(({ label, expression }) => member(label, expression));
  const value = errorValue(shape, error, handler);
  switch (shape.place) {
    case 'trailing': {
      // A `%` in a value would be taken for a placeholder, and eat the error.
      const isSafe = !isFormat || !names.some(({ label }) => /ur[il]$|path$|href$/i.test(label));
      if (isSafe) return [templateString([text, ...listed], style), value];
      return [typeScriptString(text, style), { members }, value];
    }
    case 'meta':
      return [typeScriptString(text, style), { members: [...members, member(shape.key, value)] }];
    case 'leading-object':
      return [{ members: [member(shape.key, value), ...members] }, typeScriptString(text, style)];
    case 'object':
      return [
        { members: [`${shape.messageKey}: ${typeScriptString(text, style)}`, ...members, member(shape.key, value)] },
      ];
    case 'text':
      return [templateString([text, ...listed, ': ', { expression: value }], style)];
  }
}

function isTaken(label: string, { place }: CallShape): boolean {
  return TAKEN.test(label) || (place === 'leading-object' && TAKEN_FIRST.test(label));
}

function member(key: string, value: string): string {
  return key === value ? key : `${key}: ${value}`;
}

/** What is caught is of type `unknown`: where an `Error` is asked for, it is made sure of. */
function errorValue({ wrapper, isStrict }: CallShape, error: string, { document }: TypeScriptHandler): string {
  if (wrapper !== undefined) return `${wrapper}(${error})`;
  if (!isStrict || document.language === 'javascript') return error;
  return `${error} instanceof Error ? ${error} : new Error(String(${error}))`;
}

/** The tag of other calls, or the module's own name. */
function tagCode(code: string, handler: TypeScriptHandler): string {
  const { document, node } = handler;
  if (code !== 'self' && (!code.startsWith('this.') || ownerOfThis(node))) return code;
  const name = enclosingClass(node)?.childForFieldName('name');
  const file = document.file.slice(document.file.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/, '');
  return typeScriptString(name ? document.source.slice(name.startIndex, name.endIndex) : file, document.style);
}
