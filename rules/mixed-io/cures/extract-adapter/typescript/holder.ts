import { isJavaScript } from '../../../../../core/edit/typescript/layout';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { fieldNamesOf } from './adapters';
import { indentationAt } from './code';
import { constructorOf, type Holding, hidesFields, holdingOf, nameOf, type Relatives } from './holding';
import { injectingConstructor } from './injected';
import type { Injection } from './injection';
import { type Edit, moreParameters } from './more-parameters';
import { type Adapter, type Plan, sitesOf } from './plan';
import type { Subject } from './subject';
import { takenNames } from './taken-names';

interface Held {
  readonly className: string;
  /** As the class says it, with `#` or an underscore where that is its habit. */
  readonly field: string;
}

/** Gives the class or function of a finding its adapters. */
export class Holder {
  private readonly subject: Subject;
  private readonly holding: Holding;
  private readonly taken: Set<string>;
  private readonly fields: Held[] = [];
  private readonly prefix: string;

  /** @param injection where the objects of the class are made by a framework */
  constructor(
    plan: Plan,
    relatives: Relatives,
    private readonly injection: Injection | undefined,
  ) {
    const { subject } = plan;
    this.subject = subject;
    this.holding = injection ? 'injected' : holdingOf(subject, sitesOf(plan), relatives);
    this.taken = new Set(takenNames(subject, relatives));
    this.prefix = this.prefixOf();
  }

  /** The classes that the class gets by a field of its own. */
  get classNames(): string[] {
    return this.fields.map(({ className }) => className);
  }

  /** The classes that parameters of the constructor make by default. */
  get defaults(): string[] {
    return this.holding === 'parameter' ? this.classNames : [];
  }

  /** Whether who makes an object may want to hand an adapter over. */
  get isExported(): boolean {
    return this.holding === 'parameter' && this.subject.unit.parent?.type === 'export_statement';
  }

  /** @returns the expression of the adapter at its places */
  hold(adapter: Adapter): string {
    const known = adapter.existing && this.existing(adapter.className);
    if (known) return this.access(known);
    const names = fieldNamesOf(adapter.group, adapter.className);
    const isFree = (name: string): boolean => !this.taken.has(`${this.prefix}${name}`) && !this.taken.has(name);
    let name = names.find(isFree) ?? names[0]!;
    for (let count = 2; !isFree(name); count++) name = `${names[0]!}${count}`;
    const field = `${this.prefix}${name}`;
    this.taken.add(field);
    this.fields.push({ className: adapter.className, field });
    return this.access(field);
  }

  edits(): Edit[] {
    if (this.fields.length === 0) return [];
    if (this.injection && !this.injection.isAsked) return [injectingConstructor(this.subject, this.fields)];
    if (this.holding === 'parameter') return [this.parameters()];
    return [this.holding === 'local' ? this.constants() : this.members()];
  }

  private access(field: string): string {
    if (this.holding === 'local') return field;
    return this.holding === 'static' ? `${nameOf(this.subject)!}.${field}` : `this.${field}`;
  }

  /** The field in which the class holds an adapter of an earlier run. */
  private existing(className: string): string | undefined {
    const { document, unit } = this.subject;
    const made = `(?::\\s*${className}\\s*)?=\\s*(?:new ${className}\\(\\)|inject\\(${className}\\))`;
    const injected = this.injection ? `|:\\s*${className}\\s*[,)]` : '';
    return new RegExp(`(?:^|[\\s(,]|\\bthis\\.)(#?[\\w$]+)\\s*(?:${made}${injected})`).exec(
      textOf(document, unit),
    )?.[1];
  }

