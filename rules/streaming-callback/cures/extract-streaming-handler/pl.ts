import type { CureTranslation } from '../../../../core/rule/rule';

export const pl: CureTranslation = {
  title: 'Wydziel funkcję zwrotną i jej stan do klasy',
  messages: {
    extract: 'Wydziel {name} i jej stan do {file}: {className}.{method}',
    'extract-several':
      'Wydziel {name}, jeszcze {count, plural, one {# funkcję} few {# funkcje} many {# funkcji} other {# funkcji}} i ich stan do {file}: {className}',
    'extract-unnamed': 'Wydziel funkcję przekazaną do {to} i jej stan w {file}: {className}.{method}',
    'extract-returned': 'Wydziel zwracaną funkcję i jej stan w {file}: {className}.{method}',
    'stays-here': 'klasa zostaje w tym module, bo {name} do niego należy',
    'asks-later': '{name} dostaje wartość po utworzeniu funkcji zwrotnej, więc obiekt pyta o nią za każdym razem',
    'name-may-matter': '{to} może zaglądać do nazwy lub opisu funkcji, która nazywa się teraz {method}',
  },
  refusals: {
    'made-in-loop':
      'wiersz {line} w {file} tworzy {name} w pętli: jej obiegi dzielą zmienne, których obiekty by nie dzieliły',
    'dynamic-names': 'wiersz {line} w {file} sięga do zmiennych po nazwie albo do ramki wywołania ({call})',
    'zero-argument-super': 'wiersz {line} w {file} wywołuje super() dla otaczającej klasy',
    'private-name': '{name} (wiersz {line} w {file}) oznaczałoby w innej klasie inną nazwę',
    'default-of-function':
      '{value} (wiersz {line} w {file}) jest obliczane przy każdym utworzeniu funkcji zwrotnej, czego metoda nie potrafi',
    'self-is-taken': 'wiersz {line} w {file} używa self jako własnej nazwy',
    'framework-decorator': '{decorator} (wiersz {line} w {file}) może zaglądać do samej funkcji',
    'bound-again': '{name} (wiersz {line} w {file}) jest wiązana więcej niż raz',
    'function-attribute': '{code} (wiersz {line} w {file}) należy do obiektu funkcji',
    'compared-by-identity':
      'wiersz {line} w {file} pyta, którym obiektem jest {name}, a każde sięgnięcie po metodę tworzy nowy',
    'weak-receiver':
      '{call} (wiersz {line} w {file}) przechowuje funkcję, ale obiekt metody związanej tylko słabą referencją',
    'becomes-method':
      'funkcja staje się metodą przez {code} (wiersz {line} w {file}), czego metoda związana nie potrafi',
    'yields-into-outer': 'wiersz {line} w {file} pozwala, by {name} oddawała wartości przez otaczającą funkcję',
    'second-writer': 'wiersz {line} w {file} zmienia {name} w innej zagnieżdżonej funkcji',
    'deleted-name': '{name} jest usuwana w wierszu {line} w {file}',
    'state-of-outer-function':
      '{name} należy do funkcji dalej na zewnątrz niż wiersz {line} w {file}, która może utworzyć dla niej kilka funkcji zwrotnych',
    'state-may-be-unset':
      '{name} jest używana tam, gdzie funkcji zwrotnej może nie być, albo nie ma wartości, gdy ta powstaje (wiersz {line} w {file})',
    'binding-form': 'wiersz {line} w {file} używa {name} w sposób, w jaki nie da się użyć atrybutu',
    'bound-to-module': '{name} (wiersz {line} w {file}) da się powiedzieć tylko we własnym module',
    'no-common-package': '{file} i {other} nie mają wspólnego pakietu, z którego oba mogłyby importować',
    'name-taken': '{name} oznacza już co innego w {file} albo tam, gdzie byłaby użyta',
    'invalid-name': '{name} nie może być nazwą klasy',
    'other-form': 'wiersz {line} w {file} ma postać, której metoda osobnej klasy mieć nie może',
    'outer-this':
      'wiersz {line} w {file} używa {name}, do czego ma prawo tylko własna klasa, w sposób, którego nie da się przekazać',
    'own-this': '{name} jest używana w funkcji, która ma własne this (wiersz {line} w {file})',
    'loose-mode': '{code} (wiersz {line} w {file}) robi co innego w klasie, której kod jest ścisły (strict)',
    'called-with-object': '{name} (wiersz {line} w {file}) może zawieść, wywołana jako składowa obiektu',
    'too-many-values':
      'funkcja zwrotna z wiersza {line} w {file} używa {count, plural, one {wartości} few {# wartości} many {# wartości} other {# wartości}} z otaczającego kodu: klasa, której trzeba by je podać, zawierałaby za mało, żeby coś dać',
    'too-small':
      'funkcja zwrotna z wiersza {line} w {file} ma {lines, plural, one {# wiersz} few {# wiersze} many {# wierszy} other {# wiersza}}: klasa byłaby dłuższa od tego, co zawiera',
    'bound-later':
      'funkcja zwrotna z wiersza {line} w {file} potrzebuje {name}, która dostaje wartość później: obiekt pytający o nią za każdym razem nie byłby jaśniejszy',
    'state-is-shared':
      '{name} używa też wiersz {line} w {file}, który zostałby na zewnątrz: klasa miałaby tylko połowę',
    'kept-alone':
      'tylko funkcja zwrotna z wiersza {line} w {file} używa {name}, a niczego innego nie przechowuje: jedną zmienną trzyma równie dobrze jak obiekt',
    'unclear-field':
      'klasa funkcji zwrotnej z wiersza {line} w {file} miałaby pole {name}, które poza funkcją nic nie mówi',
    'untyped-field':
      'klasa funkcji zwrotnej z wiersza {line} w {file} miałaby pole {name} typu any: nic nie mówi, czym ono jest',
    'written-outside':
      'kod wokół funkcji zwrotnej z wiersza {line} w {file} zmienia {name} równie często jak ona: to nie jest jej własny stan',
    'belongs-to-object':
      'funkcja zwrotna z wiersza {line} w {file} używa {name} {count, plural, one {# raz} few {# razy} many {# razy} other {# razy}}, co najmniej tak często jak tego, co sama przechowuje: to raczej metoda tego obiektu',
    'null-at-first':
      'wiersz {line} w {file} sięga do składowej {name}: kompilator sprawdza ten skrypt, a o polu nie wiedziałby tego, co wie o zmiennej',
    'sets-members': 'funkcja zwrotna z wiersza {line} w {file} ustawia składowe {name}: to raczej metoda tego obiektu',
    'callers-this':
      'funkcja zwrotna z wiersza {line} w {file} jest wywoływana na obiekcie wołającego: na jej miejscu zostałaby funkcja, która go przekazuje',
    'only-held':
      '{name} zostaje w funkcji otaczającej funkcję zwrotną z wiersza {line} w {file}: obiekt trzymałby tylko to, co ta zmienna',
    'only-filled':
      'funkcja zwrotna z wiersza {line} w {file} tylko dokłada coś do {name}: robi to równie dobrze jak obiekt',
    'one-of-several':
      'wiersz {line} w {file} ma funkcję zwrotną tego samego rodzaju, która przechowuje {name}: klasa jednej z nich rozerwałaby to, co należy do siebie',
    'used-beside':
      'wiersz {line} w {file} ma funkcję, która też używa {name} i zostałaby na zewnątrz: klasa miałaby połowę tego, co się z tym robi',
    'no-name': 'nic nie mówi, czego dotyczy klasa funkcji zwrotnej z wiersza {line} w {file}: nazwij ją przez --name',
    'nameless-object':
      'callback z wiersza {line} w {file} używa obiektu z zewnątrz, o którym nic nie mówi, jak nazwałaby go inna klasa',
    'private-members':
      'callback z wiersza {line} w {file} używa {name}, co wolno tylko jego klasie: jest raczej jej metodą',
    'line-directive':
      'komentarz wyłącza sprawdzanie wiersza {line} w {file}, z którego tylko część przeszłaby do klasy',
    'shared-comment':
      'komentarz nad {name} (wiersz {line} w {file}) może mówić o czymś więcej niż zmienna, która przeszłaby do klasy',
    'own-frame': 'generator z wiersza {line} w {file} może sam przechowywać {name}: nikt inny na to nie patrzy',
    'keeps-parameters':
      'funkcja zwracana w wierszu {line} w {file} zmienia tylko parametry otaczającej ją funkcji: klasa nie byłaby jaśniejsza',
    'unknown-type':
      'typ {name} (wiersz {line} w {file}) nie jest tu znany, gdzie nie rozwiązuje się {module}: czy pakiety są zainstalowane?',
    'local-type': 'typu {name} (wiersz {line} w {file}) nie da się nazwać na początku modułu',
    'not-python': '{file} nie jest plikiem Pythona',
  },
};
