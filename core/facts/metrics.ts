import type { SyntaxNode } from '../syntax/node';
import type { FactCollector, ParsedFile } from './parsed-file';
import { countRoutes } from './routes';

/** The figures of one module in a report. */
export type MetricsFact = {
  /** Classes, nested ones and class expressions too. */
  readonly classes: number;
  /** Functions and methods, nested ones too; arrow functions and function expressions only when they are bound to a name. */
  readonly functions: number;
  /** Registrations of routes with a web framework. */
  readonly routes: number;
};

export const METRICS_ID = 'base:metrics';

const KINDS = {
  python: ['class_definition', 'function_definition'],
  typescript: [
    'class_declaration',
    'abstract_class_declaration',
    'class',
    'function_declaration',
    'generator_function_declaration',
    'method_definition',
    'function_expression',
    'generator_function',
    'arrow_function',
  ],
} as const;

const CLASSES = new Set(['class_definition', 'class_declaration', 'abstract_class_declaration', 'class']);
const ANONYMOUS = new Set(['arrow_function', 'function_expression', 'generator_function']);

/** Counts classes, functions and routes of every file. */
export const metricsCollector: FactCollector<MetricsFact> = {
  id: METRICS_ID,
  version: 2,
  families: ['python', 'typescript'],
  kinds: (family) => KINDS[family],
  start: (file) => {
    let classes = 0;
    let functions = 0;
    return {
      visit: (node) => {
        const { type } = node;
        if (CLASSES.has(type)) classes += type !== 'class' || node.isNamed ? 1 : 0;
        else if (!ANONYMOUS.has(type) || isBound(node, type, file)) functions++;
      },
      finish: () => ({ classes, functions, routes: countRoutes(file) }),
    };
  },
};

/**
 * Whether a function expression has a name: its own, or that of the variable, field, assignment target or property that it is the
 * value of; a function that a module exports as its default is a declaration, whatever the grammar calls it. The text in front decides
 * most cases, so that the tree is asked for few.
 */
function isBound(node: SyntaxNode, type: string, { source: { text } }: ParsedFile): boolean {
  let at = node.startIndex - 1;
  while (at >= 0 && isBlank(text.charCodeAt(at))) at--;
  const before = text[at];
  if ((before === '=' || before === ':') && BINDERS.has(node.parent?.type ?? '')) return true;
  if (type === 'arrow_function') return false;
  return node.childForFieldName('name') !== null || (before === 't' && node.parent?.type === 'export_statement');
}

const BINDERS = new Set([
  'variable_declarator',
  'public_field_definition',
  'field_definition',
  'assignment_expression',
  'pair',
]);

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
