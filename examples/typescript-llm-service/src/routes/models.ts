import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type BenchmarkResult, measure } from '../benchmark';
import { HttpError, type Request, Router } from '../http/router';
import type { Kernel } from '../llm/kernel';
import type { Logger } from '../logging';
import { isRecord, parameterCount, parseJson } from '../parsing';
import type { Catalog } from '../registry/catalog';
import { type HubClient, HubError } from '../registry/hub-client';
import type { ModelRegistry } from '../registry/model-registry';
import type { ModelRecord } from '../registry/records';
import { LANGUAGES, type Translator } from '../translation';

export interface ModelServices {
  readonly registry: ModelRegistry;
  readonly hub: HubClient;
  readonly catalog: Catalog;
  readonly translator: Translator | undefined;
  readonly kernelFor: (model: string) => Kernel;
  readonly configDir: string;
  readonly logger: Logger;
}

interface LicenseChecker {
  allows(model: string): boolean;
}

const MIN_FREE_BYTES = 2 * 1024 ** 3;

let services: ModelServices | undefined;
let licenseChecker: LicenseChecker | undefined;

const activeSince = new Map<string, number>();
const requestCounts = new Map<string, number>();

/** Called once by the application, before the router is mounted. */
export function setModelServices(value: ModelServices | undefined): void {
  services = value;
  activeSince.clear();
  requestCounts.clear();
}

function requireServices(): ModelServices {
  if (services === undefined) throw new HttpError(503, 'Model services are not available');
  return services;
}

// --- request bodies ----------------------------------------------------------------------

const installRequest = z.object({
  name: z
    .string()
    .min(1, 'Model name must have 1-100 characters')
    .max(100, 'Model name must have 1-100 characters')
    .regex(/^[\w\-.:]+$/, 'Model name contains characters that are not allowed'),
  replace: z.boolean().default(false),
});

const switchRequest = z.object({
  name: z
    .string()
    .min(1, 'Model name must have 1-100 characters')
    .max(100, 'Model name must have 1-100 characters')
    .regex(/^[\w\-.:]+$/, 'Model name contains characters that are not allowed'),
});

const registryInstallRequest = z.object({
  name: z
    .string()
    .refine((name) => name.length > 0 && name.length <= 200, 'Repository name must have 1-200 characters')
    .refine((name) => /^[\w\-.:/]+$/.test(name), 'Repository name contains characters that are not allowed'),
  provider: z.enum(['ollama', 'huggingface']),
  runtime: z.string().default('ollama'),
});

const activateRequest = z.object({
  name: z
    .string()
    .min(1, 'Model name must have 1-200 characters')
    .max(200, 'Model name must have 1-200 characters')
    .regex(/^[\w\-.:\/]+$/, 'Model name contains characters that are not allowed'),
  runtime: z.string(),
});

const benchmarkRequest = z.object({
  // The name ends up in the title of a chart, hence the shorter limit.
  name: z
    .string()
    .max(60, 'Benchmark target must have at most 60 characters')
    .regex(new RegExp('^[\\w\\-.:]+$'), 'Benchmark target contains characters that are not allowed'),
  rounds: z.number().int().min(1).max(5).default(1),
});

const adapterRequest = z.object({
  name: z
    .string()
    .min(1, 'Model name must have 1-100 characters')
    .max(100, 'Model name must have 1-100 characters')
    .regex(/^[\w\-.]+$/, 'Model name contains characters that are not allowed'),
  baseModel: z.string().min(1),
  rank: z.number().int().min(1).max(256).default(16),
  tags: z.array(z.string().regex(/^[a-z0-9-]+$/, 'Tags are lower case letters, digits and hyphens')).default([]),
});

const compareRequest = z.object({
  names: z
    .array(z.string())
    .min(2)
    .max(6)
    .refine((names) => new Set(names).size === names.length, 'Each model can be compared once'),
});

const aliasRequest = z.object({
  alias: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'An alias is 2-31 lower case letters, digits and hyphens'),
  model: z.string().min(1),
});

const translationRequest = z.object({
  text: z.string().min(1).max(5000),
  target: z
    .string()
    .transform((value) => value.trim().toLowerCase())
    .refine((value) => value in LANGUAGES, `Language must be one of ${Object.keys(LANGUAGES).join(', ')}`),
});

