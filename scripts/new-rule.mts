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
const COLLECTORS = join(ROOT, 'session/collectors.ts');
/** As in biome.json. */
const LINE_WIDTH = 120;
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

const registry = await registered(REGISTRY, 'RULES: readonly AnyRule[]', `${name} } from '../rules/${id}/index`);
const collectors = await registered(COLLECTORS, 'OF_RULES', `collect as ${name} } from '../rules/${id}/collect`);
const pages = (await readdir(SAMPLE, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
for (const page of pages.map(({ parentPath, name: own }) => join(parentPath, own)).sort()) {
  const target = join(folder, relative(SAMPLE, page));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, filled(await readFile(page, 'utf8'), page.endsWith('.ts')), { flag: 'wx' });
  process.stdout.write(`${relative(ROOT, target)}\n`);
}
await writeFile(REGISTRY, registry);
await writeFile(COLLECTORS, collectors);
await writeFile(POLISH_SETTINGS, withSettings(await readFile(POLISH_SETTINGS, 'utf8')));
process.stdout.write(
  `Registered in session/registry.ts and session/collectors.ts. "npm run generate" brings pages, schema and settings up to date; then make the sample your own: \
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

/**
 * A file that lists the rules, with this one in it: its import among the others, and its name in the list, both by the alphabet.
 * @param own the middle of the import, `name } from 'path`
 */
async function registered(file: string, list: string, own: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const path = (one: string) => /from '(.*)'/.exec(one)![1]!;
  const imports = text.match(/^import \{ [\w ]+ \} from '\.\.\/rules\/.*;$/gm) ?? [];
  const start = text.indexOf(`const ${list} = [`);
  const end = text.indexOf(']', start + `const ${list} = [`.length);
  if (imports.length === 0 || start < 0)
    fail(`${relative(ROOT, file)} is not as this script knows it: register the rule by hand`);
  const open = start + `const ${list} = [`.length;
  const sorted = [...imports, `import { ${own}';`].sort((a, b) => (path(a) < path(b) ? -1 : 1));
  const names = [...(text.slice(open, end).match(/\w+/g) ?? []), name].sort();
  const line = text.slice(text.lastIndexOf('\n', start) + 1, open) + names.join(', ');
  // As the formatter writes it.
  const listed =
    `${line}];`.length <= LINE_WIDTH ? names.join(', ') : `\n${names.map((one) => `  ${one},\n`).join('')}`;
  return (text.slice(0, open) + listed + text.slice(end)).replace(imports.join('\n'), sorted.join('\n'));
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
