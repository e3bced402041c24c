/**
 * Makes a rule's room from the sample in `scripts/new-rule/`: code, options, Polish texts, page and fixtures, all of which pass the tests,
 * and registers it. Refuses to overwrite.
 *
 *     npm run new-rule -- rule-id "Title of the smell" "Tytuł po polsku"
 */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SAMPLE = join(ROOT, 'scripts/new-rule');
const REGISTRY = join(ROOT, 'session/registry.ts');
const POLISH_SETTINGS = join(ROOT, 'package.nls.pl.json');

const [id = '', title = sentence(id), polish = `Reguła ${id}`, ...rest] = process.argv.slice(2);
if (!/^[a-z]+(-[a-z]+)*$/.test(id) || title === '' || polish === title || rest.length > 0) {
  fail(
    'usage: npm run new-rule -- rule-id "Title of the smell" "Tytuł po polsku" (the id in kebab case names the smell, not the cure)',
  );
}
const name = id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const folder = join(ROOT, 'rules', id);
if (await exists(folder)) fail(`rules/${id} exists already and was left as it is`);

const registry = registered(await readFile(REGISTRY, 'utf8'));
const pages = (await readdir(SAMPLE, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
for (const page of pages.map(({ parentPath, name: own }) => join(parentPath, own)).sort()) {
  const target = join(folder, relative(SAMPLE, page));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, filled(await readFile(page, 'utf8'), page.endsWith('.ts')), { flag: 'wx' });
  process.stdout.write(`${relative(ROOT, target)}\n`);
}
await writeFile(REGISTRY, registry);
await writeFile(POLISH_SETTINGS, withSettings(await readFile(POLISH_SETTINGS, 'utf8')));
process.stdout.write(
  `Registered in session/registry.ts. "npm run generate" brings pages, schema and settings up to date; then make the sample your own: \
what it collects and finds, its texts, its page and its fixtures.\n`,
);

/** The sample with the names of the rule. */
function filled(text: string, isCode: boolean): string {
  const spell = (words: string) => (isCode ? literal(words) : words);
  const quote = isCode ? "'" : '';
  return text
    .replaceAll('sample-rule', id)
    .replaceAll('sampleRule', name)
    .replaceAll(`${quote}Title of the smell${quote}`, () => spell(title))
    .replaceAll(`${quote}Tytuł po polsku${quote}`, () => spell(polish));
}

/** A string as the formatter writes it. */
function literal(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text.replaceAll('\\', '\\\\')}'`;
}

/** The registry with the rule: its import among the others, and its name in the list, both by the alphabet. */
function registered(text: string): string {
  const path = (one: string) => /from '(.*)'/.exec(one)![1]!;
  const imports = text.match(/^import \{ \w+ \} from '\.\.\/rules\/.*;$/gm) ?? [];
  const list = /(RULES: readonly AnyRule\[\] = \[)([^\]]*)\]/.exec(text);
  if (imports.length === 0 || !list)
    fail('session/registry.ts is not as this script knows it: register the rule by hand');
  const own = `import { ${name} } from '../rules/${id}/index';`;
  const sorted = [...imports, own].sort((a, b) => (path(a) < path(b) ? -1 : 1));
  const names = [...(list![2]!.match(/\w+/g) ?? []), name].sort();
  return text
    .replace(imports.join('\n'), sorted.join('\n'))
    .replace(list![0], `${list![1]}\n${names.map((one) => `  ${one},\n`).join('')}]`);
}

/** The Polish texts of the rule's settings in the editor; the English ones are generated from the rule. */
function withSettings(text: string): string {
  const texts = {
    ...(JSON.parse(text) as Record<string, string>),
    [`settings.rules.${id}.severity`]: `${polish}: waga znalezisk.`,
    [`settings.rules.${id}.limit`]: 'Zgłaszane są listy o większej liczbie parametrów.',
  };
  return `${JSON.stringify(texts, null, 2)}\n`;
}

function sentence(words: string): string {
  const text = words.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
