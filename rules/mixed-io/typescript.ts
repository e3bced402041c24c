import type { ParsedFile } from '../../core/facts/parsed-file';
import { TYPESCRIPT_APIS } from './apis-typescript';
import { collectIo, type IoLanguage } from './collect';
import type { IoUnit } from './facts';
import { addModuleKinds, moduleAlternation } from './gate';
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

export const TYPESCRIPT_TRIGGER = new RegExp(
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

export const TYPESCRIPT_LANGUAGE: IoLanguage = {
  table: TABLE,
  kindsInText(text) {
    const kinds = new Set<IoKind>();
    addModuleKinds(kinds, text, SPECIFIERS, TABLE);
    if (HTTP.test(text)) kinds.add('http');
    if (PROCESS.test(text)) kinds.add('process');
    if (/\b(?:Bun\.write|Deno\.(?:read|write|remove|rename|copyFile|open))/.test(text)) kinds.add('file');
    if (/['"]vscode['"]/.test(text) && /\bworkspace\.fs\b/.test(text)) kinds.add('file');
    if (PRISMA_SPECIFIER.test(text)) kinds.add('database');
    if (MODEL_CALL.test(text) && MODEL_IMPORT.test(text)) kinds.add('database');
    return kinds;
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

export const collectTypeScript = (file: ParsedFile): IoUnit[] | undefined => collectIo(file, TYPESCRIPT_LANGUAGE);
