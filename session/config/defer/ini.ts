/** A section of an INI file, with its options by lower-case name; lines of one value are separated by a line feed. */
export interface IniSection {
  readonly section: string;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Reads an INI file as Python's configparser does: `key = value` or `key: value`, whole lines of comments after `#` or `;`, and values
 * that go on in indented lines. Lines that are none of these are left out.
 */
export function parseIni(text: string): IniSection[] {
  const sections: { section: string; values: Map<string, string> }[] = [];
  let last: string | undefined;
  for (const line of text.split(/\r\n|[\n\r]/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const section = /^\[([^\]]+)\]/.exec(line)?.[1];
    const values = sections.at(-1)?.values;
    if (section !== undefined) {
      sections.push({ section: section.trim(), values: new Map() });
      last = undefined;
    } else if (/^\s/.test(line) && last !== undefined && values) {
      values.set(last, `${values.get(last)}\n${line.trim()}`);
    } else {
      const [, key, value] = /^([^=:\s][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
      last = key?.toLowerCase();
      if (last !== undefined) values?.set(last, value!.trim());
    }
  }
  return sections;
}
