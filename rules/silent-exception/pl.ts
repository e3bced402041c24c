import type { CureTranslation, RuleTranslation } from '../../core/rule/rule';

const THEN =
  '{form, select, continue {przechodzi do następnego obiegu pętli} break {wychodzi z pętli} value {zwraca {value}} other {działa dalej}}';

const TYPES = '{types, select, probe {błąd pojedynczego parsowania lub próby} other {{types}}}';

const STATEMENTS =
  '{statements, plural, one {tej # instrukcji} few {tych # instrukcji} many {tych # instrukcji} other {tych # instrukcji}}';

const EXCUSE = 'napisz, dlaczego można go pominąć';

const LOG_NOTES = {
  'project-logger':
    'logger pochodzi z {module}, jak w innych plikach projektu: upewnij się, że ten plik może importować ten moduł',
  'console-forbidden': 'linter projektu zabrania używania console, a żaden plik w pobliżu nie ma innego loggera',
  'in-finalizer': 'kod działa w finalizatorze, a gdy interpreter kończy pracę, loggera może już nie być',
  'in-signal-handler':
    'kod działa w procedurze obsługi sygnału, gdzie zapis do dziennika może czekać na blokadę, którą trzyma przerwany kod',
};

const TAKES_APART = 'obsługa rozkłada błąd na części: {pattern}';
const NO_FREE_NAME = 'żadna ze zwyczajowych nazw wyjątku nie jest tu wolna: nazwij go samodzielnie';
const HEAD_UNCLEAR = 'w {head} nie da się odróżnić typów od reszty';

const LOG_REFUSALS = {
  'log-sink': 'ten kod sam zapisuje dziennik, więc nikt nie zapisałby jego awarii',
  'logger-name-taken': '{name} oznacza już w {file} coś innego, więc nazwę loggera trzeba wybrać samodzielnie',
  'logger-unknown': 'nie wiadomo, jak wywołać {name}: moduł nigdy tego nie robi, a sposób utworzenia niczego nie mówi',
  'head-unclear': HEAD_UNCLEAR,
  'parameter-pattern': TAKES_APART,
  'exception-name-taken': NO_FREE_NAME,
};

const cures: Readonly<Record<string, CureTranslation>> = {
  'log-exception': {
    title: 'Zapisz wyjątek w dzienniku',
    messages: {
      log: 'Zapisz w dzienniku przez {call}',
      'log-project-logger': 'Zapisz w dzienniku tak, jak robi to projekt',
      'log-new-logger': 'Zapisz w dzienniku przez nowy logger modułu',
      ...LOG_NOTES,
    },
    refusals: LOG_REFUSALS,
  },
  'narrow-exception': {
    title: 'Łap tylko to, czego można się spodziewać',
    messages: {
      'catch-only': 'Łap tylko {types}',
      'now-passes': '{types}: te wyjątki nie będą już tutaj łapane',
      'others-pass': 'wszystko oprócz {types} nie będzie już tutaj łapane i trafi do wywołujących',
    },
    refusals: {
      'parameter-pattern': TAKES_APART,
      'exception-name-taken': NO_FREE_NAME,
      'raised-types-unknown': 'nie wiadomo, jakie wyjątki może rzucić {code} (wiersz {line})',
      'nothing-raised': 'nie wiadomo, by cokolwiek w chronionym kodzie rzucało wyjątek',
      'head-unclear': HEAD_UNCLEAR,
    },
  },
  're-raise': {
    title: 'Zapisz wyjątek w dzienniku i przepuść go dalej',
    messages: {
      'log-and-raise': 'Zapisz w dzienniku i zgłoś ponownie',
      'log-and-throw': 'Zapisz w dzienniku i rzuć ponownie',
      ...LOG_NOTES,
      'callers-see':
        '{function} przepuszcza teraz to, co wcześniej było połykane: wywołania w tym pliku są w {count, plural, one {wierszu} few {wierszach} many {wierszach} other {wierszach}} {lines}',
      'somebody-sees': '{function} przepuszcza teraz to, co wcześniej było połykane: przejrzyj wywołania',
      'loop-ends': 'pierwsze niepowodzenie kończy teraz pętlę, która wcześniej biegła dalej',
      'import-fails': 'import tego modułu kończy się teraz błędem tam, gdzie wcześniej szedł dalej',
    },
    refusals: {
      ...LOG_REFUSALS,
      'in-clean-up': 'błąd sprzątania zająłby miejsce wyniku albo błędu, który jest właśnie obsługiwany',
    },
  },
  'explain-exception': {
    title: 'Napisz, dlaczego wyjątek można pominąć',
    messages: {
      'say-why': 'Napisz dlaczego: {reason}',
      'best-effort': 'Napisz dlaczego: to tylko próba, która może się nie udać',
    },
    refusals: {
      'reason-needed': 'tylko Ty wiesz, dlaczego ten błąd można pominąć: podaj powód (--reason)',
      'reason-not-one-line': 'powód musi być jednym wierszem zwykłego tekstu, bez znaków komentarza',
      'reason-says-nothing': '„{reason}” nie mówi, dlaczego błąd można pominąć',
      'reason-too-long':
        'powód musi zmieścić się za nagłówkiem instrukcji: najwyżej {limit, plural, one {# znak} few {# znaki} many {# znaków} other {# znaku}}',
    },
  },
};

