import type { ParsedFile } from '../../core/facts/parsed-file';
import { PYTHON_APIS } from './apis-python';
import type { IoLanguage } from './collect';
import type { IoApi, IoKind } from './kinds';
import { IoTable } from './table';

const TABLE = new IoTable(PYTHON_APIS);

/** Modules that half of all code imports for other ends: they count by the calls themselves. */
const COMMON: ReadonlySet<string> = new Set(['os', 'asyncio', 'builtins', 'io', 'django']);

const MODULES = rootsOf(PYTHON_APIS, (root) => !COMMON.has(root));
const OS_PROCESS = String.raw`\bos\.(?:kill|killpg|system|popen|fork|forkpty|waitpid|exec\w+|spawn\w+|posix_spawn\w*)\(`;
const SUBPROCESS = String.raw`\bcreate_subprocess_(?:exec|shell)\b`;
const DJANGO = /\bdjango\.db\b/;
const OS_FILE =
  /\bos\.(?:open|remove|unlink|rename|replace|rmdir|removedirs|listdir|scandir|walk|chmod|chown|symlink|link|utime|truncate|mkfifo)\b/;
const PROCESS = new RegExp(`${OS_PROCESS}|${SUBPROCESS}`);
const OPEN = /(?<![\w.])open\(/;
const FROM_OS = /^[ \t]*from[ \t]+os[ \t]+import\b/m;

/** Files without a module of a kind other than file I/O need no look: one kind alone mixes nothing. */
const FILE_MODULES = rootsOf(
  PYTHON_APIS.filter((api) => api.kind === 'file'),
  () => true,
);
const OTHER_MODULES = rootsOf(PYTHON_APIS, (root) => !COMMON.has(root) && !FILE_MODULES.has(root));

const IMPORTED = /(?:from|import)[ \t]+(\w+(?:\.\w+)*)(?![\w.])/y;
const IMPORTED_FROM =
  /from[ \t]+((?:google|azure|mysql|urllib|http|django)(?:\.\w+)*)[ \t]+import[ \t]+\(?[ \t]*(\w+)/y;

const IMPORTS_MODELS = /^[ \t]*from[ \t]+[\w.]*\bmodels\b[\w.]*[ \t]+import\b/m;
/** Django's convention: classes that are imported from a `models` module and asked for their manager are models. */
const MANAGER = /^.*\bmodels(?:\.\w+)*\.[A-Z]\w*\.(?=(?:objects|_default_manager|_base_manager)\.)/;

/** Peewee's: classes that are imported from a `models` module and select rows themselves. */
const TABLE_CLASS =
  /^.*\bmodels(?:\.\w+)*\.[A-Z]\w*\.(?=(?:select|insert|insert_many|update|delete|replace_many|get_or_none|get_by_id|delete_by_id)$)/;
const SELECTS = /\b[A-Z]\w*\.select\(/;
const selectsItself = (text: string): boolean => text.includes('.select(') && SELECTS.test(text);

/** `replace`, `copy` or `remove` alone are as likely a string's, a dict's or a list's. */
const FILE_EVIDENCE =
  /(?<![\w.])(?:open|copy\w*|move|rmtree|remove|unlink|rename|replace|listdir|scandir|walk|iglob|glob)\(|\b(?:os|shutil|glob|aiofiles|io|codecs|gzip|bz2|lzma|tarfile)\.\w+|(?:read_text|read_bytes|write_text|write_bytes|iterdir|rglob|glob|unlink|rmdir|open|extract|extractall|symlink_to|hardlink_to|walk|rename|chmod)\b|(?:path|file|dir|folder|tmp|zip|tar)\w*\.(?:replace|add|write)\(/i;
const OTHER_DATABASES = rootsOf(
  PYTHON_APIS.filter((api) => api.kind === 'database'),
  (root) => root !== 'django',
);
const MANAGER_BEFORE = /(?:\.objects|_default_manager|_base_manager|\bconnections?(?:\[[^\]]*\])?|\bcursor)\s*\.\s*$/;
const TABLE_BEFORE = new RegExp(String.raw`${MANAGER_BEFORE.source}|\b[A-Z]\w*\s*\.\s*$`);
const TABLE_EVIDENCE =
  /\.(?:objects|_default_manager|_base_manager)\.|\b[A-Z]\w*\.(?:select|insert\w*|update|delete)\(/;
const DJANGO_EVIDENCE = /\.(?:objects|_default_manager|_base_manager)\.|\bcursor\(|\bmodels\.Model\b/;

export const PYTHON_LANGUAGE: IoLanguage = {
  table: TABLE,
  kindsIn(file) {
    const { text } = file.source;
    const kinds = new Set<IoKind>();
    if (!doesMoreThanFiles(file)) return kinds;
    for (const offset of file.pythonImports.offsets) {
      const module = matchAt(IMPORTED, text, offset)?.[1];
      if (module && MODULES.has(rootOf(module))) addKinds(kinds, module);
      const [, owner, member] = matchAt(IMPORTED_FROM, text, offset) ?? [];
      if (owner) addKinds(kinds, `${owner}.${member}`);
    }
    const isFromOs = FROM_OS.test(text);
    if (isFromOs || OPEN.test(text) || OS_FILE.test(text)) kinds.add('file');
    if (isFromOs || PROCESS.test(text)) kinds.add('process');
    if ((text.includes('.objects.') || selectsItself(text)) && IMPORTS_MODELS.test(text)) kinds.add('database');
    return kinds;
  },
  evidenceOf(kind, file) {
    if (kind === 'file') return FILE_EVIDENCE;
    if (kind !== 'database' || importsOneOf(file, OTHER_DATABASES)) return undefined;
    return selectsItself(file.source.text) ? TABLE_EVIDENCE : DJANGO_EVIDENCE;
  },
  before: (kind, file) => {
    if (kind !== 'database' || importsOneOf(file, OTHER_DATABASES)) return undefined;
    return selectsItself(file.source.text) ? TABLE_BEFORE : MANAGER_BEFORE;
  },
  tests: /^[ \t]*(?:import|from)[ \t]+(?:pytest|unittest)\b|^class[ \t]+\w+\([^)\n]*TestCase\b/m,
  calls: /(?<![\w.]def[ \t]{1,4})\b([A-Za-z_]\w*)[ \t]*\(/g,
  runners: /^(?:\w*_)?(?:to_thread|in_executor|in_executor_job|in_threadpool|run_sync|partial|submit)$/,
  rename: (path) => {
    if (path.includes('_manager.') || path.includes('.objects.'))
      return path.replace(MANAGER, 'django.db.models.Model.');
    return path.includes('models.') ? path.replace(TABLE_CLASS, 'peewee.Model.') : path;
  },
  importedPath: ({ module, member }) => (member === undefined ? module : `${module}.${member}`),
};

/** Cheap: most files import nothing but files' modules, or nothing at all. Short words in front, because they are found fastest. */
function doesMoreThanFiles(file: ParsedFile): boolean {
  const { text } = file.source;
  return (
    importsOneOf(file, OTHER_MODULES) ||
    ((text.includes('os.') || text.includes('_subpr')) && PROCESS.test(text)) ||
    (text.includes('go.db') && DJANGO.test(text)) ||
    (text.includes('.objec') && text.includes('.objects.')) ||
    selectsItself(text)
  );
}

function importsOneOf(file: ParsedFile, modules: ReadonlySet<string>): boolean {
  for (const root of file.pythonImports.roots) if (modules.has(root)) return true;
  return false;
}

function addKinds(kinds: Set<IoKind>, module: string): void {
  for (const kind of TABLE.kindsOfModule(module) ?? []) kinds.add(kind);
}

function rootOf(module: string): string {
  return module.split('.', 1)[0]!;
}

function rootsOf(apis: readonly IoApi[], isWanted: (root: string) => boolean): ReadonlySet<string> {
  return new Set(apis.flatMap((api) => api.under.split(' ').map(rootOf)).filter(isWanted));
}

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}
