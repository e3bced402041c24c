import { type CarriedName, carriedNames } from '../../../../core/edit/python/new-module/carried-names';
import type { CodeTarget } from '../../../../core/edit/python/new-module/target';
import { Refusal } from '../../../../core/edit/refusal';
import type { Snapshot } from '../../../../core/edit/snapshot';
import type { PythonBinding } from '../../../../core/semantics/python/index';
import { assignedValue } from '../../../../core/semantics/python/names';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { nodeAt, type Site, textOf } from './site';

/** A type as it is written in the target, and the names that it takes. */
export interface Hint {
  readonly text: string;
  readonly carried: readonly CarriedName[];
}

const CLOCKS = /^time\.(?:time|perf_counter|monotonic|process_time|thread_time)$/;
const PLAIN = /^builtins\.(int|float|str|bool|bytes|list|dict|set)$/;

/** The types of what goes to the constructor, as far as annotations and literals tell. Code without annotations gets none. */
export class Hints {
  private readonly isWanted: boolean;
  /** No annotation of the target is evaluated. */
  readonly areLazy: boolean;

  constructor(
    private readonly site: Site,
    private readonly target: CodeTarget,
    private readonly snapshot: Snapshot,
  ) {
    const heads = [...site.handlers.map(({ node }) => node), site.outer].map((node) =>
      textOf(site.document, {
        startIndex: node.startIndex,
        endIndex: node.childForFieldName('body')?.startIndex ?? node.endIndex,
      }),
    );
    this.isWanted = heads.some((head) => /->|[\w)]\s*:\s*[\w"'[]/.test(head.replace(/:\s*$/, '')));
    this.areLazy = hasLazyAnnotations(target.document ?? site.document);
  }

  /** ` -> None`, where types are written at all. */
  get ofConstructor(): string | undefined {
    return this.isWanted ? 'None' : undefined;
  }

  /** The type of a variable's value. */
  of(binding: PythonBinding): Hint | undefined {
    if (!this.isWanted) return undefined;
    const annotation = this.annotationOf(binding);
    if (annotation) return this.carry(annotation);
    if (binding.writes.length !== 1) return undefined;
    const value = assignedValue(binding.writes[0]!, this.site.document.root);
    const text = value && this.inferred(value);
    return text === undefined ? undefined : { text, carried: [] };
  }

  /** The class whose method is around the callback, for its `self`. */
  ofOwner(name: string): Hint | undefined {
    if (!this.isWanted || !/^[A-Za-z_]\w*$/.test(name)) return undefined;
    const { document, model } = this.site;
    const text = this.areLazy ? name : `"${name}"`;
    if (this.target.file === document.file)
      return model.root.bindings.get(name)?.kind === 'class' ? { text, carried: [] } : undefined;
    const module = this.snapshot.modules.python.nameOf(document.file);
    if (this.target.document || module === undefined || model.root.bindings.get(name)?.writes.length !== 1)
      return undefined;
    return { text, carried: [{ name, places: [], imports: [{ module, member: name, typeOnly: true }], isOwn: true }] };
  }

  /** An annotation that the constructor's body repeats: nobody evaluates it there, so its names are needed for type checkers alone. */
  carry(annotation: SyntaxNode, isEvaluated = true): Hint | undefined {
    const { document } = this.site;
    const written = textOf(document, annotation);
    if (written.includes('\n')) return undefined;
    const ranges = [{ start: annotation.startIndex, end: annotation.endIndex }];
    try {
      const carried = carriedNames({
        document,
        ranges,
        target: this.target,
        importsTarget: true,
        snapshot: this.snapshot,
      });
      if (this.usesLocalNames(annotation)) return undefined;
      const hasTypeOnly = carried.some(({ imports }) => imports.some((one) => one.typeOnly));
      if (hasTypeOnly && this.target.document) return undefined;
      const isQuoted = /^(["'])[^"'\\]*\1$/.test(written);
      const isSafe =
        !isEvaluated ||
        isQuoted ||
        this.areLazy ||
        (!hasTypeOnly && (this.target.file !== document.file || this.isThere(annotation)));
      if (isSafe) return { text: written, carried };
      return /["'\\]/.test(written) ? undefined : { text: `"${written}"`, carried };
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  /**
   * An annotation of the callback that names what stands further down in the module: a method's annotations are evaluated when the
   * class is made, which is when the module is loaded.
   */
  get lateAnnotation(): SyntaxNode | undefined {
    const { handlers, document } = this.site;
    if (this.areLazy || this.target.file !== document.file) return undefined;
    const parts = handlers.flatMap(({ node }) => [
      node.childForFieldName('parameters'),
      node.childForFieldName('return_type'),
    ]);
    const types = parts.flatMap((part) => (part ? part.descendantsOfType('type') : []));
    return types.find((one) => !this.isThere(one));
  }

  private usesLocalNames({ startIndex, endIndex }: SyntaxNode): boolean {
    return this.site.model.occurrences.some(
      (one) =>
        startIndex <= one.start &&
        one.end <= endIndex &&
        one.symbol.binding !== undefined &&
        one.symbol.binding.scope.kind !== 'module',
    );
  }

  /** Whether the names of an annotation are bound above the function, when the module is loaded. */
  private isThere({ startIndex, endIndex }: SyntaxNode): boolean {
    const { model, outer } = this.site;
    let top = outer;
    while (top.parent && top.parent.type !== 'module') top = top.parent;
    return model.occurrences
      .filter((one) => startIndex <= one.start && one.end <= endIndex)
      .every(
        ({ symbol: { binding } }) =>
          !binding || binding.writes.some((write) => write.start < top.startIndex && !write.imported?.typeOnly),
      );
  }

  private annotationOf(binding: PythonBinding): SyntaxNode | undefined {
    for (const write of binding.writes) {
      const { parent } = nodeAt(this.site.document, write);
      if (
        write.role === 'parameter' &&
        (parent?.type === 'typed_parameter' || parent?.type === 'typed_default_parameter')
      ) {
        const isSplat = /^\*/.test(textOf(this.site.document, parent));
        return isSplat ? undefined : (parent.childForFieldName('type') ?? undefined);
      }
      if (write.role === 'annotated-assign' || write.role === 'declare')
        return parent?.childForFieldName('type') ?? undefined;
    }
    return undefined;
  }

  private inferred(value: SyntaxNode): string | undefined {
    const { model } = this.site;
    const callee = value.type === 'call' ? value.childForFieldName('function') : null;
    const called = callee ? model.qualifiedName(callee) : undefined;
    if (called?.certain && CLOCKS.test(called.path)) return 'float';
    const type = model.typeOf(value);
    return type?.certain ? PLAIN.exec(type.path)?.[1] : undefined;
  }
}

export function hasLazyAnnotations({ source }: { readonly source: { readonly text: string } }): boolean {
  return /^from __future__ import [^\n]*\bannotations\b/m.test(source.text);
}
