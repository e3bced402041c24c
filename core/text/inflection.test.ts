import { expect, test } from 'vitest';
import { plural, singular } from './inflection';

/** Singular and plural, by what makes the plural. */
const PAIRS: Readonly<Record<string, string>> = {
  's after a consonant, a vowel or an e':
    'model:models day:days photo:photos schema:schemas response:responses database:databases size:sizes prize:prizes',
  'es after a hissing sound':
    'match:matches batch:batches approach:approaches hash:hashes class:classes process:processes box:boxes waltz:waltzes',
  'an e that is there already':
    'cache:caches headache:headaches niche:niches use:uses reuse:reuses fuse:fuses cause:causes house:houses clause:clauses',
  'es after us': 'status:statuses bus:buses virus:viruses focus:focuses bonus:bonuses',
  'words in s that are one thing': 'alias:aliases bias:biases canvas:canvases lens:lenses gas:gases',
  'ies of y': 'capability:capabilities query:queries policy:policies entry:entries dependency:dependencies',
  'ies of ie': 'cookie:cookies movie:movies tie:ties',
  'es after some o': 'hero:heroes tomato:tomatoes volcano:volcanoes shoe:shoes',
  'us and is in the plural': 'menu:menus cpu:cpus api:apis uri:uris wiki:wikis',
  irregular:
    'child:children person:people index:indexes axis:axes analysis:analyses criterion:criteria matrix:matrices vertex:vertices leaf:leaves quiz:quizzes',
  'the last word of a name': 'model_capability:model_capabilities status_code:status_codes',
};

test.each(Object.entries(PAIRS))('%s', (_, pairs) => {
  for (const pair of pairs.split(' ')) {
    const [one, many] = pair.split(':') as [string, string];
    expect([singular(many), plural(one)]).toEqual([one, many]);
    expect([singular(one), plural(many)]).toEqual([one, many]);
  }
});

test('two plurals of one word', () => {
  expect(singular('indices')).toBe('index');
  expect(singular('appendices')).toBe('appendix');
});

test.each(
  'class access status previous analysis redis canvas series species postgres kubernetes pandas news always across has gas bus data dns'.split(
    ' ',
  ),
)('%s is no plural', (word) => {
  expect(singular(word)).toBe(word);
});

test.each('data metadata series news'.split(' '))('%s is its own plural', (word) => {
  expect(plural(word)).toBe(word);
});
