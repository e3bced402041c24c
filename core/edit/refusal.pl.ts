/** `REFUSALS` of `refusal.ts` in Polish. */
export const REFUSALS_PL: Readonly<Record<string, string>> = {
  'file-changed': 'plik zmienił się w międzyczasie: spróbuj ponownie',
  'file-exists': '{file} już istnieje',
  unreadable: 'nie można odczytać {file}',
  'unparsed-syntax': 'wiersz {line} w {file} jest niezrozumiały, więc nic wokół niego nie zostanie zmienione',
  'lone-carriage-returns': '{file} ma wiersze zakończone samym powrotem karetki, a edytory i Python liczą je różnie',
  'not-encodable': '{text} nie da się zapisać w kodowaniu pliku {file} ({encoding})',
  'not-writable': 'nie można zapisać {file}: {reason}',
  'write-in-progress':
    'inny przebieg właśnie zapisuje w tym obszarze roboczym albo przerwano go w trakcie: spróbuj ponownie',
  'write-interrupted': 'zapis zatrzymał się na {file}: {reason}; następny przebieg wycofa to, co zapisano',
  'cannot-create-files':
    'ten edytor nie tworzy plików na prośbę serwera językowego, a powstałby {file}: zrobi to „seamline fix”',
  'not-verifiable': 'zmiany nie można sprawdzić: {reason}',
  'shape-error': 'wynik nie byłby poprawny: {message} (wiersz {line} w {file})',
  'new-diagnostic': 'TypeScript zgłosiłby w {file}: {message}',
  'binding-changed': '{name} (wiersz {line} w {file}) po zmianie oznaczałoby coś innego',
  'unresolved-name': '{name} (wiersz {line} w {file}) po zmianie nie byłoby zdefiniowane',
  'left-unused': 'nic nie używałoby już nazwy {name} (wiersz {line} w pliku {file})',
  'comment-would-be-lost': 'komentarz „{comment}” (wiersz {line} w {file}) zostałby utracony',
  'finding-remains': 'znalezisko po zmianie wciąż by tu było',
  'new-finding': 'zmiana wywołałaby nowe znalezisko w {file}, wiersz {line}: {rule}',
  'unreachable-module': 'z {file} nie da się zaimportować {module} przy tym sposobie wyszukiwania modułów',
  'import-cycle': 'import {module} w {file} zamknąłby cykl importów: {cycle}',
  'import-conflict': '{name} oznacza już w {file} coś innego, więc nie można importować pod tą nazwą',
  'import-conditional': '{name} jest w {file} importowane tylko pod warunkiem',
  'import-type-only': '{name} jest w {file} importowane tylko na potrzeby kontroli typów',
  'import-too-late': '{name} jest w {file} importowane dopiero za wierszem {line}, w którym jest potrzebne',
  'patched-name': '{name} jest podmieniane w {test}, wiersz {line}, a po zmianie podmiana przestałaby działać',
  'flow-types': '{file} sprawdza Flow, a jego typów nie da się tu ani zapisać, ani sprawdzić',
  'global-script':
    '{file} to skrypt bez importów i eksportów: to, co stoi na jego początku, byłoby wspólne dla wszystkich skryptów strony. Nazwij to przez --name',
  'nothing-to-change': 'nie zostało tu już nic do zmiany',
  'no-cure': 'dla tego znaleziska reguły {rule} nie ma poprawki, która odpowiada temu, o co proszono',
  'needs-review': 'zmiana wymaga przejrzenia: {note}',
};

/** `NOTES` of `refusal.ts` in Polish. */
export const NOTES_PL: Readonly<Record<string, string>> = {
  'grows-past-limit': '{file} przekroczy limit reguły {rule}',
  'patch-may-miss':
    '{count, plural, one {podmiana} few {# podmiany} many {# podmian} other {# podmiany}} {name} ({test}, wiersz {line}) ' +
    '{count, plural, one {może} few {mogą} many {może} other {może}} już nie działać tak jak teraz: sprawdź, co jeszcze szuka tej nazwy w {module}',
  'types-unresolved':
    '{count, plural, one {nie udało się tu rozwiązać importu „{module}”} few {nie udało się tu rozwiązać # importów, na przykład „{module}”} many {nie udało się tu rozwiązać # importów, na przykład „{module}”} other {nie udało się tu rozwiązać # importu, na przykład „{module}”}}, ' +
    'więc kompilator nie może ręczyć za typy: czy pakiety są zainstalowane?',
};
