import { join } from 'node:path';
import { loadConfig, serviceVersion } from './config';
import { EventBus } from './events';
import { Housekeeping } from './housekeeping';
import { Router, type RouterInstance } from './http/router';
import { OllamaKernel } from './llm/kernel';
import { fileLogger, type Logger } from './logging';
import { Orchestrator } from './orchestrator';
import { Catalog } from './registry/catalog';
import { HubClient } from './registry/hub-client';
import { ModelRegistry } from './registry/model-registry';
import { chatRouter } from './routes/chat';
import { modelsRouter, setModelServices } from './routes/models';
import { runtimeRouter } from './routes/runtime';
import { RuntimeController } from './runtime/runtime-controller';
import { Translator } from './translation';
import { renderStatusPage } from './ui/StatusPage';

export interface App {
  readonly router: RouterInstance;
  close(): Promise<void>;
}

/** The application with every service wired. */
export function createApp(env: Record<string, string | undefined>, logger?: Logger): App {
  const config = loadConfig(env);
  const log = logger ?? fileLogger(join(config.dataDir, 'service.jsonl'));
  const bus = new EventBus();
  const kernel = new OllamaKernel(config.ollamaUrl, config.defaultModel);
  const registry = new ModelRegistry(config.ollamaUrl, config.dataDir, bus, log);
  const controller = new RuntimeController(join(config.dataDir, 'logs'), log);
  const housekeeping = new Housekeeping(config.dataDir, config.sweepIntervalMs, config.webhookUrl);

  setModelServices({
    registry,
    hub: new HubClient(),
    catalog: new Catalog(config.catalogUrl),
    translator: new Translator(kernel),
    kernelFor: (model) => new OllamaKernel(config.ollamaUrl, model),
    configDir: join(config.dataDir, 'config'),
    logger: log,
  });

  const router = Router();
  router.use('/api/v1', modelsRouter);
  router.use('/api/v1', runtimeRouter(controller));
  router.use('/api/v1', chatRouter(new Orchestrator(kernel, bus, log)));
  router.get('/health', async (_req, res) => {
    res.json({ status: 'ok', version: serviceVersion(process.cwd()), ollama: await registry.isReachable() });
  });
  router.get('/', async (_req, res) => {
    const models = await registry.list();
    res.json(renderStatusPage({ models, services: controller.allStatuses(), active: registry.active() }));
  });

  housekeeping.start();
  return {
    router,
    close: async () => {
      housekeeping.stop();
      await registry.drain();
    },
  };
}
