import { z } from 'zod';
import { HttpError, Router } from '../http/router';
import type { Orchestrator } from '../orchestrator';

const chatRequest = z.object({ prompt: z.string().min(1).max(20_000) });

/** Routes that take prompts and hand answers out, whole or in pieces. */
export function chatRouter(orchestrator: Orchestrator) {
  const router = Router();

  router.post('/chat', async (req, res) => {
    const { prompt } = chatRequest.parse(req.body);
    const task = await orchestrator.run(orchestrator.submit(prompt).id);
    if (task.status === 'failed') throw new HttpError(502, task.error ?? 'The model did not answer');
    res.json({ taskId: task.id, answer: task.answer, metrics: task.metrics });
  });

  router.post('/chat/stream', async (req, res) => {
    const { prompt } = chatRequest.parse(req.body);
    const task = orchestrator.submit(prompt);
    const frames: string[] = [];
    const stop = orchestrator.follow(task.id, (event, data) => {
      frames.push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    });
    try {
      await orchestrator.run(task.id);
    } finally {
      stop();
    }
    res.json(frames.join(''));
  });

  router.get('/chat/:taskId', (req, res) => {
    const task = orchestrator.get(req.params.taskId ?? '');
    if (task === undefined) throw new HttpError(404, `Unknown task: ${req.params.taskId}`);
    res.json({ taskId: task.id, status: task.status, partial: task.partial });
  });

  return router;
}
