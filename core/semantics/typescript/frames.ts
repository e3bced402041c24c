import type { SyntaxNode } from '../../syntax/node';
import type { BindingKind } from '../model';
import type { ScopeNode } from './scope-tree';

/** The kinds of nodes that are names. Property names, keys and labels have kinds of their own in the grammars. */
export const NAME_KINDS = [
  'identifier',
  'type_identifier',
  'shorthand_property_identifier',
  'shorthand_property_identifier_pattern',
] as const;

/** What becomes of the names in a pattern or a declarator. */
export type Target =
  | { readonly declare: BindingKind; readonly hoisted: boolean }
  /** Assignment to names that exist. */
  | 'assign'
  /** Names that mean nothing, as those of tuple members. */
  | 'ignore';

/** How far the pass has come in a structural node: its name (or left side, or pattern) comes first, the rest is read. */
export const Phase = { head: 0, rest: 1 } as const;

/** A structural node whose end the pass has not reached. */
export class Frame {
  phase: number = Phase.head;
  target: Target | undefined;
  /** From here on names belong to `outer` again: the false branch of a conditional type. */
  scopeEnd = Number.POSITIVE_INFINITY;
  /** Offset of the left side of `for (left of ...)`, or where a parenthesised assignment target stands; -1 for none. */
  leftStart = -1;
  leftEnd = -1;
  /** Name and its end that the node declares, for the name of a function assigned to it. */
  declared = '';
  declaredEnd = -1;

  constructor(
    readonly type: string,
    readonly node: SyntaxNode,
    readonly start: number,
    readonly end: number,
    /** The frame around this one. */
    readonly parent: Frame | undefined,
    /** The scope that names inside are evaluated in. */
    public scope: ScopeNode,
    /** The scope around the node. */
    readonly outer: ScopeNode,
  ) {}

  scopeAt(offset: number): ScopeNode {
    return offset >= this.scopeEnd ? this.outer : this.scope;
  }
}

export const FUNCTION_KINDS: ReadonlySet<string> = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
]);

export const CLASS_KINDS: ReadonlySet<string> = new Set(['class_declaration', 'abstract_class_declaration', 'class']);

/** Function shapes without a body: their parameters and type parameters live in a scope of types. */
export const SIGNATURE_KINDS: ReadonlySet<string> = new Set([
  'function_signature',
  'function_type',
  'constructor_type',
  'call_signature',
  'construct_signature',
  'method_signature',
  'abstract_method_signature',
]);

export const PATTERN_KINDS: ReadonlySet<string> = new Set([
  'object_pattern',
  'array_pattern',
  'rest_pattern',
  'pair_pattern',
  'assignment_pattern',
  'object_assignment_pattern',
]);

/** Every kind that the pass asks the engine for. */
export const WALK_KINDS: readonly string[] = [
  ...NAME_KINDS,
  ...FUNCTION_KINDS,
  ...CLASS_KINDS,
  ...SIGNATURE_KINDS,
  ...PATTERN_KINDS,
  'formal_parameters',
  'required_parameter',
  'optional_parameter',
  'statement_block',
  'class_heritage',
  'class_body',
  'class_static_block',
  'computed_property_name',
  'decorator',
  'lexical_declaration',
  'variable_declaration',
  'using_declaration',
  'variable_declarator',
  'assignment_expression',
  'augmented_assignment_expression',
  'update_expression',
  'for_statement',
  'for_in_statement',
  'switch_body',
  'catch_clause',
  'enum_declaration',
  'internal_module',
  'module',
  'ambient_declaration',
  'interface_declaration',
  'type_alias_declaration',
  'type_parameters',
  'type_parameter',
  'conditional_type',
  'infer_type',
  'index_signature',
  'mapped_type_clause',
  'nested_type_identifier',
  'import_statement',
  'import_alias',
  'export_statement',
  'export_specifier',
  'jsx_opening_element',
  'jsx_self_closing_element',
  'jsx_closing_element',
  'jsx_namespace_name',
];