const listQuery = z.object({
  query: z.string().optional(),
  capability: z.string().optional(),
  sort: z.enum(['name', '-name', 'size', '-size', 'family', '-family']).default('name'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

// --- generation parameters ---------------------------------------------------------------

interface ParameterSpec {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

const GENERATION_PARAMS: Readonly<Record<string, ParameterSpec>> = {
  temperature: { default: 0.7, min: 0, max: 2, integer: false },
  topP: { default: 0.9, min: 0, max: 1, integer: false },
  topK: { default: 40, min: 1, max: 500, integer: true },
  repeatPenalty: { default: 1.1, min: 0.5, max: 2, integer: false },
  numPredict: { default: 1024, min: 1, max: 32_768, integer: true },
  numCtx: { default: 4096, min: 256, max: 131_072, integer: true },
};

const FAMILY_DEFAULTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  llama: { temperature: 0.6, numCtx: 8192 },
  mistral: { temperature: 0.3, repeatPenalty: 1 },
  phi3: { topK: 50 },
  qwen2: { topP: 0.8, repeatPenalty: 1.05 },
};

/** The defaults of a family; unknown families get those that every model takes. */
function generationDefaults(family: string): Record<string, number> {
  const defaults: Record<string, number> = {};
  for (const [key, spec] of Object.entries(GENERATION_PARAMS)) defaults[key] = spec.default;
  for (const [prefix, values] of Object.entries(FAMILY_DEFAULTS)) {
    if (family.startsWith(prefix)) Object.assign(defaults, values);
  }
  return defaults;
}

/** Why a value cannot be used, or undefined when it can. */
function generationProblem(key: string, value: unknown, contextLength: number): string | undefined {
  const spec = GENERATION_PARAMS[key];
  if (spec === undefined) return `${key} is not a parameter`;
  if (typeof value !== 'number') return `${key} must be a number`;
  if (spec.integer && !Number.isInteger(value)) return `${key} must be a whole number`;
  if (value < spec.min || value > spec.max) return `${key} must be between ${spec.min} and ${spec.max}`;
  if (key === 'numCtx' && value > contextLength) {
    return `numCtx must not exceed the context of the model (${contextLength})`;
  }
  return undefined;
}

function overridesPath(model: string): string {
  return join(requireServices().configDir, `${model.replaceAll('/', '--').replaceAll(':', '_')}.json`);
}

function loadOverrides(model: string): Record<string, number> {
  const path = overridesPath(model);
  if (!existsSync(path)) return {};
  const document = parseJson(readFileSync(path, 'utf8'));
  if (!isRecord(document)) {
    requireServices().logger.warn(`Ignoring the damaged overrides of ${model}`, { path });
    return {};
  }
  const overrides: Record<string, number> = {};
  for (const [key, value] of Object.entries(document)) {
    if (key in GENERATION_PARAMS && typeof value === 'number') overrides[key] = value;
  }
  return overrides;
}

function saveOverrides(model: string, overrides: Record<string, number>): void {
  mkdirSync(requireServices().configDir, { recursive: true });
  writeFileSync(overridesPath(model), JSON.stringify(overrides, null, 2));
}

// --- aliases -----------------------------------------------------------------------------

function aliasesPath(): string {
  return join(requireServices().configDir, 'aliases.json');
}

function loadAliases(): Record<string, string> {
  if (!existsSync(aliasesPath())) return {};
  const document = parseJson(readFileSync(aliasesPath(), 'utf8'));
  const aliases: Record<string, string> = {};
  for (const [alias, model] of Object.entries(isRecord(document) ? document : {})) {
    if (typeof model === 'string') aliases[alias] = model;
  }
  return aliases;
}

function saveAliases(aliases: Record<string, string>): void {
  mkdirSync(requireServices().configDir, { recursive: true });
  const sorted = Object.fromEntries(Object.entries(aliases).sort(([left], [right]) => left.localeCompare(right)));
  writeFileSync(aliasesPath(), JSON.stringify(sorted, null, 2));
}

/** Follows aliases of aliases; a circle is an error of whoever made it. */
function resolveAlias(name: string): string {
  const aliases = loadAliases();
  const seen = new Set<string>();
  let current = name;
  while (aliases[current] !== undefined) {
    if (seen.has(current)) throw new HttpError(409, `Alias ${name} leads back to itself`);
    seen.add(current);
    current = aliases[current] ?? current;
  }
  return current;
}

// --- facts about models ------------------------------------------------------------------

interface Capabilities {
  readonly features: readonly string[];
  readonly contextLength: number;
  readonly parametersBillion: number | null;
  readonly tier: 'small' | 'medium' | 'large' | 'unknown';
  readonly streaming: boolean;
}

/** What clients may offer for a model, from its record and its name. */
function inferCapabilities(record: ModelRecord): Capabilities {
  const name = record.name.toLowerCase();
  const features = new Set(record.capabilities);
  if (name.includes('instruct') || name.includes('chat')) features.add('chat');
  if (name.includes('code')) features.add('code');
  if (name.includes('vision') || name.includes('llava')) features.add('vision');
  let billions = parameterCount(name);
  if (billions === null && record.sizeBytes !== null) {
    // Four-bit weights take a little over half a gigabyte for each billion parameters.
    billions = Math.round(record.sizeBytes / 0.056e9) / 10;
  }
  return {
    features: [...features].sort(),
    contextLength: record.contextLength,
    parametersBillion: billions,
    tier: billions === null ? 'unknown' : billions < 4 ? 'small' : billions < 15 ? 'medium' : 'large',
    streaming: !features.has('embedding'),
  };
}

function compareRecords(sort: string): (left: ModelRecord, right: ModelRecord) => number {
  const direction = sort.startsWith('-') ? -1 : 1;
  switch (sort.replace('-', '')) {
    case 'size':
      return (left, right) => direction * ((left.sizeBytes ?? 0) - (right.sizeBytes ?? 0));
    case 'family':
      return (left, right) =>
        direction * (left.family.localeCompare(right.family) || left.name.localeCompare(right.name));
    default:
      return (left, right) => direction * left.name.localeCompare(right.name);
  }
}

function page<T>(items: readonly T[], offset: number, limit: number) {
  const window = items.slice(offset, offset + limit);
  return { window, page: { total: items.length, offset, count: window.length } };
}

function runtimesOf(model: string): string[] {
  return Object.entries(requireServices().registry.active())
    .filter(([, name]) => name === model)
    .map(([runtime]) => runtime)
    .sort();
}

function noteRequest(model: string): void {
  requestCounts.set(model, (requestCounts.get(model) ?? 0) + 1);
}

async function installedModel(req: Request): Promise<ModelRecord> {
  const name = resolveAlias(req.params.name ?? '');
  const record = await requireServices().registry.find(name);
  if (record === undefined) throw new HttpError(404, `${name} is not installed`);
  return record;
}

function freeBytes(): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(requireServices().configDir);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

function limitOf(req: Request, fallback: number): number {
  const limit = Number(req.query.limit ?? fallback);
  if (!Number.isInteger(limit) || limit < 1 || limit > 50) throw new HttpError(422, 'limit must be between 1 and 50');
  return limit;
}

// --- what is installed -------------------------------------------------------------------

export const modelsRouter = Router();

/** Installed models, filtered, sorted and cut into pages. */
modelsRouter.get('/models', async (req, res) => {
  const { query, capability, sort, offset, limit } = listQuery.parse(req.query);
  let records = await requireServices().registry.list();
  if (query !== undefined) {
    records = records.filter((record) => record.name.toLowerCase().includes(query.toLowerCase()));
  }
  if (capability !== undefined) {
    records = records.filter((record) => inferCapabilities(record).features.includes(capability));
  }
  const { window, page: position } = page([...records].sort(compareRecords(sort)), offset, limit);
  res.json({
    models: window.map((record) => ({ ...record, activeIn: runtimesOf(record.name) })),
    page: position,
    problem: requireServices().registry.problem() ?? null,
  });
});

/** Begins to install a model of the Ollama library. */
modelsRouter.post('/models/install', async (req, res) => {
  const { name, replace } = installRequest.parse(req.body);
  const { registry, logger } = requireServices();
  if (!replace && (await registry.find(name)) !== undefined) throw new HttpError(409, `${name} is installed already`);
  if (licenseChecker !== undefined && !licenseChecker.allows(name)) {
    throw new HttpError(451, `The license of ${name} forbids it`);
  }
  const free = freeBytes();
  if (free !== undefined && free < MIN_FREE_BYTES) throw new HttpError(507, 'Less than 2 GB of disk space are free');
  const operation = registry.startInstall(name);
  logger.info(`Installation ${operation.id} of ${name} begins`);
  res.status(202).json(operation);
});

/** Changes the default model of the Ollama runtime. */
modelsRouter.post('/models/switch', async (req, res) => {
  const { name } = switchRequest.parse(req.body);
  const { registry } = requireServices();
  if ((await registry.find(name)) === undefined) throw new HttpError(404, `${name} is not installed`);
  const previous = registry.active().ollama ?? null;
  registry.activate(name, 'ollama');
  activeSince.set('ollama', Date.now());
  noteRequest(name);
  res.json({ active: name, previous });
});

/** Models side by side; those that nobody can describe are listed as missing. */
modelsRouter.post('/models/compare', async (req, res) => {
  const { names } = compareRequest.parse(req.body);
  const records = await requireServices().registry.details(names);
  const described = new Set(records.map((record) => record.name));
  const sized = records.filter((record) => record.sizeBytes !== null).sort(compareRecords('size'));
  const longest = [...records].sort((left, right) => right.contextLength - left.contextLength)[0];
  res.json({
    models: records.map((record) => ({ ...record, ...inferCapabilities(record) })),
    missing: names.filter((name) => !described.has(name)),
    smallest: sized[0]?.name ?? null,
    longestContext: longest?.name ?? null,
  });
});

/** Records an adapter as a version of its base model. */
modelsRouter.post('/models/adapters', async (req, res) => {
  const { name, baseModel, rank, tags } = adapterRequest.parse(req.body);
  const { registry } = requireServices();
  const base = await registry.find(resolveAlias(baseModel));
  if (base === undefined) throw new HttpError(404, `${baseModel} is not installed`);
  const labels = [...new Set(tags)].sort().join(', ');
  const version = registry.recordVersion(base.name, `adapter:${name}:r${rank}`, labels);
  res.status(201).json({ baseModel: base.name, version });
});

// --- use of the machine ------------------------------------------------------------------

/** Memory, requests and active models, for the overview page. */
modelsRouter.get('/models/usage', async (_req, res) => {
  const { registry } = requireServices();
  const records = await registry.list();
  const busiest = [...requestCounts].sort(
    ([leftName, left], [rightName, right]) => right - left || leftName.localeCompare(rightName),
  );
  const byFamily = new Map<string, number>();
  for (const record of records) {
    byFamily.set(record.family, (byFamily.get(record.family) ?? 0) + (record.sizeBytes ?? 0));
  }
  const now = Date.now();
  res.json({
    installed: records.length,
    bytesByFamily: Object.fromEntries(byFamily),
    freeBytes: freeBytes() ?? null,
    runtimeReachable: await registry.isReachable(),
    runtimeVersion: registry.runtimeVersion() ?? null,
    requests: Object.fromEntries(busiest.slice(0, 10)),
    activeForSeconds: Object.fromEntries(
      [...activeSince].map(([runtime, since]) => [runtime, Math.floor((now - since) / 1000)]),
    ),
  });
});

/** Measures one model; the answer takes as long as the model does. */
modelsRouter.post('/models/benchmark', async (req, res) => {
  const { name, rounds } = benchmarkRequest.parse(req.body);
  const { registry, kernelFor } = requireServices();
  if ((await registry.find(name)) === undefined) throw new HttpError(404, `${name} is not installed`);
  let result: BenchmarkResult;
  try {
    result = await measure(kernelFor(name), rounds);
  } catch (error) {
    throw new HttpError(502, `Benchmark stopped: ${error instanceof Error ? error.message : String(error)}`);
  }
  noteRequest(name);
  res.json(result);
});

// --- discovery ---------------------------------------------------------------------------

/** Models that others install at the moment, with a mark on those that are here. */
modelsRouter.get('/models/trending', async (req, res) => {
  const { catalog, registry } = requireServices();
  const entries = await catalog.trending(limitOf(req, 10));
  const installed = new Set((await registry.list()).map((record) => record.name));
  res.json({
    models: entries.map((entry) => ({ ...entry, installed: installed.has(entry.name) })),
    stale: catalog.degraded,
  });
});

/** What the catalogue has added lately. */
modelsRouter.get('/models/news', async (req, res) => {
  const { catalog } = requireServices();
  const entries = await catalog.newest(limitOf(req, 10));
  res.json({
    news: entries.map((entry) => ({
      name: entry.name,
      text: entry.summary ?? `${entry.name} is new`,
      age: entry.weeks === 0 ? 'this week' : entry.weeks === 1 ? 'last week' : `${entry.weeks} weeks ago`,
    })),
    stale: catalog.degraded,
  });
});

/** Installed models that suit a task and fit into memory, best first. */
modelsRouter.get('/models/recommended', async (req, res) => {
  const task = req.query.task ?? 'chat';
  const memoryGb = Number(req.query.memoryGb ?? 8);
  if (!['chat', 'code', 'vision', 'embedding'].includes(task)) throw new HttpError(422, `Unknown task: ${task}`);
  if (!(memoryGb > 0 && memoryGb <= 1024)) throw new HttpError(422, 'memoryGb must be between 0 and 1024');
  const candidates: { name: string; score: number }[] = [];
  const rejected: Record<string, string> = {};
  for (const record of await requireServices().registry.list()) {
    const facts = inferCapabilities(record);
    if (!facts.features.includes(task)) {
      rejected[record.name] = `does not offer ${task}`;
      continue;
    }
    // Weights need a fifth more than their size on disk once the context is allocated.
    const neededGb = ((record.sizeBytes ?? 0) * 1.2) / 1024 ** 3;
    if (neededGb > memoryGb) {
      rejected[record.name] = `needs ${neededGb.toFixed(1)} GB`;
      continue;
    }
    const score = (facts.parametersBillion ?? 0) + record.contextLength / 8192;
    candidates.push({ name: record.name, score: Math.round(score * 100) / 100 });
  }
  candidates.sort((left, right) => right.score - left.score || left.name.localeCompare(right.name));
  res.json({ task, models: candidates, rejected });
});

/** Repositories of the hub that could be installed. */
modelsRouter.get('/models/search', async (req, res) => {
  const query = req.query.query?.trim() ?? '';
  if (query.length < 2 || query.length > 100) throw new HttpError(422, 'query must have 2-100 characters');
  try {
    res.json({ query, results: await requireServices().hub.search(query, limitOf(req, 10)) });
  } catch (error) {
    if (error instanceof HubError) throw new HttpError(502, error.message);
    if (error instanceof HttpError) throw error;
    throw new HttpError(504, 'The hub does not answer');
  }
});

/** Translates a label or a short text of the dashboard. */
modelsRouter.post('/translate', async (req, res) => {
  const { text, target } = translationRequest.parse(req.body);
  const { translator } = requireServices();
  if (translator === undefined) throw new HttpError(503, 'Translation is not available');
  let translated: string;
  try {
    translated = await translator.translate(text, target);
  } catch (error) {
    throw new HttpError(502, `Translation failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  res.json({ text: translated, target, language: LANGUAGES[target], unchanged: translated === text });
});

// --- registry ----------------------------------------------------------------------------

/** Begins to install a model of any provider. */
modelsRouter.post('/models/registry/install', async (req, res) => {
  const request = registryInstallRequest.parse(req.body);
  const { registry, hub } = requireServices();
  if (!['vllm', 'ollama'].includes(request.runtime)) {
    throw new HttpError(422, "Runtime must be 'vllm' or 'ollama'");
  }
  if (request.runtime === 'vllm' && request.provider === 'ollama') {
    throw new HttpError(422, 'vLLM cannot load models of Ollama');
  }
  if (request.provider === 'huggingface') {
    if (!request.name.includes('/')) throw new HttpError(422, 'Names on the hub look like owner/model');
    const card = await hub.card(request.name);
    if (card === undefined) throw new HttpError(404, `The hub does not know ${request.name}`);
    if (card.gated === true) throw new HttpError(403, `${request.name} asks for an agreement first`);
    // The runtime pulls from the hub itself when the name carries this prefix.
    res.status(202).json(registry.startInstall(`hf.co:${request.name.replaceAll('/', '.')}`));
    return;
  }
  res.status(202).json(registry.startInstall(request.name));
});

/** Installations of this run of the service, newest first. */
modelsRouter.get('/models/registry/operations', (req, res) => {
  const state = req.query.state;
  if (state !== undefined && !['pending', 'running', 'completed', 'failed'].includes(state)) {
    throw new HttpError(422, `Unknown state: ${state}`);
  }
  const operations = requireServices().registry.listOperations();
  res.json({ operations: operations.filter((operation) => state === undefined || operation.status === state) });
});

modelsRouter.get('/models/registry/operations/:operationId', (req, res) => {
  const operation = requireServices().registry.operation(req.params.operationId ?? '');
  if (operation === undefined) throw new HttpError(404, `Unknown operation: ${req.params.operationId}`);
  res.json({ ...operation, lastLine: operation.progress.at(-1) ?? null });
});

/** Deletes a model of the registry; names of the hub keep their slash in the path. */
modelsRouter.delete('/models/registry/*name', async (req, res) => {
  const name = req.params.name ?? '';
  if (name.split('/').includes('..')) throw new HttpError(400, 'Invalid repository name');
  if (runtimesOf(name).length > 0) throw new HttpError(409, `${name} is active; switch first`);
  if (!(await requireServices().registry.remove(name))) throw new HttpError(404, `${name} is not installed`);
  res.json({ removed: name });
});

/** Makes an installed model the active one of a runtime. */
modelsRouter.post('/models/activate', async (req, res) => {
  const request = activateRequest.parse(req.body);
  const { registry } = requireServices();
  if (!['vllm', 'ollama'].includes(request.runtime)) {
    throw new HttpError(422, "Runtime must be 'vllm' or 'ollama'");
  }
  const record = await registry.find(request.name);
  if (record === undefined) throw new HttpError(404, `${request.name} is not installed`);
  if (!record.capabilities.includes('completion')) {
    throw new HttpError(422, `${request.name} cannot complete text`);
  }
  const active = registry.activate(request.name, request.runtime);
  activeSince.set(request.runtime, Date.now());
  res.json({ active });
});

/** The active model of each runtime, and whether it is still installed. */
modelsRouter.get('/models/active', async (_req, res) => {
  const { registry } = requireServices();
  const installed = new Set((await registry.list()).map((record) => record.name));
  const entries = Object.entries(registry.active()).sort(([left], [right]) => left.localeCompare(right));
  res.json(Object.fromEntries(entries.map(([runtime, name]) => [runtime, { name, installed: installed.has(name) }])));
});

// --- aliases -----------------------------------------------------------------------------

/** Aliases with the models that they lead to. */
modelsRouter.get('/aliases', async (_req, res) => {
  const installed = new Set((await requireServices().registry.list()).map((record) => record.name));
  const aliases = Object.keys(loadAliases()).map((alias) => {
    const model = resolveAlias(alias);
    return { alias, model, installed: installed.has(model) };
  });
  res.json({ aliases });
});

modelsRouter.post('/aliases', (req, res) => {
  const { alias, model } = aliasRequest.parse(req.body);
  const aliases = loadAliases();
  if (aliases[alias] !== undefined) throw new HttpError(409, `${alias} is taken by ${aliases[alias]}`);
  if (resolveAlias(model) === alias) throw new HttpError(409, `Alias ${alias} leads back to itself`);
  aliases[alias] = model;
  saveAliases(aliases);
  res.status(201).json({ alias, model });
});

modelsRouter.delete('/aliases/:alias', (req, res) => {
  const alias = req.params.alias ?? '';
  const aliases = loadAliases();
  const model = aliases[alias];
  if (model === undefined) throw new HttpError(404, `Unknown alias: ${alias}`);
  const dependents = Object.keys(aliases).filter((other) => aliases[other] === alias);
  if (dependents.length > 0) throw new HttpError(409, `${dependents.join(', ')} lead to ${alias}`);
  delete aliases[alias];
  saveAliases(aliases);
  res.json({ removed: alias, model });
});

// --- configuration -----------------------------------------------------------------------

/** The parameters that can be set, with the defaults of one family. */
modelsRouter.get('/models/config/schema', (req, res) => {
  const family = req.query.family ?? null;
  const defaults = generationDefaults(family ?? '');
  res.json({
    family,
    params: Object.entries(GENERATION_PARAMS).map(([name, spec]) => ({ name, ...spec, default: defaults[name] })),
  });
});

modelsRouter.get('/models/:name/capabilities', async (req, res) => {
  const record = await installedModel(req);
  res.json({ name: record.name, ...inferCapabilities(record) });
});

/** The generation parameters in force, and which of them are overrides. */
modelsRouter.get('/models/:name/config', async (req, res) => {
  const record = await installedModel(req);
  const overrides = loadOverrides(record.name);
  res.json({
    name: record.name,
    params: { ...generationDefaults(record.family), ...overrides },
    overridden: Object.keys(overrides).sort(),
  });
});

/** Sets or removes overrides; nothing is stored when one value is not valid. */
modelsRouter.put('/models/:name/config', async (req, res) => {
  const record = await installedModel(req);
  const params = isRecord(req.body) && isRecord(req.body.params) ? req.body.params : {};
  if (Object.keys(params).length === 0) throw new HttpError(422, 'At least one parameter is needed');
  const overrides = loadOverrides(record.name);
  const problems: string[] = [];
  for (const [key, value] of Object.entries(params)) {
    if (value === null) {
      delete overrides[key];
      continue;
    }
    const problem = generationProblem(key, value, Math.max(record.contextLength, 8192));
    if (problem !== undefined) problems.push(problem);
    else overrides[key] = Number(value);
  }
  if (problems.length > 0) throw new HttpError(422, 'Some parameters cannot be used', problems);
  saveOverrides(record.name, overrides);
  res.json({
    name: record.name,
    params: { ...generationDefaults(record.family), ...overrides },
    overridden: Object.keys(overrides).sort(),
  });
});

/** Returns a model to the defaults of its family. */
modelsRouter.delete('/models/:name/config', (req, res) => {
  const name = resolveAlias(req.params.name ?? '');
  const removed = Object.keys(loadOverrides(name)).sort();
  rmSync(overridesPath(name), { force: true });
  res.json({ name, removed });
});

modelsRouter.get('/models/:name/versions', (req, res) => {
  const name = resolveAlias(req.params.name ?? '');
  const { window, page: position } = page(requireServices().registry.versions(name), 0, limitOf(req, 20));
  res.json({
    name,
    versions: window,
    latest: window[0]?.number ?? null,
    adapters: window.flatMap((version) => /^adapter:([^:]+)/.exec(version.digest)?.[1] ?? []),
    page: position,
  });
});

/** Everything about one installed model on one page. */
modelsRouter.get('/models/:name', async (req, res) => {
  const record = await installedModel(req);
  noteRequest(record.name);
  res.json({
    ...record,
    capabilities: inferCapabilities(record),
    activeIn: runtimesOf(record.name),
    versions: requireServices().registry.versions(record.name).length,
  });
});

/** Deletes a model of the Ollama runtime, its overrides included. */
modelsRouter.delete('/models/:name', async (req, res) => {
  const name = req.params.name ?? '';
  if (name.length === 0 || name.length > 100) throw new HttpError(400, 'Model name must have 1-100 characters');
  if (!/^[\w\-.:]+$/.test(name)) {
    throw new HttpError(400, 'Invalid model name');
  }
  if (runtimesOf(name).length > 0) throw new HttpError(409, `${name} is active; switch first`);
  if (!(await requireServices().registry.remove(name))) throw new HttpError(404, `${name} is not installed`);
  rmSync(overridesPath(name), { force: true });
  requestCounts.delete(name);
  res.json({ removed: name });
});
