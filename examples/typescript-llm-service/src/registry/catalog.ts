import { isRecord, parseSize } from '../parsing';

export interface CatalogEntry {
  readonly name: string;
  readonly summary: string | null;
  readonly downloads: number;
  readonly weeks: number;
  readonly sizeBytes: number | null;
}

/** The public catalogue, fetched when the copy in memory is older than its time to live. */
export class Catalog {
  private copy: { fetchedAt: number; entries: CatalogEntry[] } | undefined;
  degraded = false;

  constructor(
    private readonly baseUrl: string,
    private readonly ttlMs = 900_000,
  ) {}

  async trending(limit: number): Promise<CatalogEntry[]> {
    const score = (entry: CatalogEntry) => entry.downloads * Math.max(0.1, 1 - entry.weeks / 10);
    return [...(await this.load())].sort((left, right) => score(right) - score(left)).slice(0, limit);
  }

  async newest(limit: number): Promise<CatalogEntry[]> {
    return [...(await this.load())].sort((left, right) => left.weeks - right.weeks).slice(0, limit);
  }

  private async load(): Promise<CatalogEntry[]> {
    if (this.copy !== undefined && Date.now() - this.copy.fetchedAt < this.ttlMs) return this.copy.entries;
    try {
      const response = await fetch(`${this.baseUrl}/v1/models`);
      if (!response.ok) throw new Error(`The catalogue answered ${response.status}`);
      const items: unknown = await response.json();
      this.copy = { fetchedAt: Date.now(), entries: (Array.isArray(items) ? items : []).filter(isRecord).map(toEntry) };
      this.degraded = false;
    } catch {
      this.degraded = true;
    }
    return this.copy?.entries ?? [];
  }
}

function toEntry(item: Record<string, unknown>): CatalogEntry {
  return {
    name: String(item.name),
    summary: typeof item.summary === 'string' ? item.summary : null,
    downloads: Number(item.downloads ?? 0),
    weeks: Number(item.weeks ?? 0),
    sizeBytes: typeof item.size === 'string' ? parseSize(item.size) : null,
  };
}
