import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventBus } from '../src/events';
import { MemoryLogger } from '../src/logging';
import { Catalog } from '../src/registry/catalog';
import { HubClient } from '../src/registry/hub-client';
import { ModelRegistry } from '../src/registry/model-registry';
import type { ModelRecord } from '../src/registry/records';
import { type ModelServices, modelsRouter, setModelServices } from '../src/routes/models';
import { Translator } from '../src/translation';
import { FakeKernel, record, reply, stubFetch, temporaryFolder } from './support';

vi.mock('node:child_process', () => ({ execFileSync: vi.fn(() => 'ollama version is 0.5.12'), spawn: vi.fn() }));

const INSTALLED: ModelRecord[] = [
  record('llama3:8b', { sizeBytes: 4_700_000_000, family: 'llama', contextLength: 8192 }),
  record('phi3:mini', { sizeBytes: 2_200_000_000, family: 'phi3' }),
  record('coder:14b-instruct', { sizeBytes: 8_000_000_000, family: 'qwen2', contextLength: 32_768 }),
  record('nomic-embed:v1', { sizeBytes: 270_000_000, family: 'bert', capabilities: ['embedding'] }),
];

let registry: ModelRegistry;
let services: ModelServices;
let kernel: FakeKernel;

function use(changes: Partial<ModelServices>): void {
  services = { ...services, ...changes };
  setModelServices(services);
}

async function call(method: string, path: string, body?: unknown) {
  const { statusCode, body: answer } = await modelsRouter.handle(method, path, body);
  // Answers are checked field by field, so their type does not matter here.
  return { status: statusCode, body: answer as any };
}

beforeEach(() => {
  const folder = temporaryFolder();
  registry = new ModelRegistry('http://runtime.test', folder, new EventBus(), new MemoryLogger());
  vi.spyOn(registry, 'list').mockResolvedValue(INSTALLED);
  vi.spyOn(registry, 'startInstall').mockImplementation((model) => ({
    id: 'op-1',
    kind: 'install',
    model,
    status: 'pending',
    progress: ['1: pulling'],
    error: undefined,
  }));
  kernel = new FakeKernel(['Guten', ' Tag']);
  use({
    registry,
    hub: new HubClient('http://hub.test'),
    catalog: new Catalog('http://catalog.test'),
    translator: new Translator(kernel),
    kernelFor: () => kernel,
    configDir: join(folder, 'config'),
    logger: new MemoryLogger(),
  });
});

afterEach(() => {
  setModelServices(undefined);
});

it('keeps its paths, methods and their order', () => {
  expect(modelsRouter.routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /models',
    'POST /models/install',
    'POST /models/switch',
    'POST /models/compare',
    'POST /models/adapters',
    'GET /models/usage',
    'POST /models/benchmark',
    'GET /models/trending',
    'GET /models/news',
    'GET /models/recommended',
    'GET /models/search',
    'POST /translate',
    'POST /models/registry/install',
    'GET /models/registry/operations',
    'GET /models/registry/operations/:operationId',
    'DELETE /models/registry/*name',
    'POST /models/activate',
    'GET /models/active',
    'GET /aliases',
    'POST /aliases',
    'DELETE /aliases/:alias',
    'GET /models/config/schema',
    'GET /models/:name/capabilities',
    'GET /models/:name/config',
    'PUT /models/:name/config',
    'DELETE /models/:name/config',
    'GET /models/:name/versions',
    'GET /models/:name',
    'DELETE /models/:name',
  ]);
});

it('answers 503 before it is wired', async () => {
  setModelServices(undefined);
  expect(await call('GET', '/models')).toEqual({ status: 503, body: { error: 'Model services are not available' } });
});

