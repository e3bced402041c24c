import type { ModuleResolver } from '../modules/resolver';
import type { Binding, Occurrence, Scope } from '../semantics/model';
import type { Candidate, CandidateFile } from './candidate';
import type { OldPlace } from './successor';

/** How a change treats the code that looks up a module-level name when it runs: what a patch of that name is for. */
export interface PatchedUse {
  /** Code that used the name stands now where the name is another one: in another file, or behind an import of its own. */
  readonly isElsewhere: boolean;
  /** How many uses are gone and not made up for by new ones. */
  readonly lost: number;
  /** How many uses there are after the change, in the module or through it as `module.name`. */
  readonly left: number;
}

/**
 * Follows the uses of a module-level name. What runs while the module is imported runs before any patch, and what stands inside the
 * definition that is replaced does not run: neither counts.
 *
 * @param binding what the name means before the change
 * @param one the module
 */
export function useOf(binding: Binding, one: CandidateFile, candidate: Candidate, modules: ModuleResolver): PatchedUse {
  const after = new Uses(binding.name, one, candidate, modules);
  const old = usesOf(binding);
  let gone = 0;
  let isElsewhere = false;
  for (const { start } of old) {
    const places = candidate.destinationsOf({ file: one.file, offset: start });
    if (places.length === 0) gone++;
    if (places.some((place) => !after.has(place))) isElsewhere = true;
  }
  const known = new Set(old.map(({ start }) => start));
  const added = after.places.filter((place) => {
    const origin = candidate.get(place.file)!.originOf(place.offset);
    return !origin || (origin.file === one.file && !known.has(origin.offset) && place.file === one.file);
  });
  return { isElsewhere, lost: gone - added.length, left: after.places.length };
}

/** Whether a name is there when the program runs: not by an import for type checkers alone. */
export function isBoundAtRunTime({ writes, imported }: Binding): boolean {
  return writes.length > (imported?.typeOnly ? 1 : 0);
}

/** The places after the change at which a module's name is looked up in the module when the code runs. */
class Uses {
  readonly places: readonly OldPlace[];

  constructor(
    private readonly name: string,
    private readonly module: CandidateFile,
    candidate: Candidate,
    private readonly modules: ModuleResolver,
  ) {
    const own = module.after.semantics.root.bindings.get(name);
    const within = (own ? usesOf(own) : []).map(({ start }) => ({ file: module.file, offset: start }));
    const others = candidate.files.filter(({ file, after }) => file !== module.file && after.family === 'python');
    this.places = [...within, ...[module, ...others].flatMap((one) => this.through(one))];
  }

  has(place: OldPlace): boolean {
    return this.places.some(({ file, offset }) => file === place.file && offset === place.offset);
  }

  /** `module.name` in functions of a file, and the name where a function imports it from the module whenever it runs. */
  private through({ file, after }: CandidateFile): OldPlace[] {
    const { semantics, source, root } = after;
    const found: number[] = [];
    if (!new RegExp(`(?<!\\w)${this.name}(?!\\w)`, 'u').test(source.text)) return [];
    for (const { bindings } of semantics.scopes) {
      const binding = bindings.get(this.name);
      if (!binding?.imported || !isInFunction(binding.scope) || binding.writes.length > 1) continue;
      const { module, member } = binding.imported;
      if (member === this.name && this.isModule(file, module)) found.push(...binding.reads.map(({ start }) => start));
    }
    for (const node of root.descendantsOfType('attribute')) {
      const attribute = node.childForFieldName('attribute');
      if (!attribute || source.slice(attribute.startIndex, attribute.endIndex) !== this.name) continue;
      if (!isInFunction(semantics.scopeAt(node.startIndex))) continue;
      const path = semantics.qualifiedName(node)?.path;
      if (path?.endsWith(`.${this.name}`) && this.isModule(file, path.slice(0, -this.name.length - 1)))
        found.push(attribute.startIndex);
    }
    return found.map((offset) => ({ file, offset }));
  }

  private isModule(importer: string, path: string): boolean {
    return this.modules.resolve(importer, path).includes(this.module.file);
  }
}

function usesOf(binding: Binding): Occurrence[] {
  return binding.reads.filter(({ scope }) => isInFunction(scope) && !isInDefinition(scope, binding.name));
}

function isInFunction(scope: Scope): boolean {
  // Annotations are no code that runs.
  if (scope.kind === 'type-parameters') return false;
  for (let at: Scope | undefined = scope; at; at = at.parent)
    if (at.kind === 'function' || at.kind === 'lambda') return true;
  return false;
}

/** Whether a scope lies in the top-level definition of a name. */
function isInDefinition(scope: Scope, name: string): boolean {
  let top: Scope = scope;
  for (let at: Scope | undefined = scope; at?.parent; at = at.parent) if (at.kind !== 'type-parameters') top = at;
  return top.name === name && (top.kind === 'function' || top.kind === 'class');
}
