import { posix } from 'node:path';
import type { CodeStyle } from '../../style';
import { typeScriptString } from '../format';

/** A name that a new module imports. */
export interface CarriedImport {
  /** As the new module writes it. */
  readonly specifier: string;
  /** The exported name, `default`, or `*` for the module as a whole. */
  readonly member: string;
  readonly local: string;
  readonly typeOnly: boolean;
}

/** The imports of a new module, each on its line, sorted by what they name; empty for none. @param usesRequire asks by `require` */
export function importLines(carried: readonly CarriedImport[], style: CodeStyle, usesRequire = false): string {
  const end = style.semicolons ? ';' : '';
  const specifiers = [...new Set(carried.map(({ specifier }) => specifier))].sort();
  const lines = specifiers.flatMap((specifier) => {
    const own = carried.filter((one) => one.specifier === specifier);
    const module = typeScriptString(specifier, style);
    const isWhole = ({ member }: CarriedImport): boolean => member === '*' || (member === 'default' && !usesRequire);
    const whole = own.filter(isWhole);
    const named = own.filter((one) => !isWhole(one)).sort((a, b) => (a.local < b.local ? -1 : 1));
    const isTypes = named.every(({ typeOnly }) => typeOnly);
    const list = named.map(({ member, local, typeOnly }) => {
      if (usesRequire) return member === local ? local : `${member}: ${local}`;
      return `${typeOnly && !isTypes ? 'type ' : ''}${member === local ? local : `${member} as ${local}`}`;
    });
    if (usesRequire)
      return [...whole.map(({ local }) => local), ...(list.length > 0 ? [`{ ${list.join(', ')} }`] : [])].map(
        (name) => `const ${name} = require(${module})${end}\n`,
      );
    const from = `from ${module}${end}\n`;
    return [
      ...whole.map(
        ({ member, local, typeOnly }) =>
          `import ${typeOnly ? 'type ' : ''}${member === '*' ? `* as ${local}` : local} ${from}`,
      ),
      ...(list.length > 0 ? [`import ${isTypes ? 'type ' : ''}{ ${list.join(', ')} } ${from}`] : []),
    ];
  });
  return lines.join('');
}

/** A relative specifier of one file as another one writes it; any other specifier stays as it is. */
export function movedSpecifier(specifier: string, from: string, into: string): string {
  if (!/^\.\.?(?:\/|$)/.test(specifier)) return specifier;
  const path = posix.relative(posix.dirname(into), posix.join(posix.dirname(from), specifier));
  return path.startsWith('.') ? path : `./${path}`;
}
