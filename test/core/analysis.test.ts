import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FileFacts } from '../../core/facts/collect';
import { SUPPRESSIONS_ID, type SuppressionFact } from '../../core/facts/suppressions';
import { Analysis } from '../../core/index/analysis';
import type { FindingDraft, Json } from '../../core/rule/finding';
import { defineRule, type RuleMeta } from '../../core/rule/rule';
import { unusedSuppression } from '../../rules/unused-suppression/index';

/** A rule about words: a word that stands in two places is a finding at the first; a word `bad` is one on its own. */
type Word = { readonly word: string; readonly line: number };
const at = (file: string, line: number) => ({
  file,
  range: { start: { line, character: 0 }, end: { line, character: 1 } },
});
const draft = (file: string, line: number, related: readonly (readonly [string, number])[] = []): FindingDraft => ({
  ...at(file, line),
  case: 'default',
  severity: 'warning',
  messageId: 'm',
  args: {},
  related: related.map(([other, where]) => ({ ...at(other, where), messageId: 'm', args: {} })),
  fingerprint: 'f',
  cures: [],
  data: {},
});
const meta: RuleMeta = {
  id: 'words',
  title: 'Words',
  languages: ['python'],
  severity: 'warning',
  profile: 'default',
  messages: { m: 'm' },
  cures: [],
};
const words = defineRule<readonly Word[], Record<string, never>, Word>({
  meta,
  options: z.strictObject({}),
  collect: {
    id: 'words',
    version: 1,
    families: ['python'],
    kinds: () => [],
    start: () => ({ finish: () => undefined }),
  },
  check: (view) => view.facts.filter((one) => one.word === 'bad').map((one) => draft(view.file, one.line)),
  contribute: (view) => (view.facts ?? []).map((one) => ({ key: one.word, value: one, line: one.line })),
  evaluate: (key, members) => {
    const [first, ...others] = members.filter((member) => member.enabled);
    if (key === 'bad' || !first || others.length === 0) return [];
    return [
      draft(
        first.file,
        first.value.line,
        others.map((other) => [other.file, other.value.line] as const),
      ),
    ];
  },
});

const facts = (list: readonly Word[], comments: readonly SuppressionFact[] = []): FileFacts => ({
  language: 'python',
  lines: 10,
  byCollector: {
    words: list as unknown as Json,
    ...(comments.length > 0 ? { [SUPPRESSIONS_ID]: comments as unknown as Json } : {}),
  },
});
const ignore = (rule: string, line: number): SuppressionFact => ({
  kind: 'line',
  origin: 'seamline',
  codes: [rule],
  line,
  at: [line, 0, 9],
});
/** A rule of broken parts: which of them throws is told by the words of the file. */
const fragile = defineRule<readonly Word[], Record<string, never>, Word>({
  meta: { ...meta, id: 'fragile' },
  options: z.strictObject({}),
  collect: words.collect as never,
  check: ({ facts: list }) => failOn('check', list),
  contribute: ({ facts: list }) => {
    failOn('contribute', list ?? []);
    return (list ?? []).map((one) => ({ key: one.word, value: one, line: one.line }));
  },
  evaluate: (_, members) =>
    failOn(
      'evaluate',
      members.map((member) => member.value),
    ),
  judgeSuppressions: (_, idle) => {
    if (idle.length > 0) throw new TypeError('cannot judge');
    return [];
  },
});
function failOn(part: string, list: readonly Word[]): [] {
  if (list.some((one) => one.word === part)) throw new TypeError(`cannot ${part}`);
  return [];
}

const settings = () => ({ isTest: false, rule: () => ({ enabled: true, options: {} }) });
const fresh = () => new Analysis([words, unusedSuppression], settings);
const places = (analysis: Analysis) =>
  analysis
    .findings()
    .map(
      (one) =>
        `${one.rule} ${one.file}:${one.range.start.line}${one.related.map((r) => ` ${r.file}:${r.range.start.line}`).join('')}`,
    );

