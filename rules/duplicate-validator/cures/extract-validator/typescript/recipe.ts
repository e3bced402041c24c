import { posix } from 'node:path';
import { ts } from 'ts-morph';
import { Fragment } from '../../../../../core/edit/fragment';
import { typeScriptString } from '../../../../../core/edit/typescript/format';
import { type Recipe, type RecipeContext, RecipeRefusal } from '../../../../../core/edit/typescript/recipe';
import type { Blueprint, CarriedName, Piece, Span, TypeQuestion } from './blueprint';
import { type Answer, answerTo, nodeAt } from './types';

/** Fills the types of shared code in, and imports it where it is used. Runs where the compiler is. */
export const extractValidatorRecipe: Recipe = {
  id: 'extract-validator',
  async run(context) {
    const blueprint = context.args as Blueprint;
    const answers: Answer[] = [];
    for (const question of blueprint.types) {
      answers.push(answerTo(question, context));
      await context.step();
    }
    new Carrier(context, blueprint, answers).run();
  },
};

class Carrier {
  constructor(
    private readonly context: RecipeContext,
    private readonly blueprint: Blueprint,
    private readonly answers: readonly Answer[],
  ) {}

  run(): void {
    const { context, blueprint } = this;
    const { edits } = context;
    for (const { file, start, end, code, uses } of blueprint.edits) {
      edits.replace(file, start, end, code);
      for (const name of uses) {
        const specifier = context.specifier(file, blueprint.target.file);
        edits.ensureImport(file, { specifier, member: name, local: name });
      }
    }
    for (const { file, start, end } of blueprint.rewritten) edits.rewrite(file, start, end);
    for (const span of blueprint.strings) this.checkString(span);
    this.writeShared();
  }

  /** `x.match(...)` fails where `x` is no text, and `pattern.test(x)` does not. */
  private checkString(span: Span): void {
    const { checker, node } = this.context.source(span.file);
    const type = checker.getTypeAtLocation(nodeAt(node, span));
    const parts = type.isUnion() ? type.types : [type];
    if (parts.every(({ flags }) => flags & ts.TypeFlags.StringLike)) return;
    const line = node.getLineAndCharacterOfPosition(span.start).line + 1;
    this.context.edits.doubt('may-be-no-text', { line, file: span.file }, span);
  }

  private writeShared(): void {
    const { context, blueprint } = this;
    const { target, code, at } = blueprint;
    if (code.length === 0) return;
    const imports = this.carriedImports();
    if (!target.isNew) {
      for (const one of imports)
        context.edits.ensureImport(target.file, {
          specifier: one.specifier,
          member: one.member,
          local: one.local,
          typeOnly: one.typeOnly,
        });
      context.edits.insert(target.file, at, this.fragment(code));
      return;
    }
    const { style } = context.source(target.near);
    const end = style.semicolons ? ';' : '';
    const lines = imports.map(({ specifier, member, local, typeOnly }) => {
      const named = member === 'default' ? local : `{ ${member === local ? local : `${member} as ${local}`} }`;
      return `import ${typeOnly ? 'type ' : ''}${named} from ${typeScriptString(specifier, style)}${end}\n`;
    });
    const [header, ...rest] = code;
    const head = lines.length > 0 ? `${[...new Set(lines)].join('')}\n` : '';
    context.edits.createFile(target.file, Fragment.of(header as string, head, this.fragment(rest)), target.near);
  }

  private fragment(pieces: readonly Piece[]): Fragment {
    return Fragment.of(
      ...pieces.map((piece): string | Fragment => {
        if (typeof piece === 'string') return piece;
        if ('unless' in piece) return this.fragment(this.answers[piece.unless]!.isWide ? piece.wide : piece.base);
        if ('type' in piece) return this.answers[piece.type]!.text;
        const { text } = this.context.source(piece.file);
        return Fragment.copy({ file: piece.file, source: { text } }, piece.start, piece.end);
      }),
    );
  }

  /** The imports of the shared code, as its own file says them. */
  private carriedImports(): (CarriedName & { readonly specifier: string })[] {
    const { blueprint, answers } = this;
    const wanted = [...blueprint.carried, ...answers.flatMap(({ carried }) => carried)];
    const found: (CarriedName & { readonly specifier: string })[] = [];
    for (const one of wanted) {
      if (found.some(({ local }) => local === one.local)) continue;
      const specifier = this.specifierIn(one);
      if (specifier !== undefined) found.push({ ...one, specifier });
    }
    return found;
  }

  /** Undefined for what the target defines itself. */
  private specifierIn({ file, module }: CarriedName): string | undefined {
    const { context, blueprint } = this;
    const { target } = blueprint;
    const leadsTo = module === '' ? file : context.resolve(file, module);
    if (leadsTo === target.file) return undefined;
    if (leadsTo === undefined) {
      if (module.startsWith('.')) throw new RecipeRefusal('unreachable-module', { file: target.file, module });
      return module;
    }
    if (!target.isNew) return context.specifier(target.file, leadsTo);
    if (module !== '' && !module.startsWith('.')) return module;
    // The file is not there yet: it says it as the file from which the name comes, seen from its own folder.
    const ending = /\.[cm]?[jt]sx?$/.exec(module === '' ? context.specifier(file, target.file) : module)?.[0] ?? '';
    const isFolder = /(?:^|\/)index\.\w+$/.test(leadsTo) && !/index(?:\.\w+)?$/.test(module);
    const stem = leadsTo.replace(isFolder ? /\/?index\.\w+$/ : /(?:\.d)?\.[cm]?[jt]sx?$/, '');
    const relative = posix.relative(posix.dirname(target.file), stem);
    return `${relative.startsWith('.') ? '' : './'}${relative}${isFolder ? '' : ending}`;
  }
}

export type { TypeQuestion };
