import { ANY_VERB, type IoApi } from './kinds';

const HTTP_VERBS = 'get post put patch delete head options request';
const RUNNING = 'communicate wait poll kill terminate send_signal';
const DB_API =
  'connect execute executemany executescript callproc copy_from copy_to copy_expert commit rollback backup';
const SESSION =
  'execute exec scalar scalars stream stream_scalars query get get_one add add_all delete merge commit flush refresh ' +
  'bulk_save_objects bulk_insert_mappings bulk_update_mappings';
const REDIS =
  'get set setex setnx mget mset delete exists expire incr incrby decr hget hset hgetall hdel hmget lpush rpush lpop rpop ' +
  'blpop brpop lrange llen ltrim sadd srem smembers sismember zadd zrange zrem publish subscribe psubscribe pipeline xadd xread ' +
  'scan scan_iter keys flushdb eval ping';
const MONGO =
  'find find_one insert_one insert_many update_one update_many replace_one delete_one delete_many aggregate distinct ' +
  'count_documents find_one_and_update find_one_and_delete bulk_write create_index drop';

/** Python's I/O by qualified name; to teach the rule a library, add a line. */
export const PYTHON_APIS: readonly IoApi[] = [
  { kind: 'http', under: 'requests curl_cffi.requests niquests cloudscraper', verbs: `${HTTP_VERBS} send` },
  { kind: 'http', under: 'requests.codes requests.status_codes', verbs: '' },
  { kind: 'http', under: 'httpx', verbs: `${HTTP_VERBS} stream send` },
  { kind: 'http', under: 'aiohttp.ClientSession aiohttp.client.ClientSession', verbs: `${HTTP_VERBS} ws_connect` },
  { kind: 'http', under: 'aiohttp', verbs: 'request' },
  { kind: 'http', under: 'urllib.request', verbs: 'urlopen urlretrieve open' },
  { kind: 'http', under: 'urllib3', verbs: 'request urlopen' },
  { kind: 'http', under: 'http.client', verbs: 'request getresponse' },
  { kind: 'http', under: 'gql', verbs: 'execute execute_async subscribe' },
  { kind: 'http', under: 'httplib2', verbs: 'request' },

  {
    kind: 'process',
    under: 'subprocess',
    verbs: `run call check_call check_output Popen getoutput getstatusoutput ${RUNNING}`,
  },
  { kind: 'process', under: 'asyncio', verbs: 'create_subprocess_exec create_subprocess_shell' },
  {
    kind: 'process',
    under: 'asyncio.subprocess asyncio.create_subprocess_exec asyncio.create_subprocess_shell',
    verbs: RUNNING,
  },
  { kind: 'process', under: 'anyio trio', verbs: 'run_process open_process' },
  {
    kind: 'process',
    flat: true,
    under: 'os',
    verbs:
      'kill killpg system popen fork forkpty waitpid execl execle execlp execv execve execvp execvpe spawnl spawnle spawnlp ' +
      'spawnv spawnve spawnvp posix_spawn posix_spawnp',
  },
  { kind: 'process', under: 'signal', verbs: 'raise_signal pthread_kill' },
  {
    kind: 'process',
    under: 'psutil',
    verbs:
      'process_iter pids pid_exists wait_procs net_connections virtual_memory swap_memory cpu_percent cpu_times disk_usage ' +
      'disk_partitions net_io_counters Process Popen kill terminate send_signal suspend resume wait children',
  },
  { kind: 'process', under: 'pexpect', verbs: 'spawn run sendline expect' },

  { kind: 'file', under: 'builtins io codecs gzip bz2 lzma tarfile aiofiles', verbs: 'open' },
  { kind: 'file', under: 'anyio', verbs: 'open_file' },
  { kind: 'file', under: 'tarfile.TarFile tarfile.open zipfile.ZipFile', verbs: 'extract extractall add write' },
  {
    kind: 'file',
    flat: true,
    under: 'os aiofiles.os',
    verbs:
      'open remove unlink rename replace rmdir removedirs listdir scandir walk chmod chown symlink link utime truncate mkfifo',
  },
  {
    kind: 'file',
    under: 'shutil',
    verbs: 'copy copy2 copyfile copytree copymode copystat move rmtree make_archive unpack_archive chown',
  },
  {
    kind: 'file',
    under: 'pathlib.Path pathlib.PosixPath pathlib.WindowsPath anyio.Path',
    verbs:
      'read_text read_bytes write_text write_bytes open unlink rename replace rmdir iterdir glob rglob walk symlink_to ' +
      'hardlink_to chmod',
  },
  { kind: 'file', under: 'glob', verbs: 'glob iglob' },
  { kind: 'file', under: 'django.core.files.storage.default_storage', verbs: 'open save delete listdir' },

  {
    kind: 'database',
    under:
      'sqlite3 aiosqlite psycopg psycopg2 pymysql MySQLdb mysql.connector aiomysql cx_Oracle oracledb pyodbc duckdb',
    verbs: DB_API,
  },
  { kind: 'database', under: 'psycopg_pool', verbs: 'connection getconn' },
  { kind: 'database', under: 'asyncpg', verbs: 'connect create_pool execute executemany fetch fetchrow fetchval' },
  {
    kind: 'database',
    under:
      'sqlalchemy.orm.Session sqlalchemy.orm.session.Session sqlalchemy.orm.scoped_session sqlalchemy.orm.sessionmaker ' +
      'sqlalchemy.ext.asyncio.AsyncSession sqlalchemy.ext.asyncio.async_sessionmaker sqlmodel.Session ' +
      'sqlmodel.ext.asyncio.session.AsyncSession',
    verbs: SESSION,
  },
  {
    kind: 'database',
    under:
      'sqlalchemy.Connection sqlalchemy.Engine sqlalchemy.engine sqlalchemy.create_engine ' +
      'sqlalchemy.ext.asyncio.AsyncConnection sqlalchemy.ext.asyncio.AsyncEngine sqlalchemy.ext.asyncio.create_async_engine',
    verbs: 'execute scalar scalars connect begin commit run_sync',
  },
  { kind: 'database', under: 'flask_sqlalchemy.SQLAlchemy', verbs: SESSION, deep: true },
  { kind: 'database', under: 'pymongo motor', verbs: MONGO, deep: true },
  { kind: 'database', under: 'redis aioredis', verbs: REDIS },
  {
    kind: 'database',
    under: 'elasticsearch opensearchpy',
    verbs: 'search index get bulk delete update count',
    deep: true,
  },
  { kind: 'database', under: 'neo4j', verbs: 'run execute_query execute_read execute_write' },
  { kind: 'database', under: 'databases', verbs: 'execute execute_many fetch_all fetch_one fetch_val iterate' },
  {
    kind: 'database',
    under: 'chromadb qdrant_client lancedb weaviate pinecone',
    verbs:
      'add upsert query search scroll get delete retrieve update create_collection get_or_create_collection delete_collection',
    deep: true,
  },
  {
    kind: 'database',
    under: 'peewee.Model',
    verbs:
      'select insert insert_many update delete replace replace_many get get_or_none get_or_create get_by_id delete_by_id ' +
      'create bulk_create bulk_update save delete_instance',
  },
  { kind: 'database', under: 'django.db', verbs: 'execute executemany cursor' },
  {
    kind: 'database',
    under: 'django.db.models.Model django.contrib.auth.get_user_model',
    verbs:
      'get filter exclude all only defer annotate order_by select_related prefetch_related select_for_update using create get_or_create update_or_create bulk_create bulk_update values values_list count update delete ' +
      'save refresh_from_db in_bulk aggregate raw first last exists',
    deep: true,
  },

  {
    kind: 'cloud',
    under:
      'boto3 botocore aioboto3 aiobotocore google.cloud googleapiclient azure openai anthropic cohere mistralai groq ' +
      'google.generativeai google.genai vertexai replicate together fireworks ollama huggingface_hub stripe slack_sdk twilio ' +
      'kubernetes github gitlab',
    verbs: ANY_VERB,
    deep: true,
  },
  { kind: 'cloud', under: 'botocore.utils botocore.config botocore.exceptions', verbs: '' },
  {
    kind: 'cloud',
    under: 'litellm',
    verbs: 'completion acompletion embedding aembedding image_generation transcription',
  },
  {
    kind: 'cloud',
    under: 'transformers peft diffusers',
    verbs: 'from_pretrained pipeline generate push_to_hub save_pretrained',
  },
  { kind: 'cloud', under: 'sentence_transformers', verbs: 'SentenceTransformer CrossEncoder encode predict' },
];
