import { expect, test } from 'vitest';
import { isTakenAsAttribute } from './still-named';

const MODULE = 'shop/models.py';

test.each([
  ['from the module by its name', 'from shop import models\nmodels.Name()\n', true],
  ['from one of several on a line', 'from shop import (\n    forms,\n    models,\n)\nmodels.Name()\n', true],
  ['from the module by its path', 'import shop.models\nshop.models.Name()\n', true],
  ['from the module by another name', 'from shop import models as m\nm.Name()\n', true],
  ['from the path by another name', 'import shop.models as m\nm.Name()\n', true],
  ['relatively', 'from . import models\nx = models . Name\n', true],
  ['as a string', "from shop import models\nsetattr(thing(), 'Name', 1)\n", true],
  ['from what the module was handed to', 'from shop import models\nuse(models)\nother.Name()\n', true],
  ['from what the module is called then', 'from shop import models\nm = models\nm.Name()\n', true],
  ['from something else', 'from shop import models\nmodels.Other()\nthing.Name()\n', false],
  ['from a module of the same name elsewhere', 'from shop import models\nmodels.x()\nother.models.Name()\n', false],
  ['in a comment that hands the module on', 'from shop import models\nmodels.x()  # models\nthing.Name()\n', false],
  ['as a longer name', 'from shop import models\nmodels.Names()\n', false],
])('%s', (_, text, expected) => expect(isTakenAsAttribute('Name', MODULE, text)).toBe(expected));

test('a path may hold what means something in a pattern', () => {
  expect(isTakenAsAttribute('name', 'c++ (old)/part[1].py', 'import x\nx.name\n')).toBe(false);
});

test('from a package', () => {
  expect(isTakenAsAttribute('Name', 'shop/__init__.py', 'import shop\nshop.Name()\n')).toBe(true);
});
