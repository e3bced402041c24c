import type { RuleTranslation } from '../../core/rule/rule';
import { reasonsTold } from './cures/extract-adapter/reckoning';

const KIND = 'http {HTTP} process {procesy} file {pliki} database {baza danych} other {chmura lub SDK modelu}';
const CALLS = 'plural, one {# wywołanie} few {# wywołania} many {# wywołań} other {# wywołania}';
const LINES = 'plural, one {# wiersz} few {# wiersze} many {# wierszy} other {# wiersza}';
const HEAD = `{name, select, none {Ta funkcja} other {{name}}} łączy własną logikę ({lines, ${LINES}}) z operacjami wejścia i wyjścia: {kind1, select, ${KIND}} ({count1, ${CALLS}})`;
const next = (n: number) => `{kind${n}, select, ${KIND}} ({count${n}})`;

/** Why a call stays where it is. */
const OBSTACLES: Readonly<Record<string, string>> = {
  'handed-on': 'wiersz {line} w {file} przekazuje dalej funkcję, która wykonuje operację dopiero u innych',
  'outside-method': 'wiersz {line} w {file} wykonuje się tam, gdzie nie ma obiektu, który można zapytać',
  'no-self': 'wiersz {line} w {file} nie ma pod ręką obiektu: {method} jest statyczna albo nadaje mu inne znaczenie',
  'not-movable': 'wiersza {line} w {file} nie da się zapisać gdzie indziej',
  'hands-self-on': 'wiersz {line} w {file} przekazuje dalej sam obiekt',
  'crosses-border': 'wiersz {line} w {file} opuszcza kod wokół wywołania przez {what}',
  interleaved: 'wiersz {line} w {file} ustawia {name} w trakcie operacji',
  'interleaved-block': 'wywołanie z wiersza {line} w {file} przeplata się z inną pracą w bloku z wiersza {block}',
  entangled: 'wiersz {line} w {file} dzieli {name} z kodem wokół',
  'logs-within': 'wiersz {line} w {file} pisze do logu w trakcie operacji',
  'calls-object': 'wiersz {line} w {file} pyta {name} w trakcie operacji',
  'calls-back': 'wiersz {line} w {file} woła {name} w trakcie operacji',
  'handed-client': 'wiersz {line} w {file} pyta klienta, którego ma pod ręką, a tego można podmienić wprost',
  'tells-callback': 'wiersz {line} w {file} odpowiada przekazanej funkcji, którą metoda mogłaby tylko przekazać dalej',
  'unprintable-type':
    'wiersz {line} w {file} przekazuje wartość typu {name}, który nie ma nazwy, jaką mógłby podać adapter',
  'opens-handle': 'wiersz {line} w {file} otwiera to, co kod wokół dalej czyta lub zapisuje',
  'mostly-stays':
    'wiersz {line} w {file} dałby się przenieść, ale większość wywołań tego rodzaju lub wokół niego zostaje na miejscu',
  'own-job':
    'wiersz {line} w {file} robi to, do czego jest jego klasa: większość jej metod czyta lub zapisuje pliki, więc sama jest adapterem',
  'bound-to-module': 'wiersz {line} w {file} używa {name}, co ma sens tylko w swoim module',
  'local-import': 'wiersz {line} w {file} używa importu swojej funkcji, którego nie da się powtórzyć gdzie indziej',
};

/** The same in few words, for calls that are counted. */
const LEFT: Readonly<Record<string, string>> = {
  'handed-on': 'przekazane dalej jako funkcje',
  'outside-method': 'poza metodami',
  'no-self': 'bez obiektu pod ręką',
  'not-movable': 'możliwe tylko w swoim miejscu',
  'hands-self-on': 'przekazujące dalej sam obiekt',
  'crosses-border': 'opuszczane przez kod wokół',
  interleaved: 'splecione z ustawianiem pól',
  'interleaved-block': 'splecione z inną pracą',
  entangled: 'dzielące nazwy z kodem wokół',
  'logs-within': 'z wpisem do logu w środku',
  'calls-object': 'z wywołaniem obiektu w środku',
  'calls-back': 'z wywołaniem zwrotnym w środku',
  'handed-client': 'pytające klienta, który jest pod ręką',
  'own-client': 'pytające klienta, którego trzyma obiekt',
  'tells-callback': 'z odpowiedzią dla przekazanej funkcji',
  'unprintable-type': 'z wartością typu bez nazwy',
  'opens-handle': 'otwierające to, co kod wokół czyta lub zapisuje',
  'own-job': 'tego rodzaju, do którego jest sama klasa',
  'bound-to-module': 'związane ze swoim modułem',
  'local-import': 'z importem swojej funkcji',
  'no-name': 'robiące to samo co inne w inny sposób',
  'rewritten-block': 'w bloku, który poszedłby z innym wywołaniem',
  'hands-on': 'przekazujące dalej wszystko, co dostałaby metoda',
  'of-handle': 'pytające o to, co otworzyło lub uruchomiło inne wywołanie',
};

