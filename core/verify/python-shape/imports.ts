import type { Parser } from './parser';

const FEATURES = new Set(
  (
    'nested_scopes generators division absolute_import with_statement print_function unicode_literals barry_as_FLUFL ' +
    'generator_stop annotations'
  ).split(' '),
);

/** Grammar: `import_name`. */
export function parseImport(p: Parser): void {
  p.expect('import');
  if (p.is('NEWLINE')) p.fail('import-nothing', "Expected one or more names after 'import'");
  do {
    const first = p.at;
    const name = parseDotted(p);
    if (p.is('as')) parseAlias(p);
    else if (/^__debug__(?:\.|$)/.test(name)) p.fail('assign-to-debug', 'cannot assign to __debug__', first);
  } while (p.eat(','));
  if (p.is('from')) p.fail('import-from', "Did you mean to use 'from ... import ...' instead?");
}

/** Grammar: `import_from`. */
export function parseFrom(p: Parser): void {
  const first = p.at;
  p.expect('from');
  const dots = p.at;
  while (p.eat('.') || p.eat('...'));
  const module = p.at > dots && p.is('import') ? '' : parseDotted(p);
  p.expect('import');
  const isFuture = first + 1 === dots && module === '__future__' && p.tokens.types[dots] === 'NAME';
  if (isFuture && p.futures === 'closed') {
    const message = 'from __future__ imports must occur at the beginning of the file';
    p.fail('late-future-import', message, first, p.at - 1);
  }
  p.futures = isFuture ? 'open' : 'closed';
  if (p.is('*')) parseStar(p, isFuture);
  else parseMembers(p, isFuture);
}

function parseStar(p: Parser, isFuture: boolean): void {
  if (isFuture) failFeature(p, '*');
  if (p.frame.kind !== 'module') p.fail('star-import-in-function', 'import * only allowed at module level');
  p.at++;
}

function parseMembers(p: Parser, isFuture: boolean): void {
  if (p.is('NEWLINE')) p.fail('import-nothing', "Expected one or more names after 'import'");
  const isEnclosed = p.eat('(');
  do {
    if (isEnclosed && p.is(')') && p.tokens.types[p.at - 1] === ',') break;
    if (p.is('NEWLINE')) {
      const message = 'trailing comma not allowed without surrounding parentheses';
      p.fail('import-trailing-comma', message, p.at - 1);
    }
    const first = p.at;
    const name = p.name();
    if (isFuture) checkFeature(p, name);
    if (p.is('as')) parseAlias(p);
    else if (name === '__debug__') p.fail('assign-to-debug', 'cannot assign to __debug__', first);
  } while (p.eat(','));
  if (isEnclosed) p.expect(')');
}

function parseAlias(p: Parser): void {
  p.expect('as');
  p.boundName();
  if (!p.is(',') && !p.is(')') && !p.is(';') && !p.is('NEWLINE')) {
    p.fail('invalid-import-target', 'cannot use this expression as import target', p.at - 1);
  }
}

function parseDotted(p: Parser): string {
  let name = p.name();
  while (p.eat('.')) name += `.${p.name()}`;
  return name;
}

function checkFeature(p: Parser, name: string): void {
  if (name === 'braces') p.fail('unknown-future-feature', 'not a chance', p.at - 1);
  if (!FEATURES.has(name)) failFeature(p, name);
  if (name === 'annotations') p.hasFutureAnnotations = true;
  if (name === 'barry_as_FLUFL') p.isFlufl = true;
}

function failFeature(p: Parser, name: string): never {
  p.fail('unknown-future-feature', `future feature ${name} is not defined`);
}
