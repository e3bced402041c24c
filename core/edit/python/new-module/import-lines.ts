import { compareText } from '../../../rule/finding';
import type { Snapshot } from '../../snapshot';
import type { CodeStyle } from '../../style';

/** A name that moved code needs where it goes. */
export interface NeededImport {
  /** As an import in the target says it. */
  readonly module: string;
  /** Undefined for the module itself. */
  readonly member: string | undefined;
  /** The local name, where it is another one. */
  readonly alias?: string;
  /** Only type checkers need it. */
  readonly typeOnly?: boolean;
}

const ORDER = ['future', 'standard', 'third', 'first', 'local'];

/** The import statements of a new module in isort's order, with what separates them from the code below. */
export function importLines(
  needed: readonly NeededImport[],
  file: string,
  style: CodeStyle,
  snapshot: Snapshot,
): string {
  const typeOnly = needed.filter((one) => one.typeOnly);
  const always = needed.filter((one) => !one.typeOnly);
  if (typeOnly.length > 0 && !always.some(({ module, member }) => module === 'typing' && member === 'TYPE_CHECKING'))
    always.push({ module: 'typing', member: 'TYPE_CHECKING' });
  const blocks = [sortedLines(always, file, style.lineLength, style, snapshot)];
  if (typeOnly.length > 0) {
    const { indent, lineLength } = style;
    const lines = sortedLines(typeOnly, file, lineLength - indent.length, style, snapshot).map((line) =>
      line.replace(/^(?=.)/gm, indent),
    );
    blocks.push(['if TYPE_CHECKING:', ...lines]);
  }
  const text = blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return text === '' ? '\n' : `${text}\n\n\n`;
}

function sortedLines(
  needed: readonly NeededImport[],
  file: string,
  width: number,
  { indent }: CodeStyle,
  { modules: { python } }: Snapshot,
): string[] {
  const rows = new Map<string, { group: number; module: string; names: string[] | undefined; line: string }>();
  for (const { module, member, alias } of needed) {
    const group = ORDER.indexOf(python.groupOf(file, module));
    const as = alias === undefined ? '' : ` as ${alias}`;
    // A renamed member has a statement of its own, as isort has it by default.
    const key = member === undefined || alias !== undefined ? `${module} ${member ?? ''}${as}` : `from ${module}`;
    const known = rows.get(key);
    if (known?.names) {
      if (!known.names.includes(member!)) known.names.push(member!);
    } else if (!known) {
      const line = member === undefined ? `import ${module}${as}` : `from ${module} import ${member}${as}`;
      rows.set(key, { group, module, names: member === undefined || alias ? undefined : [member], line });
    }
  }
  const sorted = [...rows.values()]
    .map((row) => ({
      ...row,
      line: row.names ? fromLine(row.module, row.names.sort(compareMembers), width, indent) : row.line,
    }))
    .sort(
      (a, b) =>
        a.group - b.group ||
        Number(a.line.startsWith('from')) - Number(b.line.startsWith('from')) ||
        compareText(a.line, b.line),
    );
  return sorted.map(({ line, group }, at) => (at > 0 && sorted[at - 1]!.group !== group ? `\n${line}` : line));
}

/** One line, or as Black and isort break it. */
function fromLine(module: string, names: readonly string[], width: number, indent: string): string {
  const line = `from ${module} import ${names.join(', ')}`;
  return line.length <= width || names.length === 1
    ? line
    : `from ${module} import (\n${names.map((name) => `${indent}${name},\n`).join('')})`;
}

/** Constants, then classes, then the rest, as isort has it by default. */
function compareMembers(a: string, b: string): number {
  const rank = (name: string): number => (/^[A-Z][A-Z\d_]+$/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2);
  return rank(a) - rank(b) || compareText(a, b);
}
