import { type CarriedName, carriedNames } from '../../../../core/edit/python/new-module/carried-names';
import { type CodeTarget, targetFor } from '../../../../core/edit/python/new-module/target';
import { Refusal } from '../../../../core/edit/refusal';
import type { CureRequest } from '../../../../core/rule/cure';
import type { PythonBinding } from '../../../../core/semantics/python/index';
import { snakeOf } from '../../../../core/text/words';
import type { CapturedVariable } from './captured';
import { refusal } from './guards';
import { Hints } from './hints';
import { freeClassName, type Names, namesOf } from './naming';
import { checkedVariables, checkWorth } from './python-worth';
import { isInside, ownerClass, type Site, siteOf, textOf } from './site';
import { codeLines } from './worth';

/** What will be done, before anything is written. */
export interface Plan {
  readonly site: Site;
  readonly variables: readonly CapturedVariable[];
  /** What `self` has instead of each captured variable. */
  readonly attributes: ReadonlyMap<PythonBinding, string>;
  readonly names: Names;
  readonly target: CodeTarget;
  /** Module-level names that the class needs where it goes. */
  readonly carried: readonly CarriedName[];
  /** Why the class stays in the file, where a module of its own would have been better. */
  readonly stays: Refusal | undefined;
}

/** Reasons for which code cannot leave its module, though it can become a class there. */
const TIED = /^(?:bound-to-module|patched-name|import-cycle|import-conditional|no-common-package|file-exists)$/;

/**
 * Decides what becomes of each variable, under which names, and where the class goes.
 * @throws Refusal
 */
export async function planOf(request: CureRequest): Promise<Plan> {
  const site = siteOf(request);
  const variables = checkedVariables(site);
  // Who says what it is called or where it goes wants the class.
  const isWanted = request.choices.name !== undefined || request.choices.into !== undefined;
  if (!isWanted) checkWorth(site, variables);
  const attributes = attributesOf(variables, site);
  const drafted = namesOf(site, new Set(attributes.values()), request.choices.name);
  try {
    const target = await targetOf(drafted, site, request);
    return finished(site, variables, attributes, drafted, target, undefined, request);
  } catch (error) {
    const isTied = error instanceof Refusal && TIED.test(error.code) && request.choices.into === undefined;
    if (!isTied) throw error;
    const target = { file: site.document.file, document: site.document };
    return finished(site, variables, attributes, drafted, target, error, request);
  }
}

function finished(
  site: Site,
  variables: readonly CapturedVariable[],
  attributes: ReadonlyMap<PythonBinding, string>,
  drafted: Names,
  target: CodeTarget,
  stays: Refusal | undefined,
  { choices, snapshot }: CureRequest,
): Plan {
  const { document, handlers } = site;
  const ranges = handlers.map(({ node }) => ({ start: node.startIndex, end: node.endIndex }));
  for (const { role } of variables)
    if (role.kind === 'initialised')
      ranges.push({ start: role.initialiser.value.startIndex, end: role.initialiser.value.endIndex });
  const carried = carriedNames({ document, ranges, target, importsTarget: true, snapshot });
  const late = new Hints(site, target, snapshot).lateAnnotation;
  if (late) throw refusal('default-of-function', site, late, { value: textOf(document, late) });
  const className = freeClassName(drafted, choices.name, target, site);
  return { site, variables, attributes, names: { ...drafted, className }, target, carried, stays };
}

/** From so many lines on a class gets a module of its own. */
const OWN_MODULE_LINES = 20;

/** The file itself for a short class, else a new module beside it, unless another file was asked for; a script that imports nothing of its project stays alone. */
async function targetOf(
  { className }: Names,
  { document, model, handlers }: Site,
  { choices, snapshot }: CureRequest,
): Promise<CodeTarget> {
  const size = handlers.reduce((sum, { node }) => sum + codeLines(textOf(document, node)), 0);
  // A few lines that nothing else uses are better read beside their only user than in a file of their own.
  if (size < OWN_MODULE_LINES && choices.into === undefined) return { file: document.file, document };
  const isScript = /^#!|^if __name__ == /m.test(document.source.text);
  const knowsProject = model.imports.some(({ module }) => snapshot.modules.resolve(document.file, module).length > 0);
  if (isScript && !knowsProject && choices.into === undefined) return { file: document.file, document };
  const name = `${snakeOf(className)}.py`;
  const newNames = [name, `${snakeOf(className)}_state.py`];
  return targetFor([document.file], choices.into, { newNames }, snapshot);
}

/** The attributes have the names of the variables; `self` of the method around the callback is called by its class. */
function attributesOf(variables: readonly CapturedVariable[], site: Site): Map<PythonBinding, string> {
  const found = new Map<PythonBinding, string>();
  const taken = new Set(variables.map(({ name }) => name));
  for (const { binding, name, role } of variables) {
    if (role.kind === 'import') continue;
    if (role.kind === 'getter') found.set(binding, `get_${name.replace(/^_+/, '')}`);
    else if (name === 'self' || name === 'cls') found.set(binding, ownerName(binding, taken));
    else found.set(binding, publicName(binding, site, taken));
  }
  return found;
}

/** What the function around goes on to ask the object for is no secret of the class. */
function publicName({ name, reads }: PythonBinding, site: Site, taken: ReadonlySet<string>): string {
  const bare = name.replace(/^_+/, '');
  const isAsked = reads.some((one) => !isInside(one, site) && one.start >= site.anchor.node.endIndex);
  return isAsked && bare !== '' && !taken.has(bare) ? bare : name;
}

function ownerName({ name, scope }: PythonBinding, taken: ReadonlySet<string>): string {
  const owner = ownerClass(scope);
  const wanted = owner === undefined ? 'owner' : name === 'cls' ? `${snakeOf(owner)}_class` : snakeOf(owner);
  return taken.has(wanted) || wanted === '' ? 'owner' : wanted;
}
