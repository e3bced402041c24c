import { posix } from 'node:path';
import type { ts } from 'ts-morph';
import { Refusal } from '../../core/edit/refusal';
import {
  type Recipe,
  type RecipeAnswer,
  type RecipeContext,
  type RecipeFile,
  RecipeRefusal,
  type RecipeRequest,
  type RecipeSource,
} from '../../core/edit/typescript/recipe';
import { CollectedEdits } from '../../core/edit/typescript/recipe-edits';
import { ambientFiles } from './ambient';
import type { Kept } from './kept';
import type { SourceCache } from './program';
import { BrokenProject, type Project, type Projects } from './project';
import { RECIPES } from './recipes';
import { fileOf, specifierOf } from './specifiers';
import { refuseWithoutLib, stateOf } from './states';
import { isOverflow, TooDeep } from './too-deep';
import type { View } from './view';

export interface RecipeRun {
  readonly request: RecipeRequest;
  /** Absolute, with `/`. */
  readonly root: string;
  readonly cache: SourceCache;
  /** Called between two pieces of work; throws to end a run that nobody waits for. */
  step(): Promise<void>;
}

/** Runs a recipe on the workspace as the request shows it. What it refuses, and what keeps it from running, is an answer. */
export async function runRecipe(run: RecipeRun, recipes: readonly Recipe[] = RECIPES): Promise<RecipeAnswer> {
  const recipe = recipes.find(({ id }) => id === run.request.recipe);
  if (!recipe) return { kind: 'unavailable', reason: `there is no recipe ${run.request.recipe}` };
  const context = new Context(run);
  try {
    await recipe.run(context);
    return context.edits.answer;
  } catch (error) {
    if (error instanceof BrokenProject) return { kind: 'unavailable', reason: error.message };
    const [first] = run.request.files;
    if (isOverflow(error) && first) throw new TooDeep(posix.join(run.root, first.file));
    if (!(error instanceof Refusal)) throw error;
    const at = error instanceof RecipeRefusal ? error.span : undefined;
    return { kind: 'refused', code: error.code, args: error.args, ...(at ? { at } : {}) };
  }
}

class Context implements RecipeContext {
  readonly edits = new CollectedEdits();
  private readonly kept: Kept;
  private readonly view: View;
  private readonly projects: Projects;
  private readonly programs = new Map<Project, ts.Program>();

  constructor(private readonly run: RecipeRun) {
    const { root, request, cache } = run;
    const texts = request.files.map(({ file, text }) => [posix.join(root, file), text] as const);
    this.kept = cache.of(root);
    this.kept.refresh();
    ({ view: this.view, projects: this.projects } = stateOf(this.kept, texts));
  }

  get args(): unknown {
    return this.run.request.args;
  }

  source(file: string): RecipeSource {
    const { text, style } = this.requested(file);
    const program = this.programOf(file);
    const node = program.getSourceFile(this.absolute(file));
    if (!node) throw new Refusal('unreadable', { file });
    return { file, style, text, node, program, checker: program.getTypeChecker() };
  }

  specifier(from: string, to: string): string {
    const { node } = this.source(from);
    const { options } = this.projects.projectOf(this.absolute(from));
    const found = specifierOf(node, this.absolute(to), options, this.view);
    if (found === undefined) throw new Refusal('unreachable-module', { file: from, module: to });
    return found;
  }

  resolve(from: string, specifier: string): string | undefined {
    const { options } = this.projects.projectOf(this.absolute(from));
    const path = fileOf(specifier, this.source(from).node, options, this.view);
    const isOwn = path?.startsWith(`${this.run.root}/`) && !path.includes('/node_modules/');
    return isOwn ? path!.slice(this.run.root.length + 1) : undefined;
  }

  step(): Promise<void> {
    return this.run.step();
  }

  private programOf(file: string): ts.Program {
    const project = this.projects.projectOf(this.absolute(file));
    const known = this.programs.get(project);
    if (known) return known;
    const { cache, request } = this.run;
    const kept = this.kept.of(project);
    const own = request.files
      .map((one) => this.absolute(one.file))
      .filter((path) => this.projects.projectOf(path) === project);
    const files = [...new Set([...own, ...ambientFiles(project, this.view, cache.scans, kept)])];
    const program = kept.programOf({ project, projects: this.projects, view: this.view }, files);
    refuseWithoutLib(program, project);
    this.programs.set(project, program);
    return program;
  }

  private requested(file: string): RecipeFile {
    const found = this.run.request.files.find((one) => one.file === file);
    if (!found) throw new Refusal('unreadable', { file });
    return found;
  }

  private absolute(file: string): string {
    return posix.join(this.run.root, file);
  }
}
