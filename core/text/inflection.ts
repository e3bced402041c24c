const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Plurals that no rule makes, by their singulars. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  (
    'analysis:analyses appendix:appendices axis:axes calf:calves child:children crisis:crises criterion:criteria diagnosis:diagnoses ' +
    'foot:feet goose:geese half:halves hypothesis:hypotheses index:indices knife:knives leaf:leaves loaf:loaves man:men matrix:matrices ' +
    'mouse:mice oasis:oases parenthesis:parentheses person:people phenomenon:phenomena quiz:quizzes schema:schemata shelf:shelves ' +
    'synopsis:synopses synthesis:syntheses thesis:theses thief:thieves tooth:teeth vertex:vertices wolf:wolves woman:women'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
const SINGULAR: ReadonlyMap<string, string> = new Map([...IRREGULAR].map(([one, many]) => [many, one]));
/** Their other plural is the commoner one. */
const RULE_IS_COMMONER = set('appendix index schema');

/** Words in -s, but for those in -ss, -us and -is, that are no plural. */
const NO_PLURAL = set(
  'across alias always analytics atlas aws bias canvas chaos cosmos dns does gas goes has https ios kubernetes lens macos mathematics nas ' +
    'news pandas perhaps physics postgres series sms sometimes species themselves tls towards whereas',
);
const SAME_IN_BOTH = set('data metadata news series species');
/** The few words in -us and -is that are a plural. */
const PLURAL_IN_US_OR_IS = set(
  'alibis apis bikinis clis cpus emojis emus gpus guis gurus kpis menus npus pois rois skis submenus taxis tpus uis uris vcpus wikis',
);
/** Plurals in -ies of words in -ie; those of four letters are of such words, too. */
const OF_IE = set(
  'birdies bookies brownies calories collies cookies genies goalies hippies hoodies indies movies newbies pixies prairies rookies selfies ' +
    'smoothies sorties zombies',
);
/** Plurals of words in -che and -use, which the next rule would take the E from. */
const KEEPS_E =
  /(?:(?:^|c|head|moust)ach|nich|clich|psych|quich|avalanch)es$|(?:[ao]|^|^f|^dif|^inf|^ref|^conf|^re|^m|^am|^ab|^ac|^exc|^per|^recl)uses$/;
/** Plurals in -es of words in -ch, -sh, -ss, -x, -zz, -tz, -us, and of a few others. */
const ADDS_E =
  /(?:[cs]h|ss|x|[tz]z|us|^(?:alias|atlas|bias|canvas|gas|lens|redis)|(?:^her|^ech|potat|tomat|^vet|^carg|torped|mosquit|volcan|embarg)o)es$/;

/**
 * The singular of an English word in lower case, or of the last word of a name in snake case: `capabilities` -> capability, `matches` -> match, `caches` -> cache, `statuses` ->
 * status, `children` -> child. What is no plural stays as it is: `status`, `analysis`, `class`, `series`.
 */
export function singular(name: string): string {
  return ofLastWord(name, singularOf);
}

/** The plural of a word or name, the opposite of {@link singular}; one that is a plural stays as it is. */
export function plural(name: string): string {
  return ofLastWord(name, pluralOf);
}

function ofLastWord(name: string, change: (word: string) => string): string {
  const start = name.lastIndexOf('_') + 1;
  return name.slice(0, start) + change(name.slice(start));
}

function singularOf(word: string): string {
  const irregular = SINGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length <= 3 || !word.endsWith('s') || NO_PLURAL.has(word)) return word;
  const stem = word.slice(0, -1);
  if (PLURAL_IN_US_OR_IS.has(word)) return stem;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return word.length === 4 || OF_IE.has(word) ? stem : `${word.slice(0, -3)}y`;
  return ADDS_E.test(word) && !KEEPS_E.test(word) ? word.slice(0, -2) : stem;
}

function pluralOf(word: string): string {
  if (singularOf(word) !== word || SAME_IN_BOTH.has(word)) return word;
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined && !RULE_IS_COMMONER.has(word)) return irregular;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:[cs]h|s|x|z)$/.test(word) || ADDS_E.test(`${word}es`) ? `${word}es` : `${word}s`;
}
