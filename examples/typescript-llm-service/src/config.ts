import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, parseJson, tryUrl } from './parsing';

export interface Config {
  readonly ollamaUrl: string;
  readonly catalogUrl: string;
  readonly dataDir: string;
  readonly defaultModel: string;
  readonly sweepIntervalMs: number;
  readonly webhookUrl: string | undefined;
}

const DEFAULTS: Config = {
  ollamaUrl: 'http://127.0.0.1:11434',
  catalogUrl: 'https://catalog.example.org',
  dataDir: 'data',
  defaultModel: 'llama3:8b',
  sweepIntervalMs: 3_600_000,
  webhookUrl: undefined,
};

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600 };

/** Milliseconds of "90s", "30m" or "2h". */
function duration(text: string): number {
  const match = /^(\d+)([smh])$/.exec(text);
  if (match === null) throw new RangeError(`Not a duration: ${text}`);
  return Number(match[1]) * (SECONDS[match[2] ?? 's'] ?? 1) * 1000;
}

/** Reads `LLM_SERVICE_*`; a value that cannot be used leaves the default in place. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  let sweepIntervalMs = DEFAULTS.sweepIntervalMs;
  try {
    sweepIntervalMs = duration(env.LLM_SERVICE_SWEEP_INTERVAL ?? '');
  } catch {}
  return {
    ollamaUrl: tryUrl(env.LLM_SERVICE_OLLAMA_URL ?? '')?.origin ?? DEFAULTS.ollamaUrl,
    catalogUrl: tryUrl(env.LLM_SERVICE_CATALOG_URL ?? '')?.origin ?? DEFAULTS.catalogUrl,
    dataDir: env.LLM_SERVICE_DATA_DIR ?? DEFAULTS.dataDir,
    defaultModel: env.LLM_SERVICE_MODEL ?? DEFAULTS.defaultModel,
    sweepIntervalMs,
    webhookUrl: env.LLM_SERVICE_WEBHOOK_URL,
  };
}

/** The version of the package that holds us; a bundle has none. */
export function serviceVersion(packageDir: string): string {
  let version = '0.0.0-bundle';
  try {
    const document = parseJson(readFileSync(join(packageDir, 'package.json'), 'utf8'));
    if (isRecord(document) && typeof document.version === 'string') version = document.version;
  } catch {}
  return version;
}

export interface Tracer {
  span(name: string): { end(): void };
}

/** Tracing is an optional package: without it, spans cost nothing. */
export async function loadTracer(moduleName = 'llm-service-tracing'): Promise<Tracer> {
  const loaded: unknown = await import(/* @vite-ignore */ moduleName).catch(() => undefined);
  if (isRecord(loaded) && typeof loaded.createTracer === 'function') return loaded.createTracer() as Tracer;
  return { span: () => ({ end: () => {} }) };
}
