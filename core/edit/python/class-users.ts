import type { Document, Snapshot } from '../snapshot';

/** A class that is named in more files than these is looked at in these. */
const MAX_USERS = 200;

/**
 * Other files that name a class or a subclass of it, as far as imports lead there.
 * @param document the file that defines the class
 * @param name of the class
 */
export async function classUsers(document: Document, name: string, snapshot: Snapshot): Promise<Document[]> {
  const found = new Map<string, Document>();
  const queue = [{ file: document.file, name }];
  for (let one = queue.pop(); one; one = queue.pop()) {
    const { file, name: wanted } = one;
    for (const importer of snapshot.modules.python.importersOf(file)) {
      if (importer.file === document.file || found.size > MAX_USERS) continue;
      const user = found.get(importer.file) ?? (await snapshot.open(importer.file));
      const { text } = user.source;
      if (!new RegExp(`\\b${wanted}\\b`).test(text)) continue;
      if (!found.has(importer.file)) {
        found.set(importer.file, user);
        const subclass = new RegExp(`^[ \\t]*class\\s+(\\w+)\\s*\\([^)]*\\b${wanted}\\b`, 'gm');
        for (const match of text.matchAll(subclass)) queue.push({ file: importer.file, name: match[1]! });
      }
    }
  }
  return [...found.values()];
}
