import type { Cure } from '../../../../core/rule/cure';
import { dispatch } from '../../../../core/rule/language-cure';
import { pythonExtractAdapter } from './python/index';
import { reasonsTold } from './reckoning';
import { typeScriptExtractAdapter } from './typescript/index';

const KIND = 'http {HTTP} process {process} file {file} cloud {SDK} other {I/O}';

/** Why a call cannot move: the whole cure is refused where none can, else it says which ones stay. */
export const OBSTACLES: Readonly<Record<string, string>> = {
  'handed-on': 'line {line} of {file} hands a function on that does I/O when others call it',
  'outside-method': 'line {line} of {file} runs where there is no object to ask',
  'no-self': 'line {line} of {file} has no object at hand: {method} is static or gives its object another meaning',
  'not-movable': 'line {line} of {file} cannot be said elsewhere',
  'hands-self-on': 'line {line} of {file} hands the object itself on',
  'crosses-border': 'line {line} of {file} leaves the code around the call by {what}',
  interleaved: 'line {line} of {file} sets {name} in the midst of the I/O',
  'interleaved-block': 'the call of line {line} of {file} is interleaved with other work in the block of line {block}',
  entangled: 'line {line} of {file} shares {name} with the code around',
  'logs-within': 'line {line} of {file} logs in the midst of the I/O',
  'calls-object': 'line {line} of {file} asks {name} in the midst of the I/O',
  'calls-back': 'line {line} of {file} calls {name} in the midst of the I/O',
  'handed-client': 'line {line} of {file} asks a client that it has at hand, which can be replaced as it is',
  'tells-callback':
    'line {line} of {file} is answered by a function that it is handed, which a method could only hand on',
  'unprintable-type':
    'line {line} of {file} hands over a value of the type {name}, which has no name that an adapter could say',
  'opens-handle': 'line {line} of {file} opens what the code around goes on to read or write',
  'mostly-stays': 'line {line} of {file} could move, but most calls like it, or around it, stay where they are',
  'own-job':
    'line {line} of {file} is what its class is for: most of its methods read or write files, so that it is an adapter itself',
  'bound-to-module': 'line {line} of {file} uses {name}, which only its own module can say',
  'local-import': 'line {line} of {file} uses an import of its function that cannot be repeated elsewhere',
};

/** The same in few words, for calls that are counted. */
export const LEFT: Readonly<Record<string, string>> = {
  'handed-on': 'handed on as functions',
  'outside-method': 'outside of methods',
  'no-self': 'without the object at hand',
  'not-movable': 'only sayable where they stand',
  'hands-self-on': 'handing the object itself on',
  'crosses-border': 'left by the code around them',
  interleaved: 'interleaved with fields that are set',
  'interleaved-block': 'interleaved with other work',
  entangled: 'entangled with the code around',
  'logs-within': 'with a log call in their midst',
  'calls-object': 'with a call of the object in their midst',
  'calls-back': 'with a call back in their midst',
  'handed-client': 'asking a client that is at hand',
  'own-client': 'asking a client that the object holds',
  'tells-callback': 'answered by a callback',
  'unprintable-type': 'with a value whose type has no name',
  'opens-handle': 'opening what the code around reads or writes',
  'own-job': 'of a kind that the class itself is for',
  'bound-to-module': 'bound to their module',
  'local-import': 'using an import of their function',
  'no-name': 'doing the same as others in another way',
  'rewritten-block': 'in a block that would move with another call',
  'hands-on': 'handing on all that a method would be handed',
  'of-handle': 'asking what another call has opened or started',
};

const REASONS = reasonsTold(LEFT, 'line {at}');
const COULD_MOVE =
  'of {all, plural, one {# call} other {# calls}} {moving, plural, =0 {none} other {#}} could move{methods, plural, =0 {} one { to # method} other { to # methods}}{classes, plural, =0 {} one { of one class} other { of # classes}} (line {line} of {file})';

/**
 * Moves the I/O of a class to adapters: one class for each kind and service, held on the object with a default, so that callers, tests
 * and subclasses go on working. The smallest closed piece around each call becomes a method.
 *
 *     async with httpx.AsyncClient(timeout=10.0) as client:       ->   data = await self._ollama.get_tags(self.endpoint)
 *         response = await client.get(f"{self.endpoint}/api/tags")
 *         response.raise_for_status()
 *         data = response.json()
 */
export const extractAdapter: Cure = {
  id: 'extract-adapter',
  title: 'Extract I/O to an adapter',
  kind: 'refactor.extract',
  messages: {
    extract: `Extract {count, plural, one {# {kind, select, ${KIND}} call} other {# {kind, select, ${KIND}} calls}} to {names} in {file}`,
    ...Object.fromEntries(
      Object.entries(OBSTACLES).map(([code, reason]) => [`stays-${code}`, `a call stays: ${reason}`]),
    ),
    'stays-own-client':
      'a call stays: line {line} of {file} asks a client that the object holds, which is an adapter already',
    'stays-tiny': 'a call stays: line {line} of {file} is less than a class for it would be',
    'stays-no-name':
      'a call stays: line {line} of {file} does the same as another call in another way, which no name of a method would tell',
    'stays-rewritten-block':
      'a call stays: line {line} of {file} stands in a block that is indented anew, because the call around it moves: extract it in a second run',
    'evaluated-earlier':
      '{name} (line {line}) is asked before the client or file is opened now, and was asked after that',
    'kept-for-patch': 'the import of {name} stays, because {test} patches what is in it (line {line})',
    'closes-earlier': 'what follows in the block of line {line} runs after it is closed now',
  },
  refusals: {
    'unknown-place': 'line {line} of {file} has no I/O call of this finding',
    'database-only': 'line {line} of {file} talks to a database, which no adapter is made for',
    'closed-class': 'the attributes of {name} are its members, so that it cannot hold an adapter',
    'little-to-gain': `${COULD_MOVE}, which is less than a class {asker, select, free {that no object holds } other {}}would be (pick calls with --place if you want one)${REASONS}`,
    'no-name':
      'line {line} of {file} does the same as another call in another way, which no name of a method would tell',
    'handles-only': 'line {line} of {file} only asks what another call has opened',
    ...OBSTACLES,
    'mostly-stays': `${COULD_MOVE}, but most calls like them, or around them, stay where they are${REASONS}`,
    'several-adapters': '{name} can name one adapter, and {count} would arise: pick calls with --place',
    'name-taken': '{name} means something else already in {file}',
    'invalid-name': '{name} cannot be the name of a class',
    'no-common-package': '{file} and {other} have no package in common',
    'not-python': '{file} is no Python file',
    'own-client': 'line {line} of {file} asks a client that the object holds, which is an adapter already',
    component: '{name} is a component or a hook, which asks for its data through its framework',
    'not-typescript': '{file} is no TypeScript or JavaScript file',
    'subclassed-provider':
      'line {line} of {file} extends {name}, and would have to be handed the adapter and hand it on',
    'no-constructor': '{name} has no constructor of its own, and that of its base takes what nobody here knows',
    'optional-parameter':
      'the constructor of {name} ends in a parameter that may be left out, behind which nothing can be injected',
    'made-by-hand':
      'line {line} of {file} makes an object of {name} itself, and hands over other things than its constructor names',
    'unregistered-provider':
      '{name} is in no list of providers or controllers that a module writes out, so that its adapter cannot be registered',
  },
  ...dispatch({ python: pythonExtractAdapter, typescript: typeScriptExtractAdapter }),
};
