import type { Cure } from '../../../../core/rule/cure';
import { dispatch } from '../../../../core/rule/language-cure';
import { carryOut } from './carry-out';
import { planOf } from './plan';
import { typeScriptExtractStreamingHandler } from './typescript/index';

/**
 * Makes a class of a callback and the state that it shares with the function around it.
 *
 *     seen = 0                                    counter = EventHandler(limit)
 *     def on_event(event):                 ->     bus.subscribe(counter.handle)
 *         nonlocal seen                           print(counter.seen)
 *         seen += 1
 *         if seen > limit: bus.close()
 *     bus.subscribe(on_event)
 *     print(seen)
 */
export const extractStreamingHandler: Cure = {
  id: 'extract-streaming-handler',
  title: 'Extract the callback and its state to a class',
  kind: 'refactor.extract',
  messages: {
    extract: 'Extract {name} and its state to {file}: {className}.{method}',
    'extract-several':
      'Extract {name}, {count, plural, one {# more function} other {# more functions}} and their state to {file}: {className}',
    'extract-unnamed': 'Extract the function given to {to} and its state in {file}: {className}.{method}',
    'extract-returned': 'Extract the returned function and its state in {file}: {className}.{method}',
    'stays-here': 'the class stays in this module, because {name} belongs to it',
    'asks-later': '{name} gets its value after the callback is made, so the object asks for it each time',
    'name-may-matter': '{to} may look at the name or the docstring of the function, which is called {method} now',
  },
  refusals: {
    'made-in-loop':
      'line {line} of {file} makes {name} in a loop: its rounds share variables that objects would not share',
    'dynamic-names': 'line {line} of {file} looks at variables by name, or at the frame ({call})',
    'zero-argument-super': 'line {line} of {file} calls super() for the class around it',
    'private-name': '{name} (line {line} of {file}) would mean another name in another class',
    'default-of-function':
      '{value} (line {line} of {file}) is evaluated each time that the callback is made, which a method cannot do',
    'self-is-taken': 'line {line} of {file} uses self as a name of its own',
    'framework-decorator': '{decorator} (line {line} of {file}) may look at the function itself',
    'bound-again': '{name} (line {line} of {file}) is bound more than once',
    'function-attribute': '{code} (line {line} of {file}) belongs to the function object',
    'compared-by-identity':
      'line {line} of {file} asks which object {name} is, and each access to a method makes a new one',
    'weak-receiver':
      '{call} (line {line} of {file}) keeps a function, but only a weak reference to the object of a bound method',
    'becomes-method': 'the function becomes a method by {code} (line {line} of {file}), which a bound method cannot',
    'yields-into-outer': 'line {line} of {file} lets {name} yield through the function around it',
    'second-writer': 'line {line} of {file} changes {name} in another nested function',
    'deleted-name': '{name} is deleted in line {line} of {file}',
    'state-of-outer-function':
      '{name} belongs to a function further out than line {line} of {file}, which may make several callbacks for it',
    'state-may-be-unset':
      '{name} is used where the callback may not have been made, or is not set when it is made (line {line} of {file})',
    'binding-form': 'line {line} of {file} uses {name} in a way in which no attribute can be used',
    'bound-to-module': '{name} (line {line} of {file}) can only be said in its own module',
    'no-common-package': '{file} and {other} have no package in common from which both could import',
    'name-taken': '{name} means something else already, in {file} or where it would be called',
    'invalid-name': '{name} cannot be the name of a class',
    'other-form': 'line {line} of {file} has a form that no method of a class of its own can have',
    'outer-this':
      'line {line} of {file} uses {name}, which only its own class may, in a way that cannot be handed over',
    'own-this': '{name} is used in a function with a this of its own (line {line} of {file})',
    'loose-mode': '{code} (line {line} of {file}) does something else in a class, whose code is strict',
    'called-with-object': '{name} (line {line} of {file}) may fail when it is called as a member of an object',
    'too-many-values':
      'the callback of line {line} of {file} uses {count, plural, one {a value} other {# values}} of the code around: a class that is handed {count, plural, one {it} other {all of them}} would hold too little to be a gain',
    'too-small':
      'the callback of line {line} of {file} has {lines, plural, one {# line} other {# lines}}: a class would be longer than what it holds',
    'bound-later':
      'the callback of line {line} of {file} needs {name}, which gets its value later: an object that asks for it each time would be no clearer',
    'state-is-shared':
      '{name} is also in the hands of line {line} of {file}, which would stay outside: a class would have half of it',
    'kept-alone':
      'only the callback of line {line} of {file} uses {name}, and it keeps nothing else: it holds one variable as well as an object would',
    'unclear-field':
      'a class of the callback of line {line} of {file} would have a field {name}, which says nothing outside of the function',
    'untyped-field':
      'a class of the callback of line {line} of {file} would have a field {name} whose type is any: nothing says what it is',
    'written-outside':
      '{name} is changed by the code around the callback of line {line} of {file} as often as by the callback: it is no state of its own',
    'belongs-to-object':
      'the callback of line {line} of {file} uses {name} {count} times, at least as often as what it keeps: it is rather a method of that object',
    'null-at-first':
      'line {line} of {file} asks {name} for a member: the compiler checks this script, and would not know of a field what it knows of the variable',
    'sets-members':
      'the callback of line {line} of {file} sets members of {name}: it is rather a method of that object',
    'callers-this':
      'the callback of line {line} of {file} is called on an object of its caller: a function that hands it on would stay in its place',
    'only-held':
      '{name} stays in the function around the callback of line {line} of {file}: an object would only hold what that variable holds',
    'only-filled':
      'the callback of line {line} of {file} only puts something into {name}: it does so as well as an object would',
    'one-of-several':
      'line {line} of {file} has a callback of the same kind that keeps {name} for itself: a class of one of the two would tear apart what belongs together',
    'used-beside':
      'line {line} of {file} has a function that uses {name} as well and would stay outside: a class would have half of what is done with it',
    'no-name': 'nothing says what a class of the callback of line {line} of {file} is about: name it with --name',
    'nameless-object':
      'the callback of line {line} of {file} uses an object around it of which nothing says what another class would call it',
    'private-members':
      'the callback of line {line} of {file} uses {name}, which only its class may: it is rather a method of that class',
    'line-directive':
      'a comment switches a check off for line {line} of {file}, of which only a part would move to a class',
    'shared-comment':
      'the comment above {name} (line {line} of {file}) may speak of more than the variable, which would go to a class',
    'own-frame': 'the generator of line {line} of {file} can keep {name} itself: nobody else looks at it',
    'keeps-parameters':
      'the function that line {line} of {file} hands out changes nothing but parameters of the function around it: a class would be no clearer',
    'unknown-type':
      'the type of {name} (line {line} of {file}) is not known here, where {module} does not resolve: are the packages installed?',
    'local-type': 'the type {name} (line {line} of {file}) cannot be said at the top of the module',
    'not-python': '{file} is no Python file',
  },
  ...dispatch({
    python: {
      async prepare(request) {
        const { site, names, target } = await planOf(request);
        const count = site.handlers.length - 1;
        const args = { name: site.name, file: shortName(target.file), className: names.className };
        return {
          title:
            count === 0
              ? { messageId: 'extract', args: { ...args, method: names.method } }
              : { messageId: 'extract-several', args: { ...args, count } },
          applicability: 'safe',
          name: names.className,
          into: target.file,
        };
      },
      async build(request, changes) {
        const plan = await planOf(request);
        await carryOut(plan, changes);
        const { stays, variables, site, names } = plan;
        if (stays && typeof stays.args.name === 'string')
          changes.note('stays-here', { name: stays.args.name }, stays.at);
        for (const { name, role } of variables)
          if (role.kind === 'getter') changes.note('asks-later', { name }, request.finding);
        const to = site.passedTo.find((one) => LOOKS_AT_NAME.test(one));
        if (to !== undefined && names.method !== site.name)
          changes.doubt('name-may-matter', { to, method: names.method }, request.finding);
      },
    },
    typescript: typeScriptExtractStreamingHandler,
  }),
};

/** Calls that publish a function under its own name. */
const LOOKS_AT_NAME = /(?:tool|function|command|route|schema|rpc|expose|endpoint)s?$/i;

/** The file's own name, with its folder where every folder has a file of that name. */
function shortName(file: string): string {
  return file
    .split('/')
    .slice(file.endsWith('/__init__.py') ? -2 : -1)
    .join('/');
}
