import { expect, test } from 'vitest';
import { offeredIn } from '../../core/rule/offers';

const CURES = [
  { id: 'one', languages: ['python'] },
  { id: 'both', languages: ['python', 'typescript'] },
] as const;
const offer = (id: string) => ({ id, applicability: 'safe' }) as const;

test.each([
  ['a.py', ['one', 'both']],
  ['a.ts', ['both']],
  ['a.tsx', ['both']],
  ['a.cjs', ['both']],
  ['notes.md', []],
])('in %s only cures that are written for its language are offered', (file, ids) => {
  expect(offeredIn(file, [offer('one'), offer('both'), offer('none')], CURES)).toEqual(ids.map(offer));
});
