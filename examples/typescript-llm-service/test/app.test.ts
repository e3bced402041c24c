import { expect, it } from 'vitest';
import { createApp } from '../src/app';
import { MemoryLogger } from '../src/logging';
import { stubFetch, temporaryFolder } from './support';

it('wires every router', async () => {
  stubFetch(new Error('refused'));
  const app = createApp({ LLM_SERVICE_DATA_DIR: temporaryFolder() }, new MemoryLogger());
  expect((await app.router.handle('GET', '/health')).body).toMatchObject({ status: 'ok', ollama: false });
  expect((await app.router.handle('GET', '/api/v1/models')).body).toMatchObject({ models: [], problem: 'refused' });
  expect((await app.router.handle('GET', '/api/v1/runtime/services')).body).toHaveLength(3);
  expect((await app.router.handle('POST', '/api/v1/chat', { prompt: 'Hello' })).statusCode).toBe(502);
  expect((await app.router.handle('GET', '/')).body).toContain('<h1>Models</h1>');
  await app.close();
});