describe('names in request bodies', () => {
  const LENGTH = 'Model name must have 1-100 characters';
  const CHARACTERS = 'Model name contains characters that are not allowed';

  describe.each(['/models/install', '/models/switch'])('%s', (path) => {
    it.each([
      ['', [LENGTH, CHARACTERS]],
      ['a'.repeat(101), [LENGTH]],
      ['acme/llama', [CHARACTERS]],
      ['a b', [CHARACTERS]],
      ['llama3\n', [CHARACTERS]],
      [`${'a'.repeat(101)}/`, [LENGTH, CHARACTERS]],
    ])('refuses %j', async (name, details) => {
      expect(await call('POST', path, { name })).toEqual({ status: 422, body: { error: 'Invalid request', details } });
    });
  });

  it.each(['llama3', 'my-model_v1.2', 'a'.repeat(100)])('accepts %s', async (name) => {
    expect((await call('POST', '/models/install', { name })).status).toBe(202);
  });

  it.each([
    ['', ['Repository name must have 1-200 characters', 'Repository name contains characters that are not allowed']],
    ['a'.repeat(201), ['Repository name must have 1-200 characters']],
    ['acme/x y', ['Repository name contains characters that are not allowed']],
  ])('of the registry: %j', async (name, details) => {
    const { body } = await call('POST', '/models/registry/install', { name, provider: 'ollama' });
    expect(body.details).toEqual(details);
  });

  it.each([
    ['a'.repeat(201), ['Model name must have 1-200 characters']],
    ['a\\b', ['Model name contains characters that are not allowed']],
  ])('to activate: %j', async (name, details) => {
    expect((await call('POST', '/models/activate', { name, runtime: 'ollama' })).body.details).toEqual(details);
  });

  it('to activate may have an owner', async () => {
    expect((await call('POST', '/models/activate', { name: 'acme/tiny:1b', runtime: 'ollama' })).status).toBe(404);
  });

  it.each([
    ['a'.repeat(61), ['Benchmark target must have at most 60 characters']],
    ['a/b', ['Benchmark target contains characters that are not allowed']],
  ])('to measure: %j', async (name, details) => {
    expect((await call('POST', '/models/benchmark', { name })).body.details).toEqual(details);
  });

  it('of adapters have no colon', async () => {
    const body = { name: 'tone:v1', baseModel: 'llama3:8b' };
    expect((await call('POST', '/models/adapters', body)).body.details).toEqual([CHARACTERS]);
  });

  it.each([
    ['a%20b', 'Invalid model name'],
    ['a%0A', 'Invalid model name'],
    ['a'.repeat(101), LENGTH],
  ])('in the path of a deletion: %s', async (name, error) => {
    expect(await call('DELETE', `/models/${name}`)).toEqual({ status: 400, body: { error } });
  });
});

describe('listing', () => {
  it('filters, sorts and pages', async () => {
    registry.activate('llama3:8b', 'ollama');
    const { body } = await call('GET', '/models?capability=completion&sort=-size&limit=2');
    expect(body.models.map((model: ModelRecord) => model.name)).toEqual(['coder:14b-instruct', 'llama3:8b']);
    expect(body.models[1].activeIn).toEqual(['ollama']);
    expect(body.page).toEqual({ total: 3, offset: 0, count: 2 });
    expect((await call('GET', '/models?query=PHI')).body.page.total).toBe(1);
    expect((await call('GET', '/models?sort=family')).body.models[0].family).toBe('bert');
    expect((await call('GET', '/models?offset=3')).body.models[0].name).toBe('phi3:mini');
    expect((await call('GET', '/models?sort=age')).status).toBe(422);
  });
});

describe('installing', () => {
  it('begins, unless the model is there', async () => {
    expect((await call('POST', '/models/install', { name: 'gemma:2b' })).body.model).toBe('gemma:2b');
    expect((await call('POST', '/models/install', { name: 'llama3:8b' })).status).toBe(409);
    expect((await call('POST', '/models/install', { name: 'llama3:8b', replace: true })).status).toBe(202);
  });

  it('asks the hub for the names of the hub', async () => {
    const body = { name: 'acme/tiny', provider: 'huggingface', runtime: 'vllm' };
    stubFetch(reply({ gated: false }), reply({ gated: true }), reply({}, 404));
    expect((await call('POST', '/models/registry/install', body)).body.model).toBe('hf.co:acme.tiny');
    expect((await call('POST', '/models/registry/install', body)).status).toBe(403);
    expect((await call('POST', '/models/registry/install', body)).status).toBe(404);
  });

  it.each([
    [{ runtime: 'tgi' }, "Runtime must be 'vllm' or 'ollama'"],
    [{ runtime: 'vllm' }, 'vLLM cannot load models of Ollama'],
    [{ provider: 'huggingface' }, 'Names on the hub look like owner/model'],
  ])('refuses %j', async (change, error) => {
    const body = { name: 'tiny', provider: 'ollama', ...change };
    expect(await call('POST', '/models/registry/install', body)).toEqual({ status: 422, body: { error } });
  });

  it('lists operations', async () => {
    const operation = registry.startInstall('a');
    vi.spyOn(registry, 'listOperations').mockReturnValue([operation]);
    vi.spyOn(registry, 'operation').mockImplementation((id) => (id === 'op-1' ? operation : undefined));
    expect((await call('GET', '/models/registry/operations')).body.operations).toHaveLength(1);
    expect((await call('GET', '/models/registry/operations?state=failed')).body.operations).toEqual([]);
    expect((await call('GET', '/models/registry/operations?state=odd')).status).toBe(422);
    expect((await call('GET', '/models/registry/operations/op-1')).body.lastLine).toBe('1: pulling');
    expect((await call('GET', '/models/registry/operations/none')).status).toBe(404);
  });

  it('removes what is not active', async () => {
    registry.activate('acme/busy', 'vllm');
    vi.spyOn(registry, 'remove').mockImplementation(async (name) => name === 'acme/tiny');
    expect((await call('DELETE', '/models/registry/acme/tiny')).body).toEqual({ removed: 'acme/tiny' });
    expect((await call('DELETE', '/models/registry/acme/none')).status).toBe(404);
    expect((await call('DELETE', '/models/registry/acme/busy')).status).toBe(409);
    expect((await call('DELETE', '/models/registry/a%2F..%2Fb')).status).toBe(400);
  });
});

