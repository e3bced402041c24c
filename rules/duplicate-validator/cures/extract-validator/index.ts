import type { Cure } from '../../../../core/rule/cure';
import { dispatch, type LanguageCure } from '../../../../core/rule/language-cure';
import { carryOut } from './carry-out';
import { type Plan, planOf } from './plan';
import { typeScriptExtractValidator } from './typescript/index';

const python: LanguageCure = {
  async prepare(request) {
    const plan = await planOf(request);
    const name = mainName(plan);
    const places = plan.sites.chosen.length - Number(plan.existing !== undefined);
    return {
      title: {
        messageId: plan.existing ? 'reuse' : 'extract',
        args: { places, file: shortName(plan.target.file), name },
      },
      applicability: 'safe',
      name,
      into: plan.target.file,
    };
  },
  async build(request, changes) {
    const plan = await planOf(request);
    await carryOut(plan, changes);
    if (plan.cluster && plan.askers.length > 0)
      changes.note(
        'shares-predicate',
        { count: plan.askers.length, name: plan.predicate! },
        plan.askers[0]!.site.place,
      );
    if (plan.doubt)
      changes.doubt(
        'set-and-list',
        { line: plan.doubt.place.range.start.line + 1, file: plan.doubt.place.file },
        plan.doubt.place,
      );
    const [first] = plan.sites.declared;
    if (first) changes.note('declares-constraint', { count: plan.sites.declared.length }, first);
  },
};

/**
 * Makes one function of the copies of a validation. Places that check and react alike become calls of one validator; places that react
 * in a way of their own share the question alone.
 *
 *     if not re.match(r"^[A-Z]{2}-\d{6}$", code):      ->   if not is_valid_code(code):
 *         raise HTTPException(400, "not a code")                raise HTTPException(400, "not a code")
 */
export const extractValidator: Cure = {
  id: 'extract-validator',
  title: 'Extract a shared validator',
  kind: 'refactor.extract',
  messages: {
    extract: 'Extract {places} places to {file}: {name}',
    reuse: 'Use {name} of {file} in {places, plural, one {one more place} other {# more places}}',
    'shares-predicate':
      '{count, plural, one {# place keeps} other {# places keep}} what follows from the check, and {count, plural, one {asks} other {ask}} {name}',
    'set-and-list':
      'line {line} of {file} asks a set, which raises TypeError for a list or a dictionary: the shared function says that it is not valid',
    'declares-constraint':
      '{count, plural, one {# place declares} other {# places declare}} the pattern as the constraint of a field, and {count, plural, one {stays} other {stay}} as {count, plural, one {it is} other {they are}}',
    'other-package':
      '{count, plural, one {# place of another package stays as it is} other {# places of other packages stay as they are}}',
    'may-be-no-text':
      'line {line} of {file} fails where the value is no text, and the shared function does not: can it be anything else there?',
  },
  refusals: {
    'too-few-places':
      'a shared validator needs two places, and {count, plural, one {only # was} other {# were}} picked',
    'unknown-place': 'line {line} of {file} is no place of this group',
    'declared-constraint': 'the pattern is declared as the constraint of a field, which no function can stand for',
    'pattern-not-constant': 'what line {line} of {file} compares with is no constant that can be moved',
    'other-members': '{name} of line {line} of {file} is not what the other places compare with',
    'uses-class-state': 'line {line} of {file} uses {name}, which belongs to its class or to the framework',
    'other-io': 'line {line} of {file} asks {name}, which does more than look at the value',
    'no-validator': 'line {line} of {file} does more than validate',
    'messages-would-change':
      'the places differ in more than limits and messages: line {line} of {file} would say something else',
    'second-validator':
      'line {line} of {file} and line {second} of {other} would be left as copies of another validator: pick places that check alike',
    'match-is-used': 'line {line} of {file} uses the match itself, and not only whether there is one',
    'no-common-package': '{file} and {other} have no package in common from which both could import',
    'not-a-dependency':
      'the places are in packages of which none is a dependency of the others: the package.json of {package} does not name {other}, nor the other way round',
    'not-exported':
      'the package.json of {package} does not list {file} among its exports, so that no other package could import it',
    'no-common-name': 'the places have no name in common for what they check: say what it is called with --name',
    'keeps-list': 'line {line} of {file} needs its list for more than the check: a shared function would have one more',
    'other-values':
      '{name} of line {line} of {file} is compared with other values too: a name for what these allow would promise too much',
    'looks-inside':
      'line {line} of {file} looks for something within a text, which says nothing of the text as a whole',
    'asks-already':
      '{name}, on line {line} of {file}, asks nothing else already: a shared function would leave it with nothing to do',
    'unknown-type':
      'nothing says of which type {name} on line {line} of {file} is: the shared function could not say what it takes',
    'name-taken': '{name} means something else already, in {file} or where it would be called',
    'invalid-name': '{name} cannot be the name of a function',
    'not-python': '{file} is no Python file',
    'not-typescript': '{file} is no TypeScript or JavaScript file',
    'stateful-pattern':
      'the pattern of line {line} of {file} remembers where it stopped (flag g or y), and would do so for all places',
    'local-type': 'line {line} of {file} speaks of the type {name}, which its module does not export',
  },
  ...dispatch({ python, typescript: typeScriptExtractValidator }),
};

function mainName({ validator, predicate }: Plan): string {
  return validator ?? predicate!;
}

/** The file's own name, with its folder where every folder has a file of that name. */
function shortName(file: string): string {
  return file
    .split('/')
    .slice(file.endsWith('/__init__.py') ? -2 : -1)
    .join('/');
}
