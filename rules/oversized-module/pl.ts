import type { RuleTranslation } from '../../core/rule/rule';

const lines = (count: string) =>
  `{${count}, plural, one {# wiersz} few {# wiersze} many {# wierszy} other {# wiersza}}`;

const IMPORTED =
  '{importers, plural, =0 {} one { i importuje go # moduł} few { i importują go # moduły} many { i importuje go # modułów} other { i importuje go # modułu}}';

const HOLDER =
  '{kind, select, function {funkcja {name}} class {klasa {name}} module {domyślny eksport} other {{name}}} zajmuje';

export const pl: RuleTranslation = {
  title: 'Moduł, który nie mieści się już w jednym pliku',
  messages: {
    seams:
      `${lines('lines')}, ponad limit {limit, number}: ` +
      '{seams, plural, =0 {brak szwów między definicjami najwyższego poziomu} one {# szew, który} few {# szwy, z których największy} many {# szwów, z których największy} other {# szwu, z których największy}}' +
      `{seams, plural, =0 {} other { ma ${lines('largest')}${IMPORTED}}}` +
      `{held, plural, =0 {} one {; ${HOLDER} # wiersz} few {; ${HOLDER} # wiersze} many {; ${HOLDER} # wierszy} other {; ${HOLDER} # wiersza}}`,
    seam:
      `szew: ${lines('lines')}{importers, plural, =0 {} one {, importuje go # moduł} few {, importują go # moduły} many {, importuje go # modułów} other {, importuje go # modułu}}: ` +
      '{names}{more, plural, =0 {} one { i # inna} few { i # inne} many { i # innych} other { i # innej}}' +
      '{sharing, plural, =0 {} other {; łączy je {shares}}}{calling, plural, =0 {} other {; korzystają z {calls}}}' +
      '{wording, plural, =0 {} other {; w nazwach mają {words}}}',
  },
  advice: {
    reason:
      'W tak długim module wszystko leży blisko wszystkiego: nikt nie widzi, co od czego zależy, a każda zmiana i każdy test dotykają tego samego pliku.',
    recommendation:
      'Podziel go wzdłuż szwów, zaczynając od największego, i zachowaj możliwość importu starych nazw; jeśli wszystko mieści się w jednej klasie, podziel klasę.',
  },
};
