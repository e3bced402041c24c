import { Fragment } from '../../../../../core/edit/fragment';
import { Refusal } from '../../../../../core/edit/refusal';
import { orRefusal } from '../../../../../core/edit/refused';
import { finalComma } from '../../../../../core/edit/typescript/format';
import type { Recipe, RecipeContext, RecipeSource } from '../../../../../core/edit/typescript/recipe';
import { type Documented, functionDoc, isChecked, notationOf } from '../../../../../core/edit/typescript/type-comments';
import type { AdapterCode, Blueprint, Code, MethodCode, OtherFile, Span } from './blueprint';
import { Carriage } from './carriage';
import { TypeWriter } from './types';

/** Writes adapters with the types that the compiler knows. Runs where the compiler is. */
export const extractAdapterRecipe: Recipe = {
  id: 'extract-adapter',
  async run(context) {
    const blueprint = context.args as Blueprint;
    const writer = new AdapterWriter(context, blueprint);
    const { elsewhere } = blueprint;
    const home = elsewhere?.file ?? blueprint.file;
    const made: Fragment[] = [];
    for (const adapter of blueprint.adapters) {
      const methods: Fragment[] = [];
      for (const method of adapter.methods) {
        methods.push(writer.method(method));
        await context.step();
      }
      if (adapter.existing === undefined) made.push(writer.adapter(adapter, methods));
      else if (methods.length > 0)
        context.edits.insert(home, adapter.existing, Fragment.of(...methods.flatMap((one) => ['\n\n', one])));
    }
    if (elsewhere) writer.carriage!.write(made);
    else if (made.length > 0) {
      const lead = blueprint.isBehindCode ? '\n' : '';
      context.edits.insert(home, blueprint.at, Fragment.of(lead, ...made.flatMap((one) => [one, '\n\n'])));
    }
    for (const { start, end, code } of blueprint.edits)
      context.edits.replace(blueprint.file, start, end, writer.fragment(code.map((one) => writer.typed(one))));
    if (!elsewhere)
      for (const { specifier, member } of blueprint.imports)
        context.edits.ensureImport(home, { specifier, member, local: member });
    for (const other of blueprint.others) register(other, home, context);
  },
};

/** Changes another file, which imports the adapters from where it imports their class. */
function register({ file, edits, names, specifier }: OtherFile, home: string, context: RecipeContext): void {
  for (const { start, end, code } of edits) context.edits.replace(file, start, end, code);
  if (file === home) return;
  for (const name of names) {
    const isDirect = specifier !== undefined && context.resolve(file, specifier) === home;
    const from = isDirect ? specifier : context.specifier(file, home);
    context.edits.ensureImport(file, { specifier: from, member: name, local: name });
  }
}

/** Parameters that are texts. */
const IS_TEXT = /^(?:path|folder|source|target|pattern|command)$/;

/** A type that each file knows. */
const PRIMITIVE = /^(?:(?:string|number|boolean|undefined|null)(?:\[\])*(?: \| )?)+$/;

class AdapterWriter {
  private readonly source: RecipeSource;
  private readonly types: TypeWriter;
  /** Where the adapters go to another module. */
  readonly carriage: Carriage | undefined;

  constructor(
    private readonly context: RecipeContext,
    private readonly blueprint: Blueprint,
  ) {
    this.source = context.source(blueprint.file);
    this.types = new TypeWriter(blueprint.file, context);
    this.carriage = blueprint.elsewhere && new Carriage(context, blueprint, blueprint.elsewhere);
  }

  adapter({ head, className, comment }: AdapterCode, methods: readonly Fragment[]): Fragment {
    return Fragment.of(`/** ${comment} */\n${head}class ${className} {\n`, Fragment.join(methods, '\n\n'), '\n}');
  }

