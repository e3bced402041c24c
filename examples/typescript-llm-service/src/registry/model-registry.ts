import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EventBus } from '../events';
import type { Logger } from '../logging';
import { isRecord, parameterCount, parseJson } from '../parsing';
import type { ModelRecord, Operation } from './records';

const KEPT_OPERATIONS = 50;

interface Manifest {
  active: Record<string, string>;
  versions: Record<string, { number: number; digest: string; note: string }[]>;
}

/** Which models exist, which one each runtime serves, and the installations that run. */
export class ModelRegistry {
  private readonly operations = new Map<string, Operation>();
  private readonly running = new Set<Promise<void>>();
  private lastError: string | undefined;

  constructor(
    private readonly baseUrl: string,
    private readonly dataDir: string,
    private readonly bus: EventBus,
    private readonly logger: Logger,
    private readonly binary = 'ollama',
  ) {}

  /** Whether the command line would accept the name. */
  isInstallableName(name: string): boolean {
    if (name === '' || name.length > 100) return false;
    if (!new RegExp('^[\\w\\-.:]+$').test(name)) return false;
    return true;
  }

  /** Asks the runtime; while it is down, the last snapshot answers. */
  async list(): Promise<ModelRecord[]> {
    try {
      const response = await fetch(`${this.baseUrl}/api/tags`, { signal: AbortSignal.timeout(10_000) });
      if (!response.ok) throw new Error(`The runtime answered ${response.status}`);
      const document: unknown = await response.json();
      const entries = isRecord(document) && Array.isArray(document.models) ? document.models : [];
      const records = entries.filter(isRecord).map((entry) => this.toRecord(entry));
      records.sort((left, right) => left.name.localeCompare(right.name));
      this.lastError = undefined;
      this.writeSnapshot(records);
      return records;
    } catch (error) {
      this.lastError = error instanceof Error ? error.message : String(error);
      this.logger.warn(`Ollama at ${this.baseUrl} does not list its models`, { error: this.lastError });
      return this.readSnapshot();
    }
  }

  async find(name: string): Promise<ModelRecord | undefined> {
    return (await this.list()).find((record) => record.name === name);
  }

