import { ZodError } from 'zod';

/** An error that the caller of the API should see. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = 'HttpError';
  }
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly params: Record<string, string>;
  readonly query: Record<string, string | undefined>;
  readonly body: unknown;
}

/** What a handler fills in; the first `json` wins. */
export class Response {
  statusCode = 200;
  body: unknown = undefined;

  status(code: number): this {
    this.statusCode = code;
    return this;
  }

  json(body: unknown): void {
    this.body ??= body;
  }
}

export type Handler = (req: Request, res: Response) => void | Promise<void>;

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly handler: Handler;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

export interface RouterInstance {
  readonly routes: readonly Route[];
  get(path: string, handler: Handler): void;
  post(path: string, handler: Handler): void;
  put(path: string, handler: Handler): void;
  delete(path: string, handler: Handler): void;
  /** Mounts the routes of another router after our own, below a prefix. */
  use(prefix: string, other: RouterInstance): void;
  handle(method: string, url: string, body?: unknown): Promise<Response>;
}

/** Routes are tried in the order in which they were added. */
export function Router(): RouterInstance {
  const routes: Route[] = [];

  const add = (method: string, path: string, handler: Handler): void => {
    routes.push({ method, path, handler, ...compile(path) });
  };

  return {
    routes,
    get: (path, handler) => add('GET', path, handler),
    post: (path, handler) => add('POST', path, handler),
    put: (path, handler) => add('PUT', path, handler),
    delete: (path, handler) => add('DELETE', path, handler),
    use: (prefix, other) => {
      for (const route of other.routes) add(route.method, prefix + route.path, route.handler);
    },
    handle: (method, url, body) => dispatch(routes, method, url, body),
  };
}

/** `:name` takes one segment, `*name` takes the rest of the path. */
function compile(path: string): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const source = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/([:*])(\w+)/g, (_, kind: string, name: string) => {
    names.push(name);
    return kind === ':' ? '([^/]+)' : '(.+)';
  });
  return { pattern: new RegExp(`^${source}$`), names };
}

async function dispatch(routes: readonly Route[], method: string, url: string, body: unknown): Promise<Response> {
  const { pathname, searchParams } = new URL(url, 'http://service.local');
  const res = new Response();
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(pathname) : null;
    if (match === null) continue;
    const params = Object.fromEntries(
      route.names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]),
    );
    try {
      await route.handler({ method, path: pathname, params, query: Object.fromEntries(searchParams), body }, res);
    } catch (error) {
      return failure(error);
    }
    return res;
  }
  res.status(404).json({ error: `No route for ${method} ${pathname}` });
  return res;
}

function failure(error: unknown): Response {
  const res = new Response();
  if (error instanceof HttpError) {
    res
      .status(error.status)
      .json({ error: error.message, ...(error.details === undefined ? {} : { details: error.details }) });
  } else if (error instanceof ZodError) {
    res.status(422).json({ error: 'Invalid request', details: error.issues.map((issue) => issue.message) });
  } else {
    res.status(500).json({ error: error instanceof Error ? error.message : String(error) });
  }
  return res;
}
