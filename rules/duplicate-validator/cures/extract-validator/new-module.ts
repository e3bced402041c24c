import type { Snapshot } from '../../../../core/edit/snapshot';
import { compareText } from '../../../../core/rule/finding';
import type { Site } from './site';
import type { Target } from './target';

/** A name that the shared code needs where it goes. */
export interface Needed {
  readonly module: string;
  readonly member: string | undefined;
}

/** The import statements of a new module, with what separates them from its functions. */
export function importLines(needed: readonly Needed[], target: Target, { modules: { python } }: Snapshot): string {
  const order = ['future', 'standard', 'third', 'first', 'local'];
  const rows = needed.map(({ module, member }) => ({
    group: order.indexOf(python.groupOf(target.file, module)),
    line: member === undefined ? `import ${module}` : `from ${module} import ${member}`,
  }));
  rows.sort(
    (a, b) =>
      a.group - b.group ||
      Number(a.line.startsWith('from')) - Number(b.line.startsWith('from')) ||
      compareText(a.line, b.line),
  );
  const lines = rows.map(({ line, group }, at) => (at > 0 && rows[at - 1]!.group !== group ? `\n${line}` : line));
  return lines.length === 0 ? '\n' : `${lines.join('\n')}\n\n\n`;
}

/** `Class.method` where all stands in one file, else the modules. */
export function sourcesOf(from: readonly Site[], target: Target, { modules: { python } }: Snapshot): string[] {
  const files = [...new Set(from.map(({ document }) => document.file))].sort(compareText);
  const symbols = [...new Set(from.map(({ symbol }) => symbol).filter((one) => one !== ''))];
  if (files.length === 1 && symbols.length > 0 && symbols.length <= 4) {
    const module = python.nameOf(files[0]!);
    if (files[0] === target.file || module === undefined) return symbols;
    return [...symbols.slice(0, -1), `${symbols.at(-1)!} of ${module}`];
  }
  const names = files.map((file) => (file === target.file ? 'this module' : (python.nameOf(file) ?? file)));
  return names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} other modules`] : names;
}