const REASONS = reasonsTold(LEFT, 'wiersz {at}');
const COULD_MOVE =
  'z {all, plural, one {# wywołania} few {# wywołań} many {# wywołań} other {# wywołania}} {moving, plural, =0 {żadnego nie da się przenieść} other {da się przenieść #}}{methods, plural, =0 {} one { do # metody} few { do # metod} many { do # metod} other { do # metody}}{classes, plural, =0 {} one { jednej klasy} few { # klas} many { # klas} other { # klasy}} (wiersz {line} w {file})';

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
  cures: {
    'extract-adapter': {
      title: 'Wydziel wejście i wyjście do adaptera',
      messages: {
        extract: `Wydziel {count, plural, one {# wywołanie} few {# wywołania} many {# wywołań} other {# wywołania}} ({kind, select, http {HTTP} process {procesy} file {pliki} cloud {SDK} other {wejście i wyjście}}) do {names} w {file}`,
        'evaluated-earlier':
          '{name} (wiersz {line}) jest teraz odczytywane przed otwarciem klienta lub pliku, a było po nim',
        'stays-own-client':
          'jedno wywołanie zostaje: wiersz {line} w {file} pyta klienta, którego trzyma obiekt, a to już jest adapter',
        'stays-tiny': 'jedno wywołanie zostaje: wiersz {line} w {file} to mniej, niż zajęłaby klasa dla niego',
        'stays-no-name':
          'jedno wywołanie zostaje: wiersz {line} w {file} robi to samo co inne wywołanie w inny sposób, którego nie odda nazwa metody',
        'stays-rewritten-block':
          'jedno wywołanie zostaje: wiersz {line} w {file} stoi w bloku, który zmienia wcięcie, bo wywołanie wokół niego jest przenoszone: wydziel je w drugim przebiegu',
        'kept-for-patch': 'import {name} zostaje, bo {test} podmienia to, co w nim jest (wiersz {line})',
        'closes-earlier': 'to, co następuje w bloku z wiersza {line}, wykonuje się teraz po jego zamknięciu',
        ...Object.fromEntries(
          Object.entries(OBSTACLES).map(([code, reason]) => [`stays-${code}`, `jedno wywołanie zostaje: ${reason}`]),
        ),
      },
      refusals: {
        'unknown-place': 'wiersz {line} w {file} nie ma wywołania wejścia ani wyjścia, o którym mówi to znalezisko',
        'database-only': 'wiersz {line} w {file} odwołuje się do bazy danych, a dla niej nie powstaje adapter',
        'closed-class': 'atrybuty klasy {name} są jej elementami, więc nie może ona trzymać adaptera',
        'no-name': 'wiersz {line} w {file} robi to samo co inne wywołanie w inny sposób, którego nie odda nazwa metody',
        'little-to-gain': `${COULD_MOVE}, a to mniej, niż zajęłaby klasa{asker, select, free {, której nie trzyma żaden obiekt} other {}} (wskaż wywołania przez --place, jeśli mimo to jej chcesz)${REASONS}`,
        'handles-only': 'wiersz {line} w {file} pyta tylko o to, co otworzyło inne wywołanie',
        ...OBSTACLES,
        'mostly-stays': `${COULD_MOVE}, ale większość wywołań tego rodzaju lub wokół nich zostaje na miejscu${REASONS}`,
        'several-adapters':
          '{name} może nazwać jeden adapter, a powstałoby ich {count}: wybierz wywołania przez --place',
        'name-taken': '{name} oznacza już w {file} coś innego',
        'invalid-name': '{name} nie może być nazwą klasy',
        'no-common-package': '{file} i {other} nie mają wspólnego pakietu',
        'not-python': '{file} nie jest plikiem Pythona',
        'own-client': 'wiersz {line} w {file} pyta klienta, którego trzyma obiekt, a to już jest adapter',
        component: '{name} to komponent albo hook, który pobiera dane przez swój framework',
        'not-typescript': '{file} nie jest plikiem TypeScriptu ani JavaScriptu',
        'subclassed-provider':
          'wiersz {line} w {file} dziedziczy po {name} i musiałby dostać adapter, by go przekazać dalej',
        'no-constructor': 'klasa {name} nie ma własnego konstruktora, a nie wiadomo, co przyjmuje konstruktor jej bazy',
        'optional-parameter':
          'konstruktor klasy {name} kończy się parametrem, który można pominąć, a za takim nic nie da się wstrzyknąć',
        'made-by-hand': 'wiersz {line} w {file} sam tworzy obiekt {name} i podaje co innego, niż wymienia konstruktor',
        'unregistered-provider':
          'klasy {name} nie ma na żadnej wypisanej liście providers ani controllers, więc jej adaptera nie da się zarejestrować',
      },
    },
  },
};