describe('Analysis', () => {
  test('an edit evaluates exactly the keys in the symmetric difference, and findings equal those of a fresh build', () => {
    const word = fc.record({ word: fc.constantFrom('a', 'b', 'c', 'bad'), line: fc.nat(3) });
    const step = fc.record({
      file: fc.constantFrom('x.py', 'y.py', 'z.py'),
      list: fc.option(fc.array(word, { maxLength: 5 })),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const analysis = fresh();
        const state = new Map<string, readonly Word[]>();
        for (const { file, list } of steps) {
          const keyed = (all: readonly Word[], key: string) => JSON.stringify(all.filter((one) => one.word === key));
          const before = state.get(file) ?? [];
          const after = list ?? [];
          const expected = [...new Set([...before, ...after].map((one) => one.word))].filter(
            (key) => keyed(before, key) !== keyed(after, key),
          );
          const { evaluatedKeys } = analysis.update(file, list ? facts(list) : undefined);
          expect([...evaluatedKeys].map((key) => key.split('\u0000')[1]).sort()).toEqual(expected.sort());
          if (list) state.set(file, list);
          else state.delete(file);
        }
        const rebuilt = fresh();
        rebuilt.updateAll([...state].reverse().map(([file, list]) => [file, facts(list)] as const));
        expect(analysis.findings()).toEqual(rebuilt.findings());
      }),
      { numRuns: 300, seed: 20261120 },
    );
  });

  test('names the files whose findings changed, in groups at every place', () => {
    const analysis = fresh();
    analysis.update('x.py', facts([{ word: 'a', line: 1 }]));
    expect([...analysis.update('y.py', facts([{ word: 'a', line: 2 }])).changedFiles].sort()).toEqual(['x.py', 'y.py']);
    expect([...analysis.update('z.py', facts([{ word: 'q', line: 0 }])).changedFiles]).toEqual([]);
  });

  test('a suppressed place leaves the group; fewer than two left is no finding, and the comment is of use', () => {
    const analysis = fresh();
    analysis.update('x.py', facts([{ word: 'a', line: 1 }], [ignore('words', 1)]));
    analysis.update('y.py', facts([{ word: 'a', line: 2 }]));
    expect(places(analysis)).toEqual([]);
    analysis.update('z.py', facts([{ word: 'a', line: 3 }]));
    expect(places(analysis)).toEqual(['words y.py:2 z.py:3']);
  });

  test('a comment on a place that would be no finding anyway is reported, and again fine once the group exists', () => {
    const analysis = fresh();
    analysis.update('x.py', facts([{ word: 'a', line: 1 }], [ignore('words', 1)]));
    expect(places(analysis)).toEqual(['unused-suppression x.py:1']);
    analysis.update('y.py', facts([{ word: 'a', line: 2 }]));
    expect(places(analysis)).toEqual([]);
    analysis.update('y.py', undefined);
    expect(places(analysis)).toEqual(['unused-suppression x.py:1']);
  });

  test('a comment for a rule that does not run is neither unused nor unknown', () => {
    const analysis = new Analysis([unusedSuppression], settings, [words, unusedSuppression]);
    analysis.update('x.py', facts([], [ignore('words', 1), ignore('wrods', 2)]));
    expect(places(analysis)).toEqual(['unused-suppression x.py:2']);
  });
});

describe('a rule that throws', () => {
  const withFragile = () => new Analysis([fragile, words, unusedSuppression], settings);
  const lines = (analysis: Analysis) =>
    analysis.failures().map(({ rule, file, message }) => `${rule} ${file}: ${message}`);
  const word = (text: string, line = 0): Word => ({ word: text, line });

  test.each(['check', 'contribute', 'evaluate'])('in %s loses that file or group; the others speak', (part) => {
    const analysis = withFragile();
    analysis.update('x.py', facts([word(part), word('bad', 1)]));
    analysis.update('y.py', facts([word('bad', 2)]));
    expect(places(analysis)).toEqual(['words x.py:1', 'words y.py:2']);
    expect(lines(analysis)).toEqual([`fragile x.py: cannot ${part}`]);
    analysis.update('x.py', facts([word('bad', 1)]));
    expect(lines(analysis)).toEqual([]);
  });

  test('on a suppression comment still lets other rules judge it', () => {
    const analysis = withFragile();
    analysis.update('x.py', facts([], [ignore('wrods', 3)]));
    expect(places(analysis)).toEqual(['unused-suppression x.py:3']);
    expect(lines(analysis)).toEqual(['fragile x.py: cannot judge']);
    analysis.findings();
    expect(lines(analysis)).toHaveLength(1);
  });

  test.each(['check', 'evaluate'])('in %s makes no comment unused: nobody knows what it would silence', (part) => {
    const analysis = new Analysis([{ ...fragile, judgeSuppressions: undefined }, unusedSuppression], settings);
    analysis.update('x.py', facts([word(part, 4)], [ignore('fragile', 4)]));
    expect(places(analysis)).toEqual([]);
    expect(lines(analysis)).toEqual([`fragile x.py: cannot ${part}`]);
  });

  test('says the same in every order of files, each defect once and a group at its first file', () => {
    const files = ['a.py', 'b.py', 'c.py'].map(
      (file) => [file, facts([word('evaluate'), word('evaluate', 1), word('check')])] as const,
    );
    const [one, other] = [withFragile(), withFragile()];
    one.updateAll(files);
    other.updateAll([...files].reverse());
    expect(lines(one)).toEqual([
      'fragile a.py: cannot check',
      'fragile a.py: cannot evaluate',
      'fragile b.py: cannot check',
      'fragile c.py: cannot check',
    ]);
    expect(lines(other)).toEqual(lines(one));
  });
});