  /** Details of one model, or undefined when the runtime does not know it. */
  async describe(name: string): Promise<ModelRecord | undefined> {
    const response = await fetch(`${this.baseUrl}/api/show`, {
      method: 'POST',
      body: JSON.stringify({ model: name }),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`The runtime answered ${response.status} for ${name}`);
    const document: unknown = await response.json();
    if (!isRecord(document)) return undefined;
    const record = this.toRecord({ name, details: document.details });
    const info = isRecord(document.model_info) ? document.model_info : {};
    const context = Object.entries(info).find(([key]) => key.endsWith('.context_length'))?.[1];
    const capabilities = [...record.capabilities];
    if (typeof document.template === 'string' && document.template.includes('.Tools')) capabilities.push('tools');
    if (Object.keys(info).some((key) => key.startsWith('clip.'))) capabilities.push('vision');
    return { ...record, capabilities, contextLength: typeof context === 'number' ? context : record.contextLength };
  }

  /** Records of several models; those that cannot be described are left out. */
  async details(names: readonly string[]): Promise<ModelRecord[]> {
    const found: ModelRecord[] = [];
    for (const name of names) {
      try {
        const record = await this.describe(name);
        if (record !== undefined) found.push(record);
      } catch {
        continue;
      }
    }
    return found;
  }

  async isReachable(): Promise<boolean> {
    try {
      const response = await fetch(`${this.baseUrl}/api/version`, { signal: AbortSignal.timeout(2_000) });
      return response.ok;
    } catch {
      return false;
    }
  }

  /** What went wrong at the last listing; undefined once a listing succeeds. */
  problem(): string | undefined {
    return this.lastError;
  }

  /** Begins an installation; clients poll the operation. */
  startInstall(name: string): Operation {
    const operation: Operation = {
      id: randomUUID().slice(0, 12),
      kind: 'install',
      model: name,
      status: 'pending',
      progress: [],
      error: undefined,
    };
    this.operations.set(operation.id, operation);
    for (const id of this.operations.keys()) {
      if (this.operations.size <= KEPT_OPERATIONS) break;
      this.operations.delete(id);
    }
    const work = this.install(operation).finally(() => this.running.delete(work));
    this.running.add(work);
    return operation;
  }

  private async install(operation: Operation): Promise<void> {
    operation.status = 'running';
    try {
      if (!this.isInstallableName(operation.model)) throw new Error(`Not a model name: ${operation.model}`);
      const code = await this.pull(operation.model, (line) => operation.progress.push(line));
      operation.status = code === 0 ? 'completed' : 'failed';
      if (code !== 0) operation.error = `${this.binary} pull ${operation.model} ended with ${code}`;
    } catch (error) {
      this.logger.error(`Installation of ${operation.model} failed`, { error: String(error) });
      operation.status = 'failed';
      operation.error = error instanceof Error ? error.message : String(error);
    }
    const { id, kind, model, status } = operation;
    this.bus.publish('operation', { id, kind, model, status });
  }

  private pull(name: string, onLine: (line: string) => void): Promise<number | null> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.binary, ['pull', name], { stdio: ['ignore', 'pipe', 'pipe'] });
      let rest = '';
      let printed = 0;
      child.stdout.on('data', (bytes: Buffer) => {
        rest += bytes.toString('utf8');
        const lines = rest.split(/[\r\n]+/);
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const text = line.trim();
          if (text === '') continue;
          printed += 1;
          onLine(`${printed}: ${text}`);
        }
      });
      child.on('error', reject);
      child.on('close', (code) => {
        if (rest.trim() !== '') onLine(`${printed + 1}: ${rest.trim()}`);
        resolve(code);
      });
    });
  }

  /** Waits for the installations that still run; called at shutdown. */
  async drain(): Promise<void> {
    await Promise.allSettled([...this.running]);
  }

  operation(id: string): Operation | undefined {
    return this.operations.get(id);
  }

  listOperations(): Operation[] {
    return [...this.operations.values()].reverse();
  }

  async remove(name: string): Promise<boolean> {
    try {
      execFileSync(this.binary, ['rm', name], { timeout: 60_000, encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      this.logger.warn(`${this.binary} rm ${name} failed`, { error: String(error) });
      return false;
    }
    this.writeSnapshot(this.readSnapshot().filter((record) => record.name !== name));
    const manifest = this.readManifest();
    for (const [runtime, active] of Object.entries(manifest.active)) {
      if (active === name) delete manifest.active[runtime];
    }
    this.writeManifest(manifest);
    return true;
  }

  /** The version that the command line prints, or undefined when it is not installed. */
  runtimeVersion(): string | undefined {
    try {
      const output = execFileSync(this.binary, ['--version'], { timeout: 60_000, encoding: 'utf8', stdio: 'pipe' });
      return /(\d+\.\d+\.\d+)/.exec(output)?.[1];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  activate(name: string, runtime: string): Record<string, string> {
    if (!['vllm', 'ollama'].includes(runtime)) {
      throw new RangeError(`Runtime must be 'vllm' or 'ollama', not '${runtime}'`);
    }
    const manifest = this.readManifest();
    manifest.active[runtime] = name;
    this.writeManifest(manifest);
    return manifest.active;
  }

  active(): Record<string, string> {
    return this.readManifest().active;
  }

  versions(name: string): Manifest['versions'][string] {
    return this.readManifest().versions[name] ?? [];
  }

  recordVersion(name: string, digest: string, note = ''): Manifest['versions'][string][number] {
    const manifest = this.readManifest();
    const known = manifest.versions[name] ?? [];
    const entry = { number: (known[0]?.number ?? 0) + 1, digest, note };
    manifest.versions[name] = [entry, ...known];
    this.writeManifest(manifest);
    return entry;
  }

  private toRecord(entry: Record<string, unknown>): ModelRecord {
    const name = String(entry.name ?? '');
    const details = isRecord(entry.details) ? entry.details : {};
    const families = Array.isArray(details.families)
      ? details.families.map(String)
      : [String(details.family ?? 'unknown')];
    const capabilities = families.includes('bert') || name.includes('embed') ? ['embedding'] : ['completion'];
    if (families.includes('clip') || families.includes('mllama')) capabilities.push('vision');
    const billions = parameterCount(name);
    const tagged = /(\d+)k\b/.exec(name)?.[1];
    return {
      name,
      provider: 'ollama',
      sizeBytes: typeof entry.size === 'number' ? entry.size : null,
      family: families[0] ?? 'unknown',
      quantization: typeof details.quantization_level === 'string' ? details.quantization_level : null,
      contextLength: tagged !== undefined ? Number(tagged) * 1024 : billions !== null && billions >= 30 ? 8192 : 4096,
      capabilities,
    };
  }

  private readSnapshot(): ModelRecord[] {
    const path = join(this.dataDir, 'ollama-models.json');
    if (!existsSync(path)) return [];
    const document = parseJson(readFileSync(path, 'utf8'));
    if (Array.isArray(document)) return document as ModelRecord[];
    this.logger.warn(`Ignoring the damaged snapshot ${path}`);
    return [];
  }

  private writeSnapshot(records: readonly ModelRecord[]): void {
    const path = join(this.dataDir, 'ollama-models.json');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.tmp`, JSON.stringify(records, null, 2));
    renameSync(`${path}.tmp`, path);
  }

  private readManifest(): Manifest {
    const path = join(this.dataDir, 'manifest.json');
    const document = existsSync(path) ? parseJson(readFileSync(path, 'utf8')) : null;
    return isRecord(document) ? (document as unknown as Manifest) : { active: {}, versions: {} };
  }

  private writeManifest(manifest: Manifest): void {
    mkdirSync(this.dataDir, { recursive: true });
    writeFileSync(join(this.dataDir, 'manifest.json'), JSON.stringify(manifest, null, 2));
  }
}
