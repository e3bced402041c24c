import { ANY_VERB, type IoApi, type IoKind } from './kinds';

const HTTP_VERBS = 'get post put patch delete head options request';
const FS =
  'readFile writeFile appendFile readdir opendir unlink rm rmdir rename copyFile cp chmod chown truncate symlink link readlink ' +
  'open read write createReadStream createWriteStream watch watchFile utimes readFileSync writeFileSync appendFileSync ' +
  'readdirSync unlinkSync rmSync rmdirSync renameSync copyFileSync cpSync chmodSync chownSync truncateSync symlinkSync linkSync ' +
  'openSync readSync writeSync utimesSync';
const FS_EXTRA =
  'copy copySync move moveSync remove removeSync emptyDir emptyDirSync outputFile outputFileSync readJson readJsonSync readJSON ' +
  'readJSONSync writeJson writeJsonSync writeJSON writeJSONSync outputJson outputJsonSync';
const ORM =
  'find findBy findAndCount findOne findOneBy findOneOrFail findOneByOrFail count countBy exists save insert update upsert remove ' +
  'softRemove delete softDelete restore increment decrement query clear getOne getOneOrFail getMany getManyAndCount getRawOne ' +
  'getRawMany getCount execute transaction persistAndFlush removeAndFlush flush findAll nativeUpdate nativeDelete nativeInsert';
const PRISMA =
  'findUnique findUniqueOrThrow findFirst findFirstOrThrow findMany create createMany createManyAndReturn update updateMany upsert ' +
  'delete deleteMany count aggregate groupBy $transaction $queryRaw $queryRawUnsafe $executeRaw $executeRawUnsafe';
const SEQUELIZE =
  'findAll findOne findByPk findOrCreate findOrBuild findAndCountAll create bulkCreate update destroy count upsert query transaction ' +
  'save increment decrement findById findByIdAndUpdate findByIdAndDelete findOneAndUpdate countDocuments';
const MONGO =
  'find findOne findById insertOne insertMany updateOne updateMany replaceOne deleteOne deleteMany aggregate distinct ' +
  'countDocuments findOneAndUpdate findOneAndDelete findByIdAndUpdate findByIdAndDelete bulkWrite createIndex create save';
const REDIS =
  'get set setex setnx mget mset del exists expire incr incrby decr hget hset hgetall hdel hmget lpush rpush lpop rpop blpop ' +
  'lrange llen ltrim sadd srem smembers sismember zadd zrange zrem publish subscribe psubscribe xadd xread scan keys flushdb eval ' +
  'setEx hGet hSet hGetAll hDel lPush rPush lPop rPop lRange sAdd sRem sMembers zAdd zRange zRem';

