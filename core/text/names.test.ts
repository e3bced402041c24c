import { expect, test } from 'vitest';
import { placesOfName } from './names';

test('a name is found where it stands alone', () => {
  const text = 'on = a.on + con + one + $on + on$ + on_ + (on) + [on]\non';
  const places = [...placesOfName(text, 'on')];
  expect(places).toEqual([0, text.indexOf('(on)') + 1, text.indexOf('[on]') + 1, text.length - 2]);
});

test('only what ends within the given offsets is found', () => {
  expect([...placesOfName('x x x', 'x', 1, 4)]).toEqual([2]);
  expect([...placesOfName('xy xy', 'xy', 0, 4)]).toEqual([0]);
});

test('nothing is no name', () => {
  expect([...placesOfName('abc', '')]).toEqual([]);
});
