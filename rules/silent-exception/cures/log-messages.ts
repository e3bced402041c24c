/** What the cures that log have to say. */

export const LOG_TITLES = {
  log: 'Log it with {call}',
  'log-project-logger': 'Log it as the project does',
  'log-new-logger': 'Log it with a new logger of the module',
};

export const LOG_NOTES = {
  'project-logger':
    'the logger comes from {module}, as in other files of the project: make sure that this file may import it',
  'console-forbidden': 'the linter of the project forbids console, but no file around has another logger',
  'in-finalizer':
    'the handler runs in a finalizer, where the logger may be gone already when the interpreter shuts down',
  'in-signal-handler':
    'the handler runs in a signal handler, where logging can wait for a lock that the interrupted code holds',
};

export const LOG_REFUSALS = {
  'log-sink': 'this code writes the log itself, so nobody would log its failure',
  'logger-name-taken': '{name} means something else in {file} already, so a logger needs a name that you choose',
  'logger-unknown': 'it is not known how {name} is called: the module never does, and its maker does not say',
  'head-unclear': 'the types in {head} cannot be told from the rest',
  'parameter-pattern': 'the handler takes the error apart: {pattern}',
  'exception-name-taken': 'no usual name for the exception is free here: name it yourself',
};
