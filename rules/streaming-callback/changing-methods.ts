/** Methods that change what they are called on, as alternatives of a pattern: one list for each language. */

/** Of the containers of builtins, `collections`, `io` and `queue`. */
export const PYTHON_CHANGING =
  'append|appendleft|extend|extendleft|insert|add|update|setdefault|pop|popleft|popitem|clear|remove|discard|subtract|sort|reverse|rotate|' +
  'write|writelines|difference_update|intersection_update|symmetric_difference_update';

/** Of arrays, maps, sets and typed arrays. */
export const TYPESCRIPT_CHANGING = 'push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear';
