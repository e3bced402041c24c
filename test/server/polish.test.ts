import { expect, test } from 'vitest';
import { startClient } from '../support/language-client';

const STORE = `import logging

logger = logging.getLogger(__name__)


def save(path, data):
    try:
        path.write_text(data)
    except Exception:
        pass
`;

const OURS = { isSeamlineClient: true, docsBaseUrl: 'vscode://seamline.seamline/rules/' };

test('a client that speaks Polish is answered in Polish', async () => {
  const client = await startClient({ 'a.py': STORE }, { locale: 'pl', initializationOptions: OURS });
  await client.open('a.py', STORE);
  const report = await client.eventually(
    () => client.pull('a.py'),
    (answer) => answer.kind === 'full' && answer.items.length > 0,
  );
  const [diagnostic] = report.kind === 'full' ? report.items : [];
  expect(diagnostic?.message).toBe(
    'łapie każdy wyjątek i bez śladu działa dalej: zapisz go w dzienniku, zawęź typ albo napisz, dlaczego można go pominąć',
  );
  const titles = (await client.actions('a.py', 9)).map(({ title }) => title);
  expect(titles).toEqual(
    expect.arrayContaining([
      'Zapisz w dzienniku przez logger.warning',
      'Napisz, dlaczego wyjątek można pominąć...',
      'Ignoruj tutaj silent-exception (z podaniem powodu)...',
    ]),
  );
  const reference = { ...diagnostic!.data, cure: 'log-exception', fingerprint: 'gone' };
  expect(await client.connection.sendRequest('seamline/planCure', reference)).toMatchObject({
    refusal: { code: 'file-changed', reason: 'plik zmienił się w międzyczasie: spróbuj ponownie' },
  });
});

test('and gets the report of an audit in Polish', async () => {
  const client = await startClient({ 'a.py': STORE }, { locale: 'pl-PL', initializationOptions: OURS });
  const { report } = await client.connection.sendRequest<{ report: string }>('seamline/audit', {});
  expect(report).toMatch(/^# Raport refaktoryzacji: /);
  expect(report).toContain('## Najważniejsze ryzyka');
  expect(report).toContain('- Znaleziska: 1 (1 ostrzeżenie)');
});
