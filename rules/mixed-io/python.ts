import type { ParsedFile } from '../../core/facts/parsed-file';
import { PYTHON_APIS } from './apis-python';
import { collectIo, type IoLanguage } from './collect';
import type { IoUnit } from './facts';
import { addModuleKinds, moduleAlternation } from './gate';
import type { IoKind } from './kinds';
import { IoTable } from './table';

const TABLE = new IoTable(PYTHON_APIS);

/** Modules that half of all code imports for other ends: they count by the calls themselves. */
const COMMON: ReadonlySet<string> = new Set(['os', 'asyncio', 'builtins', 'io', 'django']);

const MODULES = moduleAlternation(PYTHON_APIS, (under) => {
  const root = under.split('.')[0]!;
  return COMMON.has(root) ? undefined : root;
});
const OS_PROCESS = String.raw`\bos\.(?:kill|killpg|system|popen|fork|forkpty|waitpid|exec\w+|spawn\w+|posix_spawn\w*)\(`;
const SUBPROCESS = String.raw`\bcreate_subprocess_(?:exec|shell)\b`;
const DJANGO = String.raw`\bdjango\.db\b|\.objects\.`;
const OS_FILE =
  /\bos\.(?:open|remove|unlink|rename|replace|rmdir|removedirs|listdir|scandir|walk|chmod|chown|symlink|link|utime|truncate|mkfifo)\b/;
const PROCESS = new RegExp(`${OS_PROCESS}|${SUBPROCESS}`);
const OPEN = /(?<![\w.])open\(/;
const FROM_OS = /^[ \t]*from[ \t]+os[ \t]+import\b/m;

/** Files without a module of a kind other than file I/O need no look: one kind alone mixes nothing. */
const FILE_MODULES: ReadonlySet<string> = new Set(
  PYTHON_APIS.filter((api) => api.kind === 'file').flatMap((api) =>
    api.under.split(' ').map((under) => under.split('.')[0]!),
  ),
);
const OTHER_MODULES = moduleAlternation(PYTHON_APIS, (under) => {
  const root = under.split('.')[0]!;
  return COMMON.has(root) || FILE_MODULES.has(root) ? undefined : root;
});

export const PYTHON_TRIGGER = new RegExp(
  String.raw`^[ \t]*(?:from|import)[ \t]+(?:${OTHER_MODULES})\b|${OS_PROCESS}|${SUBPROCESS}|${DJANGO}`,
  'm',
);

const IMPORTS = new RegExp(String.raw`^[ \t]*(?:from|import)[ \t]+((?:${MODULES})(?:\.\w+)*)(?![\w.])`, 'gm');
const IMPORTS_FROM =
  /^[ \t]*from[ \t]+((?:google|azure|mysql|urllib|http|django)(?:\.\w+)*)[ \t]+import[ \t]+\(?[ \t]*(\w+)/gm;

const IMPORTS_MODELS = /^[ \t]*from[ \t]+[\w.]*\bmodels\b[\w.]*[ \t]+import\b/m;
/** Django's convention: classes that are imported from a `models` module and asked for their manager are models. */
const MANAGER = /^.*\bmodels(?:\.\w+)*\.[A-Z]\w*\.(?=(?:objects|_default_manager|_base_manager)\.)/;

/** `replace`, `copy` or `remove` alone are as likely a string's, a dict's or a list's. */
const FILE_EVIDENCE =
  /(?<![\w.])(?:open|copy\w*|move|rmtree|remove|unlink|rename|replace|listdir|scandir|walk|iglob|glob)\(|\b(?:os|shutil|glob|aiofiles|io|codecs|gzip|bz2|lzma|tarfile)\.\w+|(?:read_text|read_bytes|write_text|write_bytes|iterdir|rglob|glob|unlink|rmdir|open|extract|extractall|symlink_to|hardlink_to|walk|rename|chmod)\b|(?:path|file|dir|folder|tmp|zip|tar)\w*\.(?:replace|add|write)\(/i;
const OTHER_DATABASES = new RegExp(
  String.raw`^[ \t]*(?:from|import)[ \t]+(?:${moduleAlternation(
    PYTHON_APIS.filter((api) => api.kind === 'database'),
    (under) => (under.startsWith('django') ? undefined : under.split('.')[0]),
  )})\b`,
  'm',
);
const MANAGER_BEFORE = /(?:\.objects|_default_manager|_base_manager|\bconnections?(?:\[[^\]]*\])?|\bcursor)\s*\.\s*$/;
const DJANGO_EVIDENCE = /\.(?:objects|_default_manager|_base_manager)\.|\bcursor\(|\bmodels\.Model\b/;

export const PYTHON_LANGUAGE: IoLanguage = {
  table: TABLE,
  kindsInText(text) {
    const kinds = new Set<IoKind>();
    addModuleKinds(kinds, text, IMPORTS, TABLE);
    for (const match of text.matchAll(IMPORTS_FROM)) {
      for (const kind of TABLE.kindsOfModule(`${match[1]!}.${match[2]!}`) ?? []) kinds.add(kind);
    }
    if (OPEN.test(text) || OS_FILE.test(text) || FROM_OS.test(text)) kinds.add('file');
    if (PROCESS.test(text) || FROM_OS.test(text)) kinds.add('process');
    if (text.includes('.objects.') && IMPORTS_MODELS.test(text)) kinds.add('database');
    return kinds;
  },
  evidenceOf(kind, text) {
    if (kind === 'file') return FILE_EVIDENCE;
    return kind === 'database' && !OTHER_DATABASES.test(text) ? DJANGO_EVIDENCE : undefined;
  },
  before: (kind, text) => (kind === 'database' && !OTHER_DATABASES.test(text) ? MANAGER_BEFORE : undefined),
  tests: /^[ \t]*(?:import|from)[ \t]+(?:pytest|unittest)\b|^class[ \t]+\w+\([^)\n]*TestCase\b/m,
  calls: /(?<![\w.]def[ \t]{1,4})\b([A-Za-z_]\w*)[ \t]*\(/g,
  runners: /^(?:\w*_)?(?:to_thread|in_executor|in_executor_job|in_threadpool|run_sync|partial|submit)$/,
  rename: (path) =>
    path.includes('_manager.') || path.includes('.objects.') ? path.replace(MANAGER, 'django.db.models.Model.') : path,
  importedPath: ({ module, member }) => (member === undefined ? module : `${module}.${member}`),
};

export const collectPython = (file: ParsedFile): IoUnit[] | undefined => collectIo(file, PYTHON_LANGUAGE);
