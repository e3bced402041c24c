import { expect, test } from 'vitest';
import { agentOf, isWeakVerb, verbOf } from './agent-noun';
import { camelOf, pascalOf, snakeOf, wordsOf } from './words';

test('a name in any case has the same words', () => {
  for (const name of ['readHTTPUrl', 'read_http_url', 'READ-HTTP-URL', 'ReadHttpUrl', '_read.http url'])
    expect(wordsOf(name)).toEqual(['read', 'http', 'url']);
  expect(wordsOf('sha256Sum')).toEqual(['sha256', 'sum']);
  expect(wordsOf('__')).toEqual([]);
});

test('words and names are written in each case', () => {
  expect(pascalOf('model_registry')).toBe('ModelRegistry');
  expect(camelOf(['model', 'registry'])).toBe('modelRegistry');
  expect(snakeOf('HTTPServer')).toBe('http_server');
  expect(camelOf([])).toBe('');
});

test('who does what a verb says', () => {
  const agents =
    'read:reader write:writer detect:detector collect:collector aggregate:aggregator distribute:distributor copy:copier'
      .concat(
        ' strip:stripper format:formatter process:undefined monitor:monitor flush:flusher play:player poll:poller',
      )
      .split(' ')
      .map((pair) => pair.split(':') as [string, string]);
  for (const [verb, agent] of agents) expect(String(agentOf(verb)), verb).toBe(agent);
  expect(agentOf('noun')).toBeUndefined();
  expect(agentOf('get')).toBeUndefined();
  expect(isWeakVerb('get')).toBe(true);
  expect(agentOf('buffer')).toBe('buffer');
  expect(verbOf('reader')).toBe('read');
  expect(verbOf('runner')).toBe('run');
  expect(verbOf('resampler')).toBe('resample');
  expect(verbOf('letter')).toBeUndefined();
});