/** The I/O of TypeScript and JavaScript by qualified name (`node:` is left off); to teach the rule a library, add a line. */
export const TYPESCRIPT_APIS: readonly IoApi[] = [
  { kind: 'http', under: 'globalThis', verbs: 'fetch' },
  { kind: 'http', under: 'globalThis.navigator', verbs: 'sendBeacon' },
  { kind: 'http', under: 'globalThis.XMLHttpRequest', verbs: 'send' },
  { kind: 'http', under: 'axios got ky superagent needle wretch phin', verbs: HTTP_VERBS, callable: true },
  { kind: 'http', under: 'node-fetch cross-fetch isomorphic-fetch', verbs: 'fetch', callable: true },
  { kind: 'http', under: 'ofetch', verbs: 'ofetch $fetch' },
  { kind: 'http', under: 'undici', verbs: `fetch stream pipeline ${HTTP_VERBS}` },
  { kind: 'http', under: 'http https http2 follow-redirects', verbs: 'get request' },
  { kind: 'http', under: '@nestjs/axios.HttpService', verbs: HTTP_VERBS, deep: true },
  { kind: 'http', under: '@angular/common/http.HttpClient', verbs: `${HTTP_VERBS} jsonp` },
  { kind: 'http', under: 'graphql-request', verbs: 'request rawRequest batchRequests' },
  { kind: 'http', under: '@apollo/client apollo-boost apollo-client', verbs: 'query mutate' },

  {
    kind: 'process',
    under: 'child_process',
    verbs: 'exec execSync execFile execFileSync spawn spawnSync fork kill',
  },
  {
    kind: 'process',
    under: 'execa',
    verbs: 'execa execaSync execaCommand execaCommandSync execaNode $ command commandSync sync node',
    callable: true,
  },
  { kind: 'process', under: 'cross-spawn', verbs: 'spawn sync', callable: true },
  { kind: 'process', under: 'promisify-child-process', verbs: 'exec execFile spawn fork' },
  { kind: 'process', under: 'zx', verbs: '$', callable: true },
  { kind: 'process', under: 'tinyexec', verbs: 'x exec' },
  { kind: 'process', under: 'shelljs', verbs: 'exec' },
  { kind: 'process', under: 'node-pty @lydell/node-pty', verbs: 'spawn kill write' },
  { kind: 'process', under: 'globalThis.process process', verbs: 'kill' },
  { kind: 'process', under: 'globalThis.Bun bun', verbs: 'spawn spawnSync $' },
  { kind: 'process', under: 'globalThis.Deno', verbs: 'Command run kill' },

  { kind: 'file', under: 'fs fs/promises graceful-fs', verbs: FS, deep: true },
  { kind: 'file', under: 'fs-extra', verbs: `${FS} ${FS_EXTRA}`, deep: true },
  {
    kind: 'file',
    under: 'rimraf del glob fast-glob globby tiny-glob',
    verbs: 'rimraf sync deleteAsync deleteSync glob globSync globby globbySync',
    callable: true,
  },
  { kind: 'file', under: 'vscode.workspace.fs', verbs: 'readFile writeFile delete rename copy readDirectory' },
  {
    kind: 'file',
    under: 'globalThis.Deno',
    verbs:
      'readTextFile writeTextFile readFile writeFile readTextFileSync writeTextFileSync remove rename copyFile readDir open',
  },
  { kind: 'file', under: 'globalThis.Bun bun', verbs: 'write' },

  { kind: 'database', under: 'pg @vercel/postgres @neondatabase/serverless', verbs: 'query connect sql', deep: true },
  { kind: 'database', under: 'postgres', verbs: 'unsafe begin', callable: true },
  {
    kind: 'database',
    under: 'mysql mysql2 mysql2/promise',
    verbs: 'query execute getConnection createConnection beginTransaction',
  },
  {
    kind: 'database',
    under: 'better-sqlite3 sqlite3 sqlite @louislam/sqlite3 node-sqlite3-wasm sqlite',
    verbs: 'open exec run get all each prepare pragma transaction',
  },
  { kind: 'database', under: 'mongodb mongoose', verbs: MONGO, deep: true },
  { kind: 'database', under: '@prisma/client', verbs: PRISMA, deep: true },
  { kind: 'database', under: 'typeorm @mikro-orm/core', verbs: ORM },
  {
    kind: 'database',
    under: 'knex',
    verbs: 'select insert update del delete where from into raw transaction table first latest',
    deep: true,
  },
  { kind: 'database', under: 'sequelize sequelize-typescript', verbs: SEQUELIZE },
  {
    kind: 'database',
    under: 'kysely',
    verbs: 'selectFrom insertInto updateTable deleteFrom execute executeTakeFirst transaction',
    deep: true,
  },
  {
    kind: 'database',
    under: 'drizzle-orm/*',
    verbs: 'select insert update delete execute transaction findMany findFirst',
    deep: true,
  },
  {
    kind: 'database',
    under: 'redbean-node.R',
    verbs:
      'exec getAll getRow getCell getCol find findAll findOne findForUpdate load store storeAll trash trashAll count knex',
  },
  { kind: 'database', under: 'redis ioredis @redis/client @upstash/redis', verbs: REDIS },
  { kind: 'database', under: '@elastic/elasticsearch', verbs: 'search index get bulk delete update count', deep: true },

  {
    kind: 'cloud',
    under:
      '@aws-sdk/* aws-sdk @google-cloud/* @azure/* googleapis openai @anthropic-ai/sdk @anthropic-ai/bedrock-sdk cohere-ai ' +
      '@google/generative-ai @google/genai @mistralai/mistralai groq-sdk replicate ollama @huggingface/inference @huggingface/hub ' +
      'stripe @slack/web-api twilio @sendgrid/mail resend firebase-admin firebase/* @supabase/supabase-js @octokit/* octokit',
    verbs: ANY_VERB,
    deep: true,
  },
  {
    kind: 'cloud',
    under: 'ai',
    verbs: 'generateText streamText generateObject streamObject embed embedMany generateImage',
  },
  { kind: 'cloud', under: '@xenova/transformers @huggingface/transformers', verbs: 'pipeline from_pretrained' },
];

const PLACES = 'access exists stat lstat realpath mkdir mkdtemp';
const PLACES_EXTRA = 'pathExists ensureDir mkdirs mkdirp ensureFile';
const withSync = (verbs: string): string => `${verbs} ${verbs.replaceAll(' ', 'Sync ')}Sync`;

/** Calls that ask for a place or make one. They are no I/O that counts, and move with the calls of files that do. */
export const TYPESCRIPT_PLACES: readonly IoApi[] = [
  { kind: 'file', under: 'fs fs/promises graceful-fs', verbs: withSync(PLACES), deep: true },
  { kind: 'file', under: 'fs-extra', verbs: `${withSync(PLACES)} ${withSync(PLACES_EXTRA)}`, deep: true },
  { kind: 'file', under: 'vscode.workspace.fs', verbs: 'stat createDirectory' },
];

const PLACE_VERBS: ReadonlySet<string> = new Set(TYPESCRIPT_PLACES.flatMap(({ verbs }) => verbs.split(' ')));

/** Whether a call of a file only asks for a place or makes one. */
export function isPlace({ kind, path }: { readonly kind: IoKind; readonly path: string }): boolean {
  return kind === 'file' && PLACE_VERBS.has(path.slice(path.lastIndexOf('.') + 1));
}
