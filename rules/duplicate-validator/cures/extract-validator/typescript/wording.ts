import { sourceSentence } from '../../../../../core/edit/python/new-module/sources';
import { compareText } from '../../../../../core/rule/finding';
import { withArticle } from '../naming';
import { words } from '../noun-words';
import { commonName } from './cluster';
import type { Plan } from './plan';
import type { Site } from './site';
import { textOf } from './site';

/** What the JSDoc of the shared code says, line by line. */

export function predicateText({ noun, holder, predicate }: Plan): string {
  const { kind } = holder.check!;
  const what = withArticle(noun);
  if (kind === 'set') return `Whether ${what} is ${membersText(holder)}.`;
  if (/^isInvalid/.test(predicate ?? '')) return `Whether ${what} has a form that is refused.`;
  return `Whether ${what} has the expected form.`;
}

export function constantText({ noun, holder }: Plan): string {
  if (holder.check!.kind === 'set') return `What ${withArticle(noun)} may be.`;
  return `The form of ${withArticle(noun).replace(/^the value of /, '')}.`;
}

export function validatorText({ noun, cluster, validator, argument }: Plan): string {
  const [unit] = cluster!.units;
  const asked = /^(is|has)(?!Valid)[A-Z]/.exec(validator ?? '')?.[1];
  if (unit!.returns === 'boolean' && asked && commonName(cluster!) === validator)
    return `Whether ${withArticle(argument)} ${asked} ${words(noun).join(' ')}.`;
  if (unit!.returns === 'boolean') return `Whether ${withArticle(noun)} is valid.`;
  return `Checks ${withArticle(noun)}.`;
}

/** Where code was taken from: functions where all stands in one file, else the files. */
export function sourcesText(from: readonly Site[], target: string): string | undefined {
  const files = [...new Set(from.map(({ document }) => document.file))].sort(compareText);
  if (files.length === 1) {
    const symbols = [...new Set(from.map(({ symbol }) => symbol).filter((one) => one !== ''))];
    if (symbols.length === 0 || symbols.length > 4)
      return files[0] === target ? undefined : sourceSentence(files.map((file) => `\`${shortName(file)}\``));
    const names = symbols.map((one) => `\`${one}\``);
    if (files[0] !== target) names[names.length - 1] += ` of \`${shortName(files[0]!)}\``;
    return sourceSentence(names);
  }
  const names = files.map((file) => (file === target ? 'this module' : `\`${shortName(file, files)}\``));
  return sourceSentence(names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} other modules`] : names);
}

/** The file's own name, with as many folders as tell it from the others. */
export function shortName(file: string, others: readonly string[] = []): string {
  const last = (one: string, count: number): string => one.split('/').slice(-count).join('/');
  let count = /(?:^|\/)index\.\w+$/.test(file) ? 2 : 1;
  while (others.some((one) => one !== file && last(one, count) === last(file, count))) count++;
  return last(file, count);
}

function membersText({ check, document }: Site): string {
  const members = textOf(document, check!.literal).match(/"(?:[^"\\])*"|'(?:[^'\\])*'|(?<![\w.])\d+(?![\w.])/g) ?? [];
  const isWhole =
    members.length ===
    check!.literal.descendantsOfType([
      'string',
      'number',
      'member_expression',
      'template_string',
      'true',
      'false',
      'null',
    ]).length;
  if (members.length === 0 || members.length > 4 || !isWhole) return 'one of the known values';
  const shown = members.map((one) => one.replace(/^"|"$/g, "'"));
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)!}`;
}

/** A comment over several lines, as TypeScript writes them. */
export function jsDoc(lines: readonly string[]): string {
  const safe = lines.map((line) => line.replaceAll('*/', '* /'));
  if (safe.length === 1) return `/** ${safe[0]} */\n`;
  return `/**\n${safe.map((line) => (line === '' ? ' *' : ` * ${line}`)).join('\n')}\n */\n`;
}
