import { pascal, wordsOf } from './words';

/**
 * What a class or function is about: its name without the words that say what kind of class it is.
 * @param module the name of the file around, without its ending
 */
export function stemOfName(name: string, isClass: boolean, module: string): string {
  if (!isClass) {
    const isShort = name !== '' && wordsOf(name).length <= 3;
    return pascal(isShort ? name.replace(/^[_$ɵ]+/, '') : module.replace(/(?<=[^s])s$/, ''));
  }
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z][a-z\d]*|[a-z\d]+/g) ?? [name];
  const kept = [...words];
  while (kept.length > 1 && CLASS_KIND.test(kept.at(-1)!)) kept.pop();
  const stem = kept.join('');
  if (!CLASS_KIND.test(stem)) return stem;
  // `class Command` of a module that is named after what it does.
  return module === '__init__' ? stem : pascal(module);
}

/** Words of class names that say what kind of class it is, and not what it is about. */
const CLASS_KIND =
  /^(?:Base|Abstract|Provider|Manager|Service|Registry|Controller|Engine|Skill|Handler|Plugin|Monitor|Store|Executor|Command|Client|Agent|Worker|Helper|Impl|Mixin|View|Set|Runner|Adapter|Backend|Health)$/;
