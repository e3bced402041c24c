import { readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MAX_AGE_MS = 7 * 24 * 3_600_000;
const NAME = /^[\w\-.:]+$/;

/**
 * Deletes cached model cards that are old, or whose model the catalogue has dropped.
 *
 * @param {string} folder
 * @param {{ now?: number, catalogUrl?: string, dryRun?: boolean }} [options]
 * @returns {Promise<{ deleted: string[], kept: number }>}
 */
export async function pruneCache(folder, { now = Date.now(), catalogUrl, dryRun = false } = {}) {
  /** @type {string[]} */
  const deleted = [];
  let kept = 0;
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.json')) continue;
    const path = join(folder, file);
    let model;
    try {
      model = JSON.parse(await readFile(path, 'utf8')).model;
    } catch {
      continue;
    }
    if (typeof model !== 'string' || !NAME.test(model)) continue;
    const { mtimeMs } = await stat(path);
    if (now - mtimeMs < MAX_AGE_MS && !(catalogUrl && (await isDropped(catalogUrl, model)))) {
      kept += 1;
      continue;
    }
    if (!dryRun) await unlink(path).catch(() => {});
    deleted.push(model);
  }
  return { deleted, kept };
}

/**
 * @param {string} catalogUrl
 * @param {string} model
 */
async function isDropped(catalogUrl, model) {
  try {
    const response = await fetch(`${catalogUrl}/v1/models/${model}`, { method: 'HEAD' });
    return response.status === 404;
  } catch (error) {
    return false;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await pruneCache(process.argv[2] ?? 'data/cards', { dryRun: process.argv.includes('--dry-run') });
  console.log(`Deleted ${result.deleted.length}, kept ${result.kept}`);
}