describe('choosing', () => {
  it('switches', async () => {
    registry.activate('phi3:mini', 'ollama');
    const answer = await call('POST', '/models/switch', { name: 'llama3:8b' });
    expect(answer.body).toEqual({ active: 'llama3:8b', previous: 'phi3:mini' });
    expect((await call('POST', '/models/switch', { name: 'none' })).status).toBe(404);
  });

  it('activates what can complete text', async () => {
    const activate = (name: string, runtime: string) => call('POST', '/models/activate', { name, runtime });
    expect((await activate('coder:14b-instruct', 'vllm')).body).toEqual({ active: { vllm: 'coder:14b-instruct' } });
    expect((await activate('llama3:8b', 'VLLM')).body.error).toBe("Runtime must be 'vllm' or 'ollama'");
    expect((await activate('nomic-embed:v1', 'ollama')).body.error).toBe('nomic-embed:v1 cannot complete text');
    expect((await call('GET', '/models/active')).body).toEqual({
      vllm: { name: 'coder:14b-instruct', installed: true },
    });
  });

  it('compares', async () => {
    vi.spyOn(registry, 'details').mockResolvedValue(INSTALLED.slice(0, 2));
    const { body } = await call('POST', '/models/compare', { names: ['llama3:8b', 'phi3:mini', 'gone:1b'] });
    expect([body.missing, body.smallest, body.longestContext]).toEqual([['gone:1b'], 'phi3:mini', 'llama3:8b']);
    const twice = await call('POST', '/models/compare', { names: ['a', 'a'] });
    expect(twice.body.details).toEqual(['Each model can be compared once']);
  });

  it('records adapters as versions', async () => {
    const body = { name: 'tone', baseModel: 'llama3:8b', tags: ['de', 'a', 'de'] };
    const { status, body: answer } = await call('POST', '/models/adapters', body);
    expect([status, answer.version]).toEqual([201, { number: 1, digest: 'adapter:tone:r16', note: 'a, de' }]);
    const versions = await call('GET', '/models/llama3:8b/versions');
    expect([versions.body.latest, versions.body.adapters]).toEqual([1, ['tone']]);
    expect((await call('GET', '/models/phi3:mini/versions')).body.latest).toBeNull();
  });
});

describe('the machine', () => {
  it('does not take usage for the name of a model', async () => {
    vi.spyOn(registry, 'isReachable').mockResolvedValue(false);
    const now = vi.spyOn(Date, 'now').mockReturnValue(40_000);
    await call('POST', '/models/switch', { name: 'llama3:8b' });
    now.mockReturnValue(100_500);
    const { body } = await call('GET', '/models/usage');
    expect(body).toMatchObject({
      installed: 4,
      runtimeReachable: false,
      runtimeVersion: '0.5.12',
      requests: { 'llama3:8b': 1 },
      activeForSeconds: { ollama: 60 },
    });
    expect(body.bytesByFamily.bert).toBe(270_000_000);
  });

  it('measures', async () => {
    expect((await call('POST', '/models/benchmark', { name: 'llama3:8b' })).body.tokens).toBe(6);
    expect((await call('POST', '/models/benchmark', { name: 'none' })).status).toBe(404);
    use({ kernelFor: () => new FakeKernel([], new Error('gone')) });
    expect(await call('POST', '/models/benchmark', { name: 'llama3:8b' })).toEqual({
      status: 502,
      body: { error: 'Benchmark stopped: gone' },
    });
  });
});