  /** `#` or an underscore, where the class writes its private fields so. */
  private prefixOf(): string {
    const { document, unit, isClass } = this.subject;
    if (!isClass) return '';
    const text = textOf(document, unit);
    const isTyped = !isJavaScript(document.file);
    const isField = this.holding !== 'parameter' && this.injection?.isAsked !== false;
    const own =
      text.match(isTyped ? /\bprivate\s+(?:readonly\s+|static\s+)*_\w+\s*[:=;!?]/g : /\bthis\._\w+\s*=(?!=)/g)
        ?.length ?? 0;
    const plain =
      text.match(
        isTyped ? /\bprivate\s+(?:readonly\s+|static\s+)*[a-zA-Z]\w*\s*[:=;!?]/g : /\bthis\.[a-zA-Z]\w*\s*=(?!=)/g,
      )?.length ?? 0;
    // A method that is called private is no field.
    if (isField && hidesFields(this.subject)) return '#';
    return own > plain ? '_' : '';
  }

  private modifiers(): string {
    const { document } = this.subject;
    const isStatic = this.holding === 'static' ? 'static ' : '';
    if (isJavaScript(document.file)) return isStatic;
    return `${this.prefix === '#' ? '' : 'private '}${isStatic}readonly `;
  }

  private members(): Edit {
    const initial = assigningConstructor(this.subject);
    return initial && this.holding === 'field' && !this.injection ? this.assignments(initial) : this.declarations();
  }

  /** As the first thing that the constructor does: what it calls may need them. */
  private assignments(initial: SyntaxNode): Edit {
    const { document } = this.subject;
    const body = initial.childForFieldName('body')!;
    const first = body.firstNamedChild!;
    const end = document.style.semicolons ? ';' : '';
    const gap = `\n${indentationAt(document, first.startIndex)}`;
    const code = this.fields.map(({ className, field }) => `this.${field} = new ${className}()${end}${gap}`);
    return { start: first.startIndex, end: first.startIndex, code: [code.join('')] };
  }

  private declarations(): Edit {
    const { document, unit } = this.subject;
    const body = unit.childForFieldName('body')!;
    const [first] = body.namedChildren;
    const indentation = first ? indentationAt(document, first.startIndex) : document.style.indent;
    const end = document.style.semicolons ? ';' : '';
    const isAsked = this.injection !== undefined;
    const lines = this.fields.map(({ className, field }) => {
      return `${this.modifiers()}${field} = ${isAsked ? `inject(${className})` : `new ${className}()`}${end}`;
    });
    const isBeforeField = first !== undefined && /field_definition$/.test(first.type);
    const at = first?.startIndex ?? body.startIndex + 1;
    const code = lines.map((line) => `${line}\n${indentation}`).join('');
    return {
      start: at,
      end: at,
      code: [isBeforeField ? code : `${code.slice(0, -indentation.length || undefined)}\n${indentation}`],
    };
  }

  private constants(): Edit {
    const { document, unit } = this.subject;
    const body = unit.childForFieldName('body')!;
    const first = body.namedChildren.find(
      (one) => !(one.type === 'expression_statement' && one.firstNamedChild?.type === 'string'),
    )!;
    const indentation = indentationAt(document, first.startIndex);
    const end = document.style.semicolons ? ';' : '';
    const code = this.fields.map(({ className, field }) => `const ${field} = new ${className}()${end}\n${indentation}`);
    return { start: first.startIndex, end: first.startIndex, code: [code.join('')] };
  }

  /** Behind all other parameters, so that no caller's arguments change their meaning. */
  private parameters(): Edit {
    const { document } = this.subject;
    const list = constructorOf(this.subject)!.childForFieldName('parameters')!;
    const items = this.fields.map(({ className, field }) => `private readonly ${field} = new ${className}()`);
    return moreParameters(list, items, document);
  }
}

/** The constructor of a JavaScript class that declares no fields, but assigns them there. */
function assigningConstructor(subject: Subject): SyntaxNode | undefined {
  const { document, unit } = subject;
  const members = unit.childForFieldName('body')?.namedChildren ?? [];
  const isPlain =
    isJavaScript(document.file) &&
    !unit.children.some(({ type }) => type === 'class_heritage') &&
    !members.some(({ type }) => /field_definition$/.test(type));
  const initial = isPlain ? constructorOf(subject) : undefined;
  const [first] = initial?.childForFieldName('body')?.namedChildren ?? [];
  return first && first.type !== 'comment' && /^this\.\w+\s*=(?!=)/.test(textOf(document, first)) ? initial : undefined;
}
