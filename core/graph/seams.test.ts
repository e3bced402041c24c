import { expect, test } from 'vitest';
import { nameStems } from './seams';

test.each([
  ['listModelCapabilities', ['capability', 'model']],
  ['_parse_caches_of_statuses', ['cache', 'parse', 'status']],
  ['HTTPAliasesForChildren', ['alias', 'child', 'http']],
  ['get_all_data', []],
])('%s is named after %j', (name, stems) => {
  expect(nameStems(name)).toEqual(stems);
});