  /** A method of a class at indentation 0, with the blanks in front of it. */
  method({ name, comment, isAsync, parameters, returns, body }: MethodCode): Fragment {
    const { indent, semicolons } = this.source.style;
    const isVoid = returns.mayBeVoid ?? (!isAsync && this.types.isVoid(returns.value));
    const type = this.returnType({ isAsync, returns }, isVoid);
    const head = this.head(`${isAsync ? 'async ' : ''}${name}`, this.parameters(parameters), type);
    const doc = functionDoc(this.documented(parameters), indent, comment);
    const lead = isAsync || isVoid ? '' : 'return ';
    const end = semicolons ? ';' : '';
    return Fragment.of(`${doc}${head} {\n${indent.repeat(2)}${lead}`, this.fragment(body), `${end}\n${indent}}`);
  }

  fragment(code: readonly Code[]): Fragment {
    const { file, text } = this.source;
    return Fragment.of(
      ...code.map((one) =>
        typeof one === 'string' ? one : Fragment.copy({ file, source: { text } }, one.start, one.end),
      ),
    );
  }

  /** Written code whose parameters have their types, where other files are told them without the compiler's inference. */
  typed(code: Code): Code {
    if (!this.isIsolated || typeof code !== 'string') return code;
    const isDefault = (name: string): boolean => this.blueprint.defaults.includes(name);
    return code.replace(/ = new (\w+)\(\)/g, (made, name: string) => (isDefault(name) ? `: ${name}${made}` : made));
  }

  private get isIsolated(): boolean {
    return this.source.program.getCompilerOptions().isolatedDeclarations === true;
  }

  private parameters(all: MethodCode['parameters']): string[] {
    return all.map(({ name, places }) => {
      if (this.blueprint.isJavaScript) return name;
      const { text, imports } = this.types.parameter(places);
      if (this.carriage?.sayType(text, imports) === false) throw this.types.unsaid(places[0]!);
      if (!this.carriage) for (const one of imports) this.context.edits.ensureImport(this.blueprint.file, one);
      // What nothing is known of, as its package is missing, is what it is for.
      return `${name}: ${text === 'any' && IS_TEXT.test(name) ? 'string' : text}`;
    });
  }

  /** What a comment says of parameters, where the file's comments say types. */
  private documented(all: MethodCode['parameters']): Documented[] {
    if (notationOf(this.source) !== 'comments') return [];
    return all.map(({ name, places }) => ({ name, type: this.documentedType(name, places) }));
  }

  /** Nothing where no comment can say it: a type that must be imported, or of a file that the adapter leaves. */
  private documentedType(name: string, places: readonly Span[]): string {
    const type = orRefusal(() => this.types.parameter(places));
    if (type instanceof Refusal) return '';
    const { text, imports } = type;
    if (text === 'any') return IS_TEXT.test(name) ? 'string' : isChecked(this.source) ? text : '';
    return imports.length === 0 && (!this.carriage || PRIMITIVE.test(text)) ? text : '';
  }

  private returnType({ isAsync, returns }: Pick<MethodCode, 'isAsync' | 'returns'>, isVoid: boolean): string {
    if (this.blueprint.isJavaScript || !(returns.isWritten || this.isIsolated)) return '';
    if (isVoid) return ': void';
    const type = this.types.returned(returns.value);
    if (type === undefined || /\bany\b/.test(type) || this.carriage?.sayType(type, []) === false) return '';
    return isAsync ? `: Promise<${type}>` : `: ${type}`;
  }

  /** On one line where it fits, else each parameter on its own. */
  private head(name: string, parameters: readonly string[], type: string): string {
    const { style } = this.source;
    const { indent, lineLength } = style;
    const line = `${indent}${name}(${parameters.join(', ')})${type}`;
    if (line.length + ' {'.length <= lineLength || parameters.length === 0) return line;
    const lines = parameters.map((one) => `\n${indent.repeat(2)}${one}`).join(',');
    return `${indent}${name}(${lines}${finalComma(style)}\n${indent})${type}`;
  }
}
