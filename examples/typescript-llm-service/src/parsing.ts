const UNITS: Record<string, number> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** The decoded document, or null when the text is not JSON. */
export function parseJson(text: string): unknown | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Bytes of a size as people write it ("4.7 GB"), or null. */
export function parseSize(text: string): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([KMGT]?)i?B\s*$/i.exec(text);
  const unit = match?.[2]?.toUpperCase();
  return match === null || unit === undefined ? null : Math.floor(Number(match[1]) * (UNITS[unit] ?? 1));
}

/** Billions of parameters from a tag such as `8b` or `70B-instruct`, or null. */
export function parameterCount(label: string): number | null {
  const match = /(\d+(?:\.\d+)?)\s*b(?![a-z])/i.exec(label);
  return match === null ? null : Number(match[1]);
}

export function tryUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
