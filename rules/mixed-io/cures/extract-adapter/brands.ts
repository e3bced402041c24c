import { capital } from '../../../../core/text/words';

/** How services and programs write their names, where that is not one capital. */
const BRANDS: Readonly<Record<string, string>> = {
  huggingface: 'HuggingFace',
  openai: 'OpenAI',
  github: 'GitHub',
  gitlab: 'GitLab',
  youtube: 'YouTube',
  duckduckgo: 'DuckDuckGo',
  vllm: 'Vllm',
  ollama: 'Ollama',
  docker: 'Docker',
  slack: 'Slack',
  stripe: 'Stripe',
  anthropic: 'Anthropic',
  telegram: 'Telegram',
  discord: 'Discord',
  azure: 'Azure',
  tavily: 'Tavily',
  openrouter: 'OpenRouter',
};

/** Hosts that are not named after their service. */
const HOSTS: Readonly<Record<string, string>> = { githubusercontent: 'github', steampowered: 'steam' };

/** Services that are known by their port on whatever machine. */
const PORTS: Readonly<Record<string, string>> = {
  11434: 'ollama',
  9200: 'elasticsearch',
  6333: 'qdrant',
  9090: 'prometheus',
  8500: 'consul',
  2375: 'docker',
};

/** The service that a URL names by its host or port, in lower case: `github` of `https://api.github.com/...`. */
export function serviceOfUrl(url: string): string | undefined {
  const port = /https?:\/\/[\w.-]+:(\d+)/.exec(url)?.[1];
  return serviceOfHost(url) ?? (port && PORTS[port]);
}

/** The service whose host a text names, in lower case. */
function serviceOfHost(text: string): string | undefined {
  const host = /https?:\/\/([A-Za-z\d.-]+\.[A-Za-z]{2,})(?=[/:"'?{`$\s]|$)/.exec(text)?.[1];
  if (host === undefined || /^[\d.]+$/.test(host) || /\.(?:local|internal|lan|example|invalid|test)$/.test(host))
    return undefined;
  const labels = host.toLowerCase().split('.');
  const last = labels.length - 1;
  const isTwoPart = /^(?:co|com|org|gov|ac|net)$/.test(labels[last - 1] ?? '') && labels[last]!.length === 2;
  const name = labels[last - (isTwoPart ? 2 : 1)] ?? '';
  if (name === '' || name === 'example') return undefined;
  const bare = name.replace(/apis$/, '').replace(/[^a-z\d]/g, '');
  return HOSTS[bare] ?? bare;
}

/** The first well-known service among some words, in lower case. */
export function brandIn(words: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    if (Object.hasOwn(BRANDS, word)) return word;
    const pair = `${word}${words[at + 1] ?? ''}`;
    if (Object.hasOwn(BRANDS, pair)) return pair;
  }
  return undefined;
}

/**
 * `HuggingFace`, `Git`, `NvidiaSmi`.
 * @param symbol a class whose name may spell it: `EpicGames`
 */
export function brandName(service: string, symbol = ''): string {
  const at = symbol.toLowerCase().indexOf(service.replaceAll('_', ''));
  const spelled = at < 0 ? '' : symbol.slice(at, at + service.replaceAll('_', '').length);
  const isWhole = /^[A-Z]/.test(spelled) && !/^[a-z]/.test(symbol.slice(at + spelled.length));
  if (isWhole && !Object.hasOwn(BRANDS, service)) return spelled;
  return service
    .split('_')
    .map((word) => BRANDS[word] ?? capital(word))
    .join('');
}
