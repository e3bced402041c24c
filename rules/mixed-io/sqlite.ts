import type { ParsedFile } from '../../core/facts/parsed-file';
import type { IoCall } from './collect';

const SQLITE = /^(?:sqlite3|aiosqlite|sqlite|better-sqlite3|@louislam\/sqlite3|node-sqlite3-wasm)\b/;

/** The place of a database as it is handed to the library: `sqlite3.connect(self.path)`, `new Database(file)`, `filename: file`. */
const OPENED = [
  /\bconnect\(\s*(?:str\(|os\.fspath\(|f?["'](?:file:)?\{)?\s*((?:self\.|this\.)?[A-Za-z_$][\w$]*)/g,
  /\bnew\s+(?:\w+\.)?(?:Database|DatabaseSync)\(\s*((?:this\.)?[A-Za-z_$][\w$]*)/g,
  /\bfilename:\s*((?:this\.)?[A-Za-z_$][\w$]*)/g,
];

/** Calls that move and delete files, but read and write none. */
const HOUSEKEEPING =
  /\.(?:unlink|remove|rename|replace|move|copy|copy2|copyfile|rm|chmod|stat|unlinkSync|rmSync|renameSync|copyFile|copyFileSync)$/;

/** Files that lie beside a database and speak of it: `open(self.version_path)`, `open(lock_file)`. */
const COMPANION =
  /(?<![A-Za-z])(?:version|journal|lock)_?(?:file|path)(?![a-z])|(?:version|journal|lock)(?:File|Path)\b/i;

/**
 * SQLite and the file that it lives in are one concern: file calls that name the database's own file, or merely move and delete files
 * where the database is opened too, are no I/O of another kind; nor is what lies beside it and says which version it has or who holds it.
 */
export function withoutOwnSqliteFiles(calls: IoCall[], file: ParsedFile): IoCall[] {
  const databases = calls.filter((call) => call.kind === 'database');
  if (databases.length === 0 || !databases.every((call) => SQLITE.test(call.path))) return calls;
  const names = namesOfFiles(file.source.text);
  if (names.length === 0) return calls;
  const others = calls.filter((call) => call.kind === 'file' && !HOUSEKEEPING.test(call.path));
  if (others.length === 0) return calls.filter((call) => call.kind !== 'file');
  const mention = new RegExp(`(?<![\\w$.])(?:${names.map(literal).join('|')})(?![\\w$])`);
  const isOwn = (call: IoCall): boolean => {
    const text = file.source.slice(call.start, call.end);
    return mention.test(text) || COMPANION.test(text);
  };
  // What is left of a database that only has companions is their housekeeping.
  if (others.every(isOwn)) return calls.filter((call) => call.kind !== 'file');
  return calls.filter((call) => call.kind !== 'file' || !isOwn(call));
}

/** The names of database files, and of what is made from them (`wal = f"{self.path}-wal"`). */
function namesOfFiles(text: string): string[] {
  const names = new Set<string>();
  for (const pattern of OPENED) for (const match of text.matchAll(pattern)) names.add(match[1]!);
  if (names.size === 0) return [];
  const own = [...names].map(literal).join('|');
  const derived = new RegExp(
    `^[ \\t]*(?:const |let |for )?((?:self\\.|this\\.)?[A-Za-z_$][\\w$]*)[ \\t]*(?:=|in\\b|of\\b).*(?<![\\w$.])(?:${own})(?![\\w$])`,
    'gm',
  );
  for (const match of text.matchAll(derived)) names.add(match[1]!);
  return [...names];
}

const literal = (name: string): string => name.replace(/[.$]/g, '\\$&');
