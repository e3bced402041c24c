import { TYPESCRIPT_APIS, TYPESCRIPT_PLACES } from './apis-typescript';
import type { IoLanguage } from './collect';
import { moduleAlternation } from './gate';
import type { IoKind } from './kinds';
import { IoTable } from './table';

const TABLE = new IoTable(TYPESCRIPT_APIS);

/** The module of an API: all before the first dot that no other module part follows. */
function moduleOf(under: string): string | undefined {
  if (under.startsWith('globalThis')) return undefined;
  return under.endsWith('/*') ? under.slice(0, -1) : under.replace(/\.[\w.]+$/, '');
}

const FILE_MODULES: ReadonlySet<string | undefined> = new Set(
  TYPESCRIPT_APIS.filter((api) => api.kind === 'file').flatMap((api) => api.under.split(' ').map(moduleOf)),
);

/** A client that projects keep in a module of that name: Prisma's own documentation tells them to. */
const PRISMA_MODULE = String.raw`[^'"\n]*\/prisma(?:[.-]?(?:service|client))?(?:\.[jt]s)?`;

const OTHERS = moduleAlternation(TYPESCRIPT_APIS, (under) =>
  FILE_MODULES.has(moduleOf(under)) ? undefined : moduleOf(under),
);
const GLOBAL_HTTP = String.raw`\bfetch\(|\bXMLHttpRequest\b|\bsendBeacon\(`;
const GLOBAL_PROCESS = String.raw`\bprocess\.kill\(|\b(?:Bun|Deno)\.(?:spawn|Command|run)`;

const HTTP = new RegExp(GLOBAL_HTTP);
const PROCESS = new RegExp(GLOBAL_PROCESS);

/** A long alternation, tried last: it costs more than all the rest. */
const MORE_THAN_FILES = new RegExp(
  String.raw`['"](?:node:)?(?:${OTHERS}|${PRISMA_MODULE})['"/]|(?:\bfrom |require\() *['"]@(?:aws-sdk|google-cloud|azure|octokit)\/|${GLOBAL_HTTP}|${GLOBAL_PROCESS}`,
);

const SPECIFIERS = /(?:\bfrom|\brequire\(|\bimport\(|\bimport)[ \t]*['"](?:node:)?([@\w][^'"\n]{0,120})['"]/g;
const PRISMA_SPECIFIER = new RegExp(`['"](?:${PRISMA_MODULE})['"]`);
const PRISMA_PATH =
  /^[^ ]*\/prisma(?:[.-]?(?:service|client))?(?:\.[jt]s)?(?:\.(?:prisma\b|PrismaService\b|default\b|db\b))?(?=\.|$)/;

/** Sequelize and Mongoose models, by their home in a `models` module and by methods that nothing else has. */
const MODEL_VERBS =
  'findByPk|findAll|findOne|findAndCountAll|findOrCreate|findOrBuild|bulkCreate|findById|findByIdAndUpdate|findByIdAndDelete|findOneAndUpdate|countDocuments';
const MODEL_PATH = new RegExp(String.raw`^[^ ]*\bmodels?\b[^ ]*\.(?=(?:${MODEL_VERBS})$)`);
const MODEL_CALL = new RegExp(String.raw`\.(?:${MODEL_VERBS})\(`);
const MODEL_IMPORT = /['"][^'"\n]*\bmodels?(?:\/[^'"\n]*)?['"]/;

function rename(path: string): string {
  if (path.includes('/prisma')) return path.replace(PRISMA_PATH, '@prisma/client.PrismaClient');
  return path.includes('model') ? path.replace(MODEL_PATH, 'sequelize.Model.') : path;
}

/** Short words in front of the patterns, because they are found fastest. */
function addKindsOfGlobals(kinds: Set<IoKind>, text: string): void {
  const isRuntime = text.includes('Bun.') || text.includes('Deno.');
  if ((text.includes('fetch(') || text.includes('XMLHtt') || text.includes('Beacon')) && HTTP.test(text))
    kinds.add('http');
  if ((isRuntime || text.includes('kill(')) && PROCESS.test(text)) kinds.add('process');
  if (isRuntime && /\b(?:Bun\.write|Deno\.(?:read|write|remove|rename|copyFile|open))/.test(text)) kinds.add('file');
}

export const TYPESCRIPT_LANGUAGE: IoLanguage = {
  table: TABLE,
  kindsIn({ source: { text } }) {
    const kinds = new Set<IoKind>();
    for (const [, module] of text.matchAll(SPECIFIERS))
      for (const kind of TABLE.kindsOfModule(module!) ?? []) kinds.add(kind);
    addKindsOfGlobals(kinds, text);
    if (text.includes('vscode') && /['"]vscode['"]/.test(text) && /\bworkspace\.fs\b/.test(text)) kinds.add('file');
    if (text.includes('/prism') && PRISMA_SPECIFIER.test(text)) kinds.add('database');
    if (text.includes('model') && MODEL_IMPORT.test(text) && MODEL_CALL.test(text)) kinds.add('database');
    // The kinds of a set of files' modules alone mix nothing.
    return kinds.size < 2 || MORE_THAN_FILES.test(text) ? kinds : new Set();
  },
  evidenceOf: () => undefined,
  before: () => undefined,
  tests:
    /['"](?:vitest|@jest\/globals|mocha|chai|jest|node:test|@playwright\/test|@testing-library\/[\w-]+)['"]|^describe\(/m,
  calls: /([A-Za-z_$][\w$]*)[ \t]*(?:\?\.)?[ \t]*(?=[(<`])/g,
  runners: /^$/,
  importedPath: ({ module, member }) => {
    const path = module.startsWith('node:') ? module.slice(5) : module;
    return member === undefined || member === 'default' || member === '*' ? path : `${path}.${member}`;
  },
  rename,
};

/** The same with the calls that ask for a place or make one, for a cure that moves them with the rest. */
export const TYPESCRIPT_WITH_PLACES: IoLanguage = {
  ...TYPESCRIPT_LANGUAGE,
  table: new IoTable([...TYPESCRIPT_APIS, ...TYPESCRIPT_PLACES]),
};
