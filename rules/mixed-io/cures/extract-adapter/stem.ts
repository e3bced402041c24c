import { capital, pascalOf } from '../../../../core/text/words';

/**
 * What a class or function is about: its name without the words that say what kind of class it is.
 * @param module the name of the file around, without its ending, or of its folder where that says more
 */
export function stemOfName(name: string, isClass: boolean, module: string): string {
  // What a function is called says what it does; its module is about something.
  if (!isClass) return pascalOf(module.replace(/(?<=[^s])s$/, ''));
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z][a-z\d]*|[a-z\d]+/g) ?? [name];
  const kept = [...words];
  while (kept.length > 1 && CLASS_KIND.test(kept.at(-1)!)) kept.pop();
  const stem = kept.map(capital).join('');
  if (!CLASS_KIND.test(stem)) return stem;
  // `class Command` of a module that is named after what it does.
  return module === '__init__' ? stem : pascalOf(module.replace(/(?<=[^s])s$/, ''));
}

/** Words of class names that say what kind of class it is, and not what it is about. */
const CLASS_KIND =
  /^(?:Base|Abstract|Provider|Manager|Service|Registry|Controller|Engine|Skill|Handler|Plugin|Monitor|Store|Executor|Command|Client|Agent|Worker|Helper|Impl|Mixin|View|Set|Runner|Adapter|Backend|Health|Class)$/;

/** Names of files that say what they are in their folder, and not what they are about. */
const ANY_MODULE =
  /^(?:__init__|__main__|main|index|cli|app|core|base|utils?|helpers?|common|lib|misc|server|run|start|setup|script|tools?|functions?|handlers?|commands?|types?|api|src|mod)$/i;

/** What the module of a file is about: its name, or that of the nearest folder which says more. */
export function moduleName(path: string): string {
  const parts = path.split('/');
  const names = [parts.at(-1)!.replace(/(?:\.\w+)+$/, ''), ...parts.slice(0, -1).reverse()];
  return names.find((one) => !ANY_MODULE.test(one) && /^[A-Za-z_]/.test(one)) ?? names[0]!;
}
