import type { RuleTranslation } from '../../core/rule/rule';

export const pl: RuleTranslation = {
  title: 'Tytuł po polsku',
  messages: {
    found:
      '{count, plural, one {# parametr} few {# parametry} many {# parametrów} other {# parametru}}, ponad limit {limit}: niech niesie je jeden obiekt',
  },
  advice: {
    reason: 'Kto to wywołuje, musi znać kolejność wszystkich parametrów, a każdy nowy zmienia każde wywołanie.',
    recommendation: 'Nadaj temu, co do siebie należy, własny typ i przekazuj jego.',
  },
};
