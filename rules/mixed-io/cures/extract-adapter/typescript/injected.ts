import type { Document } from '../../../../../core/edit/snapshot';
import { finalComma, typeScriptString } from '../../../../../core/edit/typescript/format';
import { TypeScriptLayout } from '../../../../../core/edit/typescript/layout';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import type { Blueprint, OtherFile } from './blueprint';
import { indentationAt } from './code';
import { constructorOf, nameOf } from './holding';
import type { Injection, ProviderList } from './injection';
import { type Edit, moreParameters } from './more-parameters';
import type { Subject } from './subject';

/** A field that an adapter is injected into. */
export interface InjectedField {
  readonly className: string;
  readonly field: string;
}

/** What stands in front of the class of an adapter that a framework makes, and what that needs. */
export function injectableHead(
  { framework }: Injection,
  { style }: Document,
): { readonly head: string; readonly imports: Blueprint['imports'] } {
  const options = framework === 'angular' ? `{ providedIn: ${typeScriptString('root', style)} }` : '';
  const specifier = framework === 'angular' ? '@angular/core' : '@nestjs/common';
  return { head: `@Injectable(${options})\nexport `, imports: [{ specifier, member: 'Injectable' }] };
}

/** Lets the constructor of a class take adapters, behind all that it takes already; makes one where there is none. */
export function injectingConstructor(subject: Subject, fields: readonly InjectedField[]): Edit {
  const { document } = subject;
  const items = fields.map(({ className, field }) => `private readonly ${field}: ${className}`);
  const initial = constructorOf(subject);
  if (!initial) return newConstructor(subject, items);
  const list = initial.childForFieldName('parameters')!;
  if (list.namedChildren.every(({ type }) => type === 'comment')) {
    const code = parameterList(items, indentationAt(document, list.startIndex), document);
    return { start: list.startIndex, end: list.endIndex, code: [code] };
  }
  return moreParameters(list, items, document);
}

function newConstructor({ document, unit }: Subject, items: readonly string[]): Edit {
  const body = unit.childForFieldName('body')!;
  const members = body.namedChildren;
  const layout = new TypeScriptLayout(document);
  let at = members.findIndex(({ type }) => type === 'method_definition');
  // Its decorators and comments belong to the method.
  const isAbove = ({ type, startIndex }: SyntaxNode): boolean =>
    type === 'decorator' || (type === 'comment' && layout.isFirstOnLine(startIndex));
  while (at > 0 && isAbove(members[at - 1]!)) at--;
  const first = members[at];
  const indentation = members[0] ? indentationAt(document, members[0].startIndex) : document.style.indent;
  const code = `constructor${parameterList(items, indentation, document)} {}`;
  if (first) return { start: first.startIndex, end: first.startIndex, code: [`${code}\n\n${indentation}`] };
  const end = members.at(-1)?.endIndex ?? body.startIndex + 1;
  const rest = /^[ \t]*;/.exec(document.source.text.slice(end))?.[0].length ?? 0;
  return { start: end + rest, end: end + rest, code: [`\n\n${indentation}${code}`] };
}

function parameterList(items: readonly string[], indentation: string, document: Document): string {
  const flat = `(${items.join(', ')})`;
  if (items.length === 1 && `${indentation}constructor${flat} {}`.length <= document.style.lineLength) return flat;
  const inner = `\n${indentation}${document.style.indent}`;
  return `(${items.map((one) => inner + one).join(',')}${finalComma(document.style)}\n${indentation})`;
}

/** Registers adapters wherever their class is registered, and hands them over where somebody makes an object of it. */
export function registrations(
  subject: Subject,
  { lists, made }: Injection,
  classNames: readonly string[],
): OtherFile[] {
  const found = new Map<Document, { start: number; end: number; code: string }[]>();
  const add = (document: Document, start: number, code: string): void => {
    found.set(document, [...(found.get(document) ?? []), { start, end: start, code }]);
  };
  for (const list of lists) {
    const missing = classNames.filter((name) => !list.array || !namesIn(list.array, list.document).includes(name));
    for (const { start, code } of listed(list, missing)) add(list.document, start, code);
  }
  for (const { document, args } of made) {
    const values = classNames.map((name) => `new ${name}()`).join(', ');
    const last = args.namedChildren.filter(({ type }) => type !== 'comment').at(-1);
    if (!last) add(document, args.startIndex + 1, values);
    else {
      const own = args.startIndex < last.startIndex && textOf(document, args).includes('\n');
      const gap = own ? `,\n${indentationAt(document, last.startIndex)}` : ', ';
      add(document, last.endIndex, `${gap}${values.replaceAll(', ', gap)}`);
    }
  }
  const name = nameOf(subject)!;
  return [...found].map(([document, edits]) => ({
    file: document.file,
    edits,
    names: document === subject.document ? [] : classNames,
    specifier: document.semantics.imports.find(({ local }) => local === name)?.module,
  }));
}

function namesIn(array: SyntaxNode, document: Document): string[] {
  return array.namedChildren.filter(({ type }) => type === 'identifier').map((one) => textOf(document, one));
}

function listed({ document, array, pair }: ProviderList, names: readonly string[]): { start: number; code: string }[] {
  if (names.length === 0) return [];
  if (!array) {
    const gap = `,\n${indentationAt(document, pair.startIndex)}`;
    const lead =
      document.source.lineAt(pair.startIndex) === document.source.lineAt(pair.parent!.startIndex) ? ', ' : gap;
    return [{ start: pair.endIndex, code: `${lead}providers: [${names.join(', ')}]` }];
  }
  const items = array.namedChildren.filter(({ type }) => type !== 'comment');
  const last = items.at(-1);
  if (!last) return [{ start: array.startIndex + 1, code: names.join(', ') }];
  const { text } = document.source;
  const isOwnLine = /\n[ \t]*$/.test(text.slice(array.startIndex, last.startIndex));
  const gap = isOwnLine ? `\n${indentationAt(document, last.startIndex)}` : ' ';
  const own = items.map((one) => textOf(document, one));
  const isSorted = own.length > 1 && own.every((one, at) => /^\w+$/.test(one) && (at === 0 || own[at - 1]! < one));
  return names.map((name) => {
    const next = isSorted ? items[own.findIndex((one) => one > name)] : undefined;
    return next ? { start: next.startIndex, code: `${name},${gap}` } : { start: last.endIndex, code: `,${gap}${name}` };
  });
}
