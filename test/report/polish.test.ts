import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { NOTES, REFUSALS } from '../../core/edit/refusal';
import { NOTES_PL, REFUSALS_PL } from '../../core/edit/refusal.pl';
import { renderMessage } from '../../report/messages';
import { PHRASES } from '../../report/phrases';
import { Texts } from '../../report/texts';
import { RULES } from '../../session/registry';

/** Whatever the server says in English it can say in Polish, with the same arguments and the plurals of Polish. */

type Templates = Readonly<Record<string, string>>;
type Element = ReturnType<IntlMessageFormat['getAst']>[number];

const METAS = RULES.map(({ meta }) => meta);

/** Each message by its path (`silent-exception.cures.re-raise.messages.loop-ends`). */
const ENGLISH: Templates = {
  ...at('phrases', PHRASES.en),
  ...at('refusals', REFUSALS),
  ...at('notes', NOTES),
  ...merge(
    METAS.map(({ id, title, messages, advice, cures }) => ({
      ...at(id, { title, ...at('messages', messages), ...at('advice', advice) }),
      ...merge(
        cures.map((cure) =>
          at(`${id}.cures.${cure.id}`, {
            title: cure.title,
            ...at('messages', cure.messages),
            ...at('refusals', cure.refusals),
          }),
        ),
      ),
    })),
  ),
};

const POLISH: Templates = {
  ...at('phrases', PHRASES.pl),
  ...at('refusals', REFUSALS_PL),
  ...at('notes', NOTES_PL),
  ...merge(
    METAS.flatMap(({ id, translations }) => {
      if (!translations) return [];
      const { title, messages, advice, cures = {} } = translations.pl;
      return [
        at(id, { title, ...at('messages', messages), ...at('advice', advice) }),
        ...Object.entries(cures).map(([cure, texts]) =>
          at(`${id}.cures.${cure}`, {
            title: texts.title,
            ...at('messages', texts.messages),
            ...at('refusals', texts.refusals),
          }),
        ),
      ];
    }),
  ),
};

function at(path: string, templates: Templates | undefined): Templates {
  return Object.fromEntries(Object.entries(templates ?? {}).map(([id, template]) => [`${path}.${id}`, template]));
}

function merge(all: readonly Templates[]): Templates {
  return Object.assign({}, ...all);
}

test('nothing is said in English only', () => {
  expect(Object.keys(ENGLISH).filter((path) => POLISH[path] === undefined)).toEqual([]);
});

test('nothing is said in Polish that is no longer said in English', () => {
  expect(Object.keys(POLISH).filter((path) => ENGLISH[path] === undefined)).toEqual([]);
});

test('no English text stands in for a Polish one', () => {
  const translated = Object.entries(POLISH).filter(([path]) => ENGLISH[path] !== undefined);
  expect(translated.length).toBeGreaterThan(100);
  expect(translated.filter(([path, template]) => template === ENGLISH[path]).map(([path]) => path)).toEqual([]);
});

describe.each(Object.entries(POLISH))('%s', (path, polish) => {
  const english = ENGLISH[path] ?? '';

  test('the same arguments, and the plurals of Polish', () => {
    const own = argumentsOf(polish);
    const original = argumentsOf(english);
    expect([...own.keys()].sort()).toEqual([...original.keys()].sort());
    // A case that English tells apart is told apart in Polish.
    for (const [name, { cases }] of original)
      expect([...own.get(name)!.cases]).toEqual(expect.arrayContaining([...cases]));
    for (const forms of pluralsOf(polish)) {
      if (forms.some((form) => form !== 'other' && !form.startsWith('=')))
        expect(forms).toEqual(expect.arrayContaining(['one', 'few', 'many', 'other']));
    }
  });

  test.each([1, 2, 5, 22])('renders for %i', (count) => {
    // Polish may count what English only quotes, and tell apart what English does not.
    const known = argumentsOf(english, polish);
    const rounds = Math.max(1, ...[...known.values()].map(({ cases }) => cases.size + 1));
    for (let round = 0; round < rounds; round++) {
      const args = Object.fromEntries(
        [...known].map(([name, { isNumber, cases }]) => [
          name,
          isNumber ? count : ([...cases][round % (cases.size + 1)] ?? `<${name}>`),
        ]),
      );
      const text = renderMessage(polish, args, 'pl');
      expect(text).not.toMatch(/[{}#]|undefined|NaN|\s\s|^\s|\s$/);
      for (const [quoted] of renderMessage(english, args).matchAll(/<\w+>/g)) expect(text).toContain(quoted);
    }
  });
});

test('counts choose the forms of Polish', () => {
  const texts = new Texts('pl', METAS);
  const say = (places: number) =>
    texts.finding(
      { rule: 'duplicate-validator' },
      { messageId: 'regex', args: { places, files: 2, pattern: '`^a$`' } },
    );
  expect([1, 2, 5, 12, 22].map((count) => say(count).split(' w ')[0])).toEqual([
    '1 miejsce',
    '2 miejsca',
    '5 miejsc',
    '12 miejsc',
    '22 miejsca',
  ]);
});

test('what has no Polish text is said in English', () => {
  const [{ translations: _, ...meta }] = METAS as [(typeof METAS)[number]];
  const texts = new Texts('pl', [meta]);
  expect(texts.ruleTitle(meta.id)).toBe(meta.title);
  expect(texts.advice(meta.id)).toBe(meta.advice);
  for (const cure of meta.cures) expect(texts.cureTitle(cure, undefined)).toBe(cure.title);
});

interface Argument {
  isNumber: boolean;
  /** What a `select` tells apart, but for `other`. */
  readonly cases: Set<string>;
}

function argumentsOf(...templates: string[]): Map<string, Argument> {
  const found = new Map<string, Argument>();
  for (const element of templates.flatMap(elementsOf)) {
    if (isText(element)) continue;
    const name = 'value' in element ? element.value : '';
    const argument = found.get(name) ?? { isNumber: false, cases: new Set<string>() };
    found.set(name, argument);
    if ('pluralType' in element || element.type === 2) argument.isNumber = true;
    else if ('options' in element)
      for (const key of Object.keys(element.options)) if (key !== 'other') argument.cases.add(key);
  }
  return found;
}

function pluralsOf(template: string): string[][] {
  return elementsOf(template).flatMap((element) => ('pluralType' in element ? [Object.keys(element.options)] : []));
}

/** Every element of a template, at whatever depth. */
function elementsOf(template: string): Element[] {
  const walk = (elements: readonly Element[]): Element[] =>
    elements.flatMap((element) => [
      element,
      ...('options' in element ? Object.values(element.options).flatMap(({ value }) => walk(value)) : []),
    ]);
  return walk(new IntlMessageFormat(template, 'pl', undefined, { ignoreTag: true }).getAst());
}

/** Literal text, or the `#` of a plural. */
function isText({ type }: Element): boolean {
  return type === 0 || type === 7;
}
