import { Fragment } from '../../../../../core/edit/fragment';
import { docstring } from '../../../../../core/edit/python/format';
import { sourceSentence, sourcesOf, wrapped } from '../../../../../core/edit/python/new-module/sources';
import { indentCode } from '../../../../../core/edit/python/reindent';
import type { CodeStyle } from '../../../../../core/edit/style';
import { brandName } from '../brands';
import type { Adapter } from './adapters';
import { importsForHead, localImportsOf } from './local-imports';
import { methodBody, methodDefinition } from './method-code';
import type { Piece } from './piece';
import type { Plan } from './plan';
import { commandOf, stemOf } from './services';
import { describe } from './wording';

/** The class of an adapter at indentation 0. */
export function adapterClass(
  adapter: Adapter,
  plan: Plan,
  style: CodeStyle,
  renamed: ReadonlyMap<string, string>,
): Fragment {
  const { indent } = style;
  const { document, symbol } = plan.subject;
  const head = headline(adapter, plan);
  const isSame = plan.target.file === document.file;
  const source = sourceSentence(sourcesOf([{ file: document.file, symbol }], plan.target.file, plan.snapshot));
  const width = style.lineLength - indent.length;
  // A reader of the same module sees where it comes from.
  const words = isSame ? wrapped(head, width - 6) : `${wrapped(head, width - 6)}\n\n${wrapped(source, width)}`;
  const methods = methodsOf(adapter, plan, style, renamed).map((one) => indentCode(one, indent, plan.target.file));
  return Fragment.join([`class ${adapter.className}:\n${indent}${docstring(words, indent)}`, ...methods], '\n\n');
}

/** The methods that are new, at indentation 0. */
export function methodsOf(
  adapter: Adapter,
  plan: Plan,
  style: CodeStyle,
  renamed: ReadonlyMap<string, string>,
): Fragment[] {
  const { subject, target } = plan;
  return adapter.methods.map(({ name, pieces, code }) => {
    const [piece] = pieces;
    const isElsewhere = target.file !== subject.document.file;
    const atHead = importsAtHead(plan);
    const imports = localImportsOf([piece!], subject, isElsewhere)
      .filter(({ code }) => !atHead.has(code))
      .map((one) => one.code);
    const body = methodBody(piece!, subject.document, renamed, imports);
    const parameters = code.parameters.map((one) => spelled(one, renamed));
    const returns = code.returns === undefined ? undefined : spelled(code.returns, renamed);
    return methodDefinition(name, { ...code, parameters, returns, body }, describe(name, piece!, subject), style);
  });
}

/** What the module of the adapters imports at its head, as statements: no method needs to import it again. */
function importsAtHead({ adapters, carried, subject, target }: Plan): ReadonlySet<string> {
  const own = subject.model.imports.filter(({ local }) =>
    subject.model.root.bindings.get(local)?.writes.every(({ imported }) => imported && !imported.lazy),
  );
  const all =
    target.file === subject.document.file
      ? own.map(({ module, member, local }) => ({
          module,
          member,
          alias: local === (member ?? module) ? undefined : local,
        }))
      : [...carried.flatMap((one) => one.imports), ...(target.document ? [] : importsForHead(piecesOf(adapters)))];
  return new Set(
    all
      .filter(({ alias }) => alias === undefined)
      .map(({ module, member }) => (member === undefined ? `import ${module}` : `from ${module} import ${member}`)),
  );
}

/** A type hint in the target's own words. */
function spelled(text: string, renamed: ReadonlyMap<string, string>): string {
  return text.replace(/(:.*|^[\w.]+$)/, (hint) =>
    hint.replace(/(?<![\w.])[A-Za-z_]\w*/g, (word) => renamed.get(word) ?? word),
  );
}

function headline({ group }: Adapter, { subject }: Plan): string {
  const { kind, service } = group;
  const about = service === undefined ? stemOf(subject) : brandName(service, subject.symbol);
  const owner = subject.symbol;
  // A class that is named after its service talks to it.
  const isOwn = service === undefined || about === owner;
  const kinds = new Set(group.pieces.map(({ site }) => site.call.kind));
  if (kinds.size > 1) return `HTTP requests and SDK calls of ${owner}${isOwn ? '' : ` to ${about}`}.`;
  switch (kind) {
    case 'http':
      return isOwn ? `HTTP requests of ${owner}.` : `HTTP requests of ${owner} to ${about}.`;
    case 'cloud':
      return `Calls of the ${about} SDK for ${owner}.`;
    case 'process':
      return service === undefined
        ? `Processes that ${owner} runs and looks at.`
        : `Runs of \`${commandOf(group.pieces[0]!, subject)[0] ?? service}\` for ${owner}.`;
    default:
      return `Files that ${owner} reads and writes.`;
  }
}

/** All pieces of some adapters. */
export function piecesOf(adapters: readonly Adapter[]): Piece[] {
  return adapters.flatMap(({ methods }) => methods.flatMap(({ pieces }) => [...pieces]));
}
