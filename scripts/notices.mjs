import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LICENCE = /^(?:licen[cs]e|copying|notice|third-?party-?notice)/i;
const FOLDER = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Packages that carry a copy of another one inside their own files. */
const EMBEDDED = { '@ts-morph/common': 'typescript' };

/**
 * The licences of the packages whose code lies in the bundles.
 * @param {string} root folder that the paths are relative to
 * @param {Iterable<string>} files what was bundled or copied, with `/`
 */
export async function notices(root, files) {
  const folders = new Set([...files].flatMap((file) => FOLDER.exec(file)?.[1] ?? []));
  for (const [outer, inner] of Object.entries(EMBEDDED)) {
    if ([...folders].some((folder) => folder.endsWith(`node_modules/${outer}`))) folders.add(`node_modules/${inner}`);
  }
  const entries = await Promise.all([...folders].map((folder) => notice(join(root, folder))));
  const unique = new Map(entries.map((one) => [one.name, one.text]));
  const texts = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return `Seamline contains code of the following packages.\n\n${texts.join('\n')}`;
}

/** @param {string} folder of an installed package */
async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name} names no licence: it must not be bundled`);
  const names = (await readdir(folder)).filter((file) => LICENCE.test(file)).sort();
  const texts = await Promise.all(names.map((file) => readFile(join(folder, file), 'utf8')));
  const title = `${name} ${version} (${license})`;
  return {
    name: title,
    text: [`${'='.repeat(80)}\n${title}\n`, ...texts.map((text) => `${text.trim()}\n`)].join('\n'),
  };
}
