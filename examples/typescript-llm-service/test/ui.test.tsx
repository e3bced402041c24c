import { describe, expect, it } from 'vitest';
import { h } from '../src/ui/h';
import { nameProblem, renderStatusPage } from '../src/ui/StatusPage';
import { record } from './support';

const SERVICE = { name: 'ollama', running: true, pid: 7, cpuPercent: 1, memoryMb: 64, error: null };

describe('the status page', () => {
  it('shows services and models', () => {
    const page = renderStatusPage({
      models: [record('llama3:8b', { sizeBytes: 5 * 1024 ** 3 }), record('phi3:mini')],
      services: [SERVICE, { ...SERVICE, name: 'vllm', running: false, error: '<no gpu>' }],
      active: { ollama: 'llama3:8b' },
    });
    expect(page).toContain('<p class="warning">1 of 2 services run</p>');
    expect(page).toContain('<li>ollama: pid 7, 64 MB</li>');
    expect(page).toContain('<li>vllm: stopped<strong>&lt;no gpu&gt;</strong></li>');
    expect(page).toContain('<tr class="active"><td>llama3:8b</td><td>5 GB</td><td>completion</td></tr>');
    expect(page).toContain('<tr><td>phi3:mini</td><td>unknown</td>');
    expect(page).toContain('<input name="name" maxlength="100" required>');
  });

  it('writes numbers plainly for a locale that it does not know', () => {
    const models = [record('a', { sizeBytes: 1.5 * 1024 ** 3 })];
    expect(renderStatusPage({ models, services: [], active: {}, locale: 'de' })).toContain('1,5 GB');
    expect(renderStatusPage({ models, services: [], active: {}, locale: '!' })).toContain('1.5 GB');
  });

  it('escapes attributes', () => {
    expect((<p title={'"<'}>{[1, null, false, 'a&b']}</p>).toString()).toBe('<p title="&quot;&lt;">1a&amp;b</p>');
  });
});

describe('the form', () => {
  it.each([
    ['', 'Type a name of at most 100 characters'],
    ['a'.repeat(101), 'Type a name of at most 100 characters'],
    ['a/b', 'Use letters, digits and - . : _ only'],
    ['llama3:8b', null],
  ])('says about %j: %s', (name, problem) => {
    expect(nameProblem(name)).toBe(problem);
  });
});