export const pl: RuleTranslation = {
  title: 'Obsługa wyjątku, która go połyka',
  messages: {
    bare: `\`except\` bez typu łapie nawet KeyboardInterrupt i SystemExit i bez śladu ${THEN}: użyj \`except Exception\` i zapisz wyjątek w dzienniku`,
    broad: `łapie każdy wyjątek i bez śladu ${THEN}: zapisz go w dzienniku, zawęź typ albo ${EXCUSE}`,
    broadTry: `każdy błąd z ${STATEMENTS} przepada, a kod ${THEN}: zapisz go w dzienniku, zawęź typ albo ${EXCUSE}`,
    error: `połyka każdy błąd i bez śladu ${THEN}: zapisz go w dzienniku, rzuć dalej to, czego się nie spodziewasz, albo ${EXCUSE}`,
    errorTry: `każdy błąd z ${STATEMENTS} przepada, a kod ${THEN}: zapisz go w dzienniku, rzuć dalej to, czego się nie spodziewasz, albo ${EXCUSE}`,
    item: 'gdy wywołanie się nie uda, element pętli jest pomijany bez śladu: zapisz to w dzienniku albo zbieraj niepowodzenia',
    promise: `zamienia każde odrzucenie obietnicy na {value, select, nothing {nic} other {{value}}}, bez śladu: zapisz błąd w dzienniku albo ${EXCUSE}`,
    narrow: `połyka ${TYPES} i bez śladu ${THEN}: zapisz błąd w dzienniku albo ${EXCUSE}`,
    narrowTry: `z ${STATEMENTS} przepada ${TYPES}, a kod ${THEN}: obejmij ochroną tylko to, co według Ciebie może zawieść`,
    cleanup: `połyka każdy błąd tego sprzątania: zapisz go w dzienniku albo ${EXCUSE}`,
    nested: `połyka błąd, do którego dochodzi podczas obsługi innego: zapisz go w dzienniku albo ${EXCUSE}`,
    cleanupBare:
      '`except` bez typu łapie podczas sprzątania nawet KeyboardInterrupt i SystemExit: użyj `except Exception`',
  },
  advice: {
    reason:
      'Tego, co tutaj przepada, ktoś będzie szukał, gdy awaria wygląda jak pusta lista, a błąd w kodzie jak „nie znaleziono”.',
    recommendation:
      'Zapisz wyjątek w dzienniku razem z nazwami, które są pod ręką, zawęź typ do tego, czego się spodziewasz, przepuść go dalej albo napisz w komentarzu, dlaczego można go pominąć.',
  },
  cures,
};