describe('discovery', () => {
  const CATALOG = [
    { name: 'old', downloads: 1000, weeks: 9, size: '2 GB' },
    { name: 'llama3:8b', downloads: 100, weeks: 1 },
    { name: 'new', downloads: 50, summary: 'tiny' },
  ];

  it('shows trends and news from one copy', async () => {
    const fetched = stubFetch(reply(CATALOG));
    const trending = (await call('GET', '/models/trending?limit=2')).body.models;
    expect(trending.map((entry: { name: string; installed: boolean }) => [entry.name, entry.installed])).toEqual([
      ['old', false],
      ['llama3:8b', true],
    ]);
    expect((await call('GET', '/models/news')).body.news).toEqual([
      { name: 'new', text: 'tiny', age: 'this week' },
      { name: 'llama3:8b', text: 'llama3:8b is new', age: 'last week' },
      { name: 'old', text: 'old is new', age: '9 weeks ago' },
    ]);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect((await call('GET', '/models/news?limit=0')).status).toBe(422);
  });

  it('says when the copy is stale', async () => {
    stubFetch(new Error('down'));
    expect((await call('GET', '/models/news')).body).toEqual({ news: [], stale: true });
  });

  it('recommends', async () => {
    const tight = (await call('GET', '/models/recommended?task=code&memoryGb=6')).body;
    expect(tight.models).toEqual([]);
    expect(tight.rejected).toMatchObject({
      'coder:14b-instruct': 'needs 8.9 GB',
      'llama3:8b': 'does not offer code',
    });
    const roomy = (await call('GET', '/models/recommended?task=code&memoryGb=10')).body;
    expect(roomy.models).toEqual([{ name: 'coder:14b-instruct', score: 18 }]);
    expect((await call('GET', '/models/recommended?task=poetry')).status).toBe(422);
    expect((await call('GET', '/models/recommended?memoryGb=x')).status).toBe(422);
  });

  it('searches the hub', async () => {
    vi.stubEnv('HF_TOKEN', 'rotated');
    const fetched = stubFetch(
      reply([{ id: 'acme/a' }, { id: 'acme/b', private: true }]),
      reply({}, 403),
      new Error('x'),
    );
    const { body } = await call('GET', '/models/search?query=acme');
    expect(body.results).toEqual([{ name: 'acme/a', downloads: 0, tags: [] }]);
    expect(fetched.mock.calls[0]?.[1]).toEqual({ headers: { authorization: 'Bearer rotated' } });
    vi.unstubAllEnvs();
    expect((await call('GET', '/models/search?query=acme')).body.error).toBe('The hub answered 403');
    expect((await call('GET', '/models/search?query=acme')).status).toBe(504);
    expect((await call('GET', '/models/search?query=a')).status).toBe(422);
    expect((await call('GET', '/models/search?query=acme&limit=99')).status).toBe(422);
  });

  it('translates, once for each text', async () => {
    const body = { text: 'Good day', target: ' DE ' };
    const expected = { text: 'Guten Tag', target: 'de', language: 'German', unchanged: false };
    expect((await call('POST', '/translate', body)).body).toEqual(expected);
    await call('POST', '/translate', body);
    expect(kernel.prompts).toHaveLength(1);
    expect((await call('POST', '/translate', { text: 'x', target: 'tlh' })).body.details).toEqual([
      'Language must be one of de, en, es, fr, pl',
    ]);
    use({ translator: undefined });
    expect((await call('POST', '/translate', body)).status).toBe(503);
    use({ translator: new Translator(new FakeKernel([], new Error('down'))) });
    expect((await call('POST', '/translate', body)).body.error).toBe('Translation failed: down');
  });
});

