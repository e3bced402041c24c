import type { RuleTranslation } from '../../core/rule/rule';
import { pl as extractStreamingHandler } from './cures/extract-streaming-handler/pl';

const LINES = 'lines, plural, one {# wiersz} few {# wiersze} many {# wierszy} other {# wiersza}';

export const pl: RuleTranslation = {
  title: 'Zagnieżdżona funkcja zwrotna, która przechowuje stan funkcji ją otaczającej',
  messages: {
    found: `{name} trafia do {to} i zmienia {count, plural, one {zmienną funkcji {outer} ({names})} few {# zmienne funkcji {outer} ({names})} many {# zmiennych funkcji {outer} ({names})} other {# zmiennej funkcji {outer} ({names})}} ({${LINES}}): ten stan mogłaby trzymać klasa`,
    foundResult: `{outer} oddaje na zewnątrz {name}, która zmienia {count, plural, one {jej zmienną ({names})} few {# jej zmienne ({names})} many {# jej zmiennych ({names})} other {# jej zmiennej ({names})}} ({${LINES}}): ten stan mogłaby trzymać klasa`,
    foundUnnamed: `funkcja przekazana do {to} zmienia {count, plural, one {przechwyconą zmienną {names}} few {# przechwycone zmienne ({names})} many {# przechwyconych zmiennych ({names})} other {# przechwyconej zmiennej ({names})}} ({${LINES}}): ten stan mogłaby trzymać klasa`,
    foundUnnamedResult: `zwracana funkcja zmienia {count, plural, one {przechwyconą zmienną {names}} few {# przechwycone zmienne ({names})} many {# przechwyconych zmiennych ({names})} other {# przechwyconej zmiennej ({names})}} ({${LINES}}): ten stan mogłaby trzymać klasa`,
  },
  advice: {
    reason:
      'Stanu, który zagnieżdżona funkcja dzieli z otaczającą, nie da się ani przetestować, ani użyć ponownie, a zmienia się on w chwilach, których tekst nie pokazuje.',
    recommendation: 'Zrób z funkcji zwrotnej i jej stanu klasę i przekaż dalej jej związaną metodę.',
  },
  cures: { 'extract-streaming-handler': extractStreamingHandler },
};
