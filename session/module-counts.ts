import type { FactCollector } from '../core/facts/parsed-file';
import type { SyntaxNode } from '../core/syntax/node';

/** How many classes and functions a file defines: the figures of the report's table of modules. */
export type ModuleCounts = { readonly classes: number; readonly functions: number };

const CLASSES = {
  python: ['class_definition'],
  typescript: ['class_declaration', 'abstract_class_declaration', 'class'],
} as const;

const FUNCTIONS = {
  python: ['function_definition'],
  typescript: [
    'function_declaration',
    'generator_function_declaration',
    'function_expression',
    'generator_function',
    'method_definition',
    'arrow_function',
  ],
} as const;

/** What gives an arrow function a name: a variable, an assignment, a class field or a property of an object. */
const NAMING = new Set(['variable_declarator', 'assignment_expression', 'public_field_definition', 'field_definition', 'pair']);

/** Counts nested definitions and methods too; arrow functions only where they are bound to a name, overload signatures never. */
export const moduleCounts: FactCollector<ModuleCounts> = {
  id: 'base:module-counts',
  version: 1,
  families: ['python', 'typescript'],
  kinds: (family) => [...CLASSES[family], ...FUNCTIONS[family]],
  start: ({ family }) => {
    const isClass = new Set<string>(CLASSES[family]);
    let classes = 0;
    let functions = 0;
    return {
      visit: (node) => {
        // The keyword `class` is a node of the same type as a class expression.
        if (isClass.has(node.type)) classes += node.isNamed ? 1 : 0;
        else if (node.type !== 'arrow_function' || isNamed(node)) functions++;
      },
      finish: () => (classes + functions > 0 ? { classes, functions } : undefined),
    };
  },
};

function isNamed(arrow: SyntaxNode): boolean {
  let parent = arrow.parent;
  while (parent && ['parenthesized_expression', 'as_expression', 'satisfies_expression'].includes(parent.type)) parent = parent.parent;
  return parent !== null && NAMING.has(parent.type);
}
