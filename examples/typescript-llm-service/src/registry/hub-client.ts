import { isRecord } from '../parsing';

export interface HubHit {
  readonly name: string;
  readonly downloads: number;
  readonly tags: readonly string[];
}

/** Thrown when the hub answers with a status that the caller should see. */
export class HubError extends Error {
  constructor(readonly status: number) {
    super(`The hub answered ${status}`);
  }
}

const REPOSITORY_NAME = /^[\w\-.:/]+$/;

/** Searches the public hub; nothing is kept here. */
export class HubClient {
  constructor(private readonly baseUrl = 'https://huggingface.co') {}

  async search(query: string, limit: number): Promise<HubHit[]> {
    const url = `${this.baseUrl}/api/models?search=${encodeURIComponent(query)}&limit=${limit}&sort=downloads`;
    const response = await fetch(url, { headers: this.headers() });
    if (response.status === 429) return [];
    if (!response.ok) throw new HubError(response.status);
    const items: unknown = await response.json();
    return (Array.isArray(items) ? items : [])
      .filter(isRecord)
      .filter((item) => item.private !== true)
      .map((item) => ({
        name: String(item.id),
        downloads: Number(item.downloads ?? 0),
        tags: Array.isArray(item.tags) ? item.tags.map(String) : [],
      }));
  }

  async card(name: string): Promise<Record<string, unknown> | undefined> {
    if (name === '' || name.length > 200) {
      throw new RangeError('Repository name must have 1-200 characters');
    }
    if (!REPOSITORY_NAME.test(name)) {
      throw new RangeError('Repository name contains characters that are not allowed');
    }
    const response = await fetch(`${this.baseUrl}/api/models/${name}`, { headers: this.headers() });
    if (response.status === 401 || response.status === 404) return undefined;
    if (!response.ok) throw new HubError(response.status);
    const document: unknown = await response.json();
    return isRecord(document) ? document : undefined;
  }

  private headers(): Record<string, string> {
    // The token is read at each call: operators rotate it without a restart.
    const token = process.env.HF_TOKEN;
    return token ? { authorization: `Bearer ${token}` } : {};
  }
}
