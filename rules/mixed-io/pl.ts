import type { RuleTranslation } from '../../core/rule/rule';

const KIND = 'http {HTTP} process {procesy} file {pliki} database {baza danych} other {chmura lub SDK modelu}';
const CALLS = 'plural, one {# wywołanie} few {# wywołania} many {# wywołań} other {# wywołania}';
const LINES = 'plural, one {# wiersz} few {# wiersze} many {# wierszy} other {# wiersza}';
const HEAD = `{name, select, none {Ta funkcja} other {{name}}} łączy własną logikę ({lines, ${LINES}}) z operacjami wejścia i wyjścia: {kind1, select, ${KIND}} ({count1, ${CALLS}})`;
const next = (n: number) => `{kind${n}, select, ${KIND}} ({count${n}})`;

export const pl: RuleTranslation = {
  title: 'Klasa lub funkcja, która obok własnej logiki wykonuje kilka rodzajów operacji wejścia i wyjścia',
  messages: {
    kinds2: `${HEAD} i ${next(2)}`,
    kinds3: `${HEAD}, ${next(2)} i ${next(3)}`,
    kinds4: `${HEAD}, ${next(2)}, ${next(3)} i ${next(4)}`,
    kinds5: `${HEAD}, ${next(2)}, ${next(3)}, ${next(4)} i ${next(5)}`,
    first: `pierwsze wywołanie: {kind, select, ${KIND}}`,
  },
  advice: {
    reason:
      'Logikę, która stoi pomiędzy żądaniami, procesami, plikami i zapytaniami, można wypróbować tylko ze wszystkimi naraz, a zmiana jednego dotyka reszty.',
    recommendation: 'Daj każdemu rodzajowi operacji wejścia i wyjścia własny adapter, a decyzje zostaw tam, gdzie są.',
  },
};
