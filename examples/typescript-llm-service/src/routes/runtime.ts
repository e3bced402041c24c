import { HttpError, Router } from '../http/router';
import { isRecord } from '../parsing';
import { type RuntimeController, type ServiceStatus, UnknownServiceError } from '../runtime/runtime-controller';

export interface StartRequest {
  readonly model: string | undefined;
  readonly extraArgs: readonly string[];
}

/** Routes that start, stop and observe the serving processes. */
export function runtimeRouter(controller: RuntimeController) {
  const router = Router();

  router.get('/runtime/services', (_req, res) => {
    res.json(controller.allStatuses());
  });

  router.post('/runtime/services/:name/start', (req, res) => {
    const request = parseStartRequest(req.body);
    const extra = request.model === undefined ? request.extraArgs : [...request.extraArgs, '--model', request.model];
    const status = known(() => controller.start(req.params.name ?? '', extra));
    if (status.error !== null) throw new HttpError(500, `${status.name} did not start: ${status.error}`);
    res.json(status);
  });

  router.post('/runtime/services/:name/stop', (req, res) => {
    res.json(known(() => controller.stop(req.params.name ?? '', req.query.force === 'true')));
  });

  router.get('/runtime/services/:name/logs', (req, res) => {
    const lines = Number(req.query.lines ?? 100);
    if (!Number.isInteger(lines) || lines < 1 || lines > 2000)
      throw new HttpError(422, 'lines must be between 1 and 2000');
    res.json({ service: req.params.name, lines: known(() => controller.tailLog(req.params.name ?? '', lines)) });
  });

  router.get('/runtime/history', (_req, res) => {
    res.json(controller.history());
  });

  return router;
}

export function parseStartRequest(body: unknown): StartRequest {
  const document = isRecord(body) ? body : {};
  const { model, extraArgs = [] } = document;
  if (!Array.isArray(extraArgs) || extraArgs.some((item) => typeof item !== 'string')) {
    throw new HttpError(422, 'extraArgs must be a list of strings');
  }
  if (model === undefined || model === null) return { model: undefined, extraArgs };
  if (typeof model !== 'string' || model.length > 100) {
    throw new HttpError(422, 'Model to serve must have at most 100 characters');
  }
  if (!/^[\w\-.:]+$/.test(model)) {
    throw new HttpError(422, 'Model to serve contains characters that are not allowed');
  }
  return { model, extraArgs };
}

function known<T extends ServiceStatus | string[]>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof UnknownServiceError) throw new HttpError(404, error.message);
    throw error;
  }
}