describe('aliases', () => {
  const add = (alias: string, model: string) => call('POST', '/aliases', { alias, model });

  it('lead to models, also by way of other aliases', async () => {
    await add('fast', 'phi3:mini');
    await add('default', 'fast');
    expect((await call('GET', '/aliases')).body.aliases).toEqual([
      { alias: 'default', model: 'phi3:mini', installed: true },
      { alias: 'fast', model: 'phi3:mini', installed: true },
    ]);
    expect((await call('GET', '/models/default/capabilities')).body.name).toBe('phi3:mini');
  });

  it('are unique and never circular', async () => {
    await add('a1', 'a2');
    expect((await add('a1', 'x')).body.error).toBe('a1 is taken by a2');
    expect((await add('a2', 'a1')).body.error).toBe('Alias a2 leads back to itself');
    expect((await add('UP', 'x')).status).toBe(422);
  });

  it('can be removed when nothing leads to them', async () => {
    await add('fast', 'phi3:mini');
    await add('default', 'fast');
    expect((await call('DELETE', '/aliases/fast')).body.error).toBe('default lead to fast');
    expect((await call('DELETE', '/aliases/default')).body).toEqual({ removed: 'default', model: 'fast' });
    expect((await call('DELETE', '/aliases/default')).status).toBe(404);
  });
});

describe('configuration', () => {
  it('has a schema', async () => {
    const { body } = await call('GET', '/models/config/schema?family=llama');
    expect(body.params[0]).toEqual({ name: 'temperature', default: 0.6, min: 0, max: 2, integer: false });
  });

  it('infers capabilities', async () => {
    expect((await call('GET', '/models/nomic-embed:v1/capabilities')).body).toEqual({
      name: 'nomic-embed:v1',
      features: ['embedding'],
      contextLength: 4096,
      parametersBillion: 0.5,
      tier: 'small',
      streaming: false,
    });
    expect((await call('GET', '/models/none/capabilities')).status).toBe(404);
  });

  it('keeps overrides until they are removed', async () => {
    const path = '/models/llama3:8b/config';
    const first = await call('PUT', path, { params: { topK: 20, temperature: 1.5 } });
    expect([first.body.params.topK, first.body.overridden]).toEqual([20, ['temperature', 'topK']]);
    await call('PUT', path, { params: { temperature: null } });
    const second = await call('GET', path);
    expect([second.body.params.temperature, second.body.overridden]).toEqual([0.6, ['topK']]);
    expect((await call('DELETE', path)).body.removed).toEqual(['topK']);
    expect((await call('DELETE', path)).body.removed).toEqual([]);
  });

  it('stores nothing when one value is wrong', async () => {
    const path = '/models/phi3:mini/config';
    const params = { topP: 0.5, topK: 1.5, temperature: 9, numCtx: 9000, seed: 1, repeatPenalty: 'x' };
    expect(await call('PUT', path, { params })).toEqual({
      status: 422,
      body: {
        error: 'Some parameters cannot be used',
        details: [
          'topK must be a whole number',
          'temperature must be between 0 and 2',
          'numCtx must not exceed the context of the model (8192)',
          'seed is not a parameter',
          'repeatPenalty must be a number',
        ],
      },
    });
    expect((await call('GET', path)).body.overridden).toEqual([]);
    expect((await call('PUT', path, {})).body.error).toBe('At least one parameter is needed');
  });

  it('ignores damaged overrides', async () => {
    mkdirSync(services.configDir);
    writeFileSync(join(services.configDir, 'llama3_8b.json'), '{');
    expect((await call('GET', '/models/llama3:8b/config')).body.overridden).toEqual([]);
  });
});

describe('one model', () => {
  it('is read', async () => {
    const { body } = await call('GET', '/models/phi3:mini');
    expect([body.family, body.versions, body.activeIn]).toEqual(['phi3', 0, []]);
  });

  it('is deleted with its overrides', async () => {
    const remove = vi.spyOn(registry, 'remove').mockResolvedValueOnce(true).mockResolvedValue(false);
    await call('PUT', '/models/phi3:mini/config', { params: { topK: 9 } });
    expect((await call('DELETE', '/models/phi3:mini')).body).toEqual({ removed: 'phi3:mini' });
    expect(existsSync(join(services.configDir, 'phi3_mini.json'))).toBe(false);
    expect((await call('DELETE', '/models/phi3:mini')).status).toBe(404);
    registry.activate('llama3:8b', 'ollama');
    expect((await call('DELETE', '/models/llama3:8b')).body.error).toBe('llama3:8b is active; switch first');
    expect(remove).toHaveBeenCalledTimes(2);
  });
});
