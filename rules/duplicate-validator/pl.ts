import type { RuleTranslation } from '../../core/rule/rule';

const PLACES = '{places, plural, one {# miejsce} few {# miejsca} many {# miejsc} other {# miejsca}}';
const FILES = '{files, plural, one {jednym pliku} few {# plikach} many {# plikach} other {# pliku}}';
const SYMBOL = '{symbol, select, none {} other {, w {symbol}}}';

/** A verb that agrees with a number of things. */
const verb = (count: string, singular: string, plural: string) =>
  `{${count}, plural, one {${singular}} few {${plural}} many {${singular}} other {${singular}}}`;

export const pl: RuleTranslation = {
  title: 'Ta sama walidacja w kilku miejscach',
  messages: {
    regex: `${PLACES} w ${FILES} ${verb('places', 'waliduje', 'walidują')} wzorcem {pattern}: wystarczyłby jeden wspólny walidator`,
    regexAlso: `ta sama walidacja także tutaj${SYMBOL}`,
    body: `{places, plural, one {# walidator} few {# walidatory} many {# walidatorów} other {# walidatora}} w ${FILES} ${verb('places', 'sprawdza', 'sprawdzają')} to samo co {name}: wystarczyłby jeden wspólny walidator`,
    bodyAlso: `te same sprawdzenia${SYMBOL}`,
    set: `${PLACES} w ${FILES} ${verb('places', 'dopuszcza', 'dopuszczają')} tylko {members}: wystarczyłaby jedna wspólna stała albo jeden walidator`,
    setAlso: `sprawdzane także tutaj${SYMBOL}`,
    drift:
      '{name} waliduje tutaj wzorcem {pattern}, a gdzie indziej {count, plural, one {podobnym wzorcem} few {# podobnymi wzorcami} many {# podobnymi wzorcami} other {# podobnego wzorca}}: sprowadź je do jednego albo nazwij różnicę',
    driftAlso: 'tutaj {name} waliduje wzorcem {pattern}',
    driftMode:
      '{name} stosuje tutaj swój wzorzec przez {mode}, a gdzie indziej {count, plural, one {inną metodą} few {# innymi metodami} many {# innymi metodami} other {# innej metody}}: sprowadź je do jednej albo nazwij różnicę',
    driftModeAlso: 'tutaj {name} stosuje go przez {mode}',
  },
  advice: {
    reason:
      'Kopie jednej reguły z czasem się rozjeżdżają: gdy reguła się zmienia, trzeba znaleźć i zmienić każdą z nich.',
    recommendation:
      'Zapisz regułę raz, jako funkcję lub stałą w module, który importują wszystkie te miejsca, a każdemu miejscu zostaw jego własną reakcję.',
  },
  cures: {
    'extract-validator': {
      title: 'Wydziel wspólny walidator',
      messages: {
        extract: `Wydziel ${PLACES} do {file}: {name}`,
        reuse:
          'Użyj {name} z {file} w {places, plural, one {jeszcze jednym miejscu} few {jeszcze # miejscach} many {jeszcze # miejscach} other {jeszcze # miejsca}}',
        'shares-predicate': `{count, plural, one {# miejsce} few {# miejsca} many {# miejsc} other {# miejsca}} ${verb('count', 'zachowuje', 'zachowują')} to, co następuje po sprawdzeniu, a samo sprawdzenie ${verb('count', 'powierza', 'powierzają')} {name}`,
        'set-and-list':
          'wiersz {line} w {file} pyta zbiór, który dla listy lub słownika rzuca TypeError: wspólna funkcja odpowie, że wartość jest niepoprawna',
        'declares-constraint': `{count, plural, one {# miejsce} few {# miejsca} many {# miejsc} other {# miejsca}} ${verb('count', 'deklaruje', 'deklarują')} wzorzec jako ograniczenie pola i ${verb('count', 'zostaje', 'zostają')} bez zmian`,
        'other-package': `{count, plural, one {# miejsce z innego pakietu zostaje bez zmian} few {# miejsca z innych pakietów zostają bez zmian} many {# miejsc z innych pakietów zostaje bez zmian} other {# miejsca z innych pakietów zostaje bez zmian}}`,
        'may-be-no-text':
          'wiersz {line} w {file} kończy się błędem, gdy wartość nie jest tekstem, a wspólna funkcja nie: czy może tam być coś innego?',
      },
      refusals: {
        'not-typescript': '{file} nie jest plikiem TypeScriptu ani JavaScriptu',
        'stateful-pattern':
          'wzorzec z wiersza {line} w {file} pamięta, gdzie skończył (flaga g albo y), i robiłby to dla wszystkich miejsc naraz',
        'local-type': 'wiersz {line} w {file} mówi o typie {name}, którego jego moduł nie eksportuje',
        'too-few-places':
          'wspólny walidator potrzebuje dwóch miejsc, a {count, plural, one {wybrano tylko #} few {wybrano #} many {wybrano #} other {wybrano #}}',
        'second-validator':
          'wiersz {line} w {file} i wiersz {second} w {other} zostałyby kopiami innego walidatora: wybierz miejsca, które sprawdzają tak samo',
        'not-a-dependency':
          'miejsca są w pakietach, z których żaden nie jest zależnością pozostałych: package.json pakietu {package} nie wymienia {other} ani na odwrót',
        'not-exported':
          'package.json pakietu {package} nie wymienia {file} wśród exports, więc żaden inny pakiet nie mógłby go importować',
        'keeps-list':
          'wiersz {line} w {file} potrzebuje swojej listy nie tylko do sprawdzenia: wspólna funkcja miałaby jeszcze jedną',
        'other-values':
          '{name} z wiersza {line} w {file} jest porównywane też z innymi wartościami: nazwa dla tych dozwolonych obiecywałaby za dużo',
        'looks-inside': 'wiersz {line} w {file} szuka czegoś wewnątrz tekstu, co nic nie mówi o całym tekście',
        'no-common-name': 'miejsca nie mają wspólnej nazwy dla tego, co sprawdzają: podaj ją przez --name',
        'unknown-place': 'wiersz {line} w {file} nie należy do tej grupy miejsc',
        'declared-constraint': 'wzorzec jest zadeklarowany jako ograniczenie pola, którego żadna funkcja nie zastąpi',
        'pattern-not-constant': 'to, z czym porównuje wiersz {line} w {file}, nie jest stałą, którą można przenieść',
        'other-members': '{name} z wiersza {line} w {file} nie jest tym, z czym porównują pozostałe miejsca',
        'uses-class-state': 'wiersz {line} w {file} używa {name}, co należy do klasy albo do frameworka',
        'other-io': 'wiersz {line} w {file} odwołuje się do {name}, a to więcej niż obejrzenie wartości',
        'no-validator': 'wiersz {line} w {file} robi więcej niż walidację',
        'messages-would-change':
          'miejsca różnią się nie tylko limitami i komunikatami: wiersz {line} w {file} mówiłby coś innego',
        'match-is-used': 'wiersz {line} w {file} używa samego dopasowania, a nie tylko tego, czy ono jest',
        'no-common-package': '{file} i {other} nie mają wspólnego pakietu, z którego oba mogłyby importować',
        'asks-already':
          '{name} w wierszu {line} w {file} pyta już tylko o to: przy wspólnej funkcji nie miałaby nic do zrobienia',
        'unknown-type':
          'nic nie mówi, jakiego typu jest {name} w wierszu {line} w {file}: wspólna funkcja nie mogłaby powiedzieć, co przyjmuje',
        'name-taken': '{name} oznacza już coś innego, w {file} albo tam, gdzie byłoby wywoływane',
        'invalid-name': '{name} nie może być nazwą funkcji',
        'not-python': '{file} nie jest plikiem Pythona',
      },
    },
  },
};
