import type { RuleTranslation } from '../../core/rule/rule';

export const pl: RuleTranslation = {
  title: 'Komentarz wyciszający, który niczego nie wycisza',
  messages: {
    unused: 'nie ma tu czego ignorować dla {rules}: usuń komentarz albo samą nazwę reguły',
    unknown: 'nie ma takiej reguły: {rules}; komentarz niczego nie ignoruje',
    bare: 'komentarz nie wymienia reguły, więc niczego nie ignoruje: napisz „seamline: {form}[nazwa-reguły] -- powód”',
  },
  advice: {
    reason: 'Komentarz, który przeżył swoje znalezisko, ukryje następne, które pojawi się w tym wierszu.',
    recommendation: 'Usuń komentarz albo regułę, którą wymienia na próżno.',
  },
};
