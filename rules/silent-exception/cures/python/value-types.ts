import type { ParsedFile } from '../../../../core/facts/parsed-file';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { enclosingMethod, nameOf, textOf } from './handler';
import { isPlainData, knownType, PLAIN_DATA } from './raised-table';

/** What is known of the values of a file's expressions: their types by qualified name, parsed data as {@link PLAIN_DATA}. */
export class ValueTypes {
  private readonly model: PythonModel;

  constructor(private readonly file: ParsedFile) {
    this.model = file.semantics as PythonModel;
  }

  typeOf(node: SyntaxNode | null): string | undefined {
    const type = node ? this.model.typeOf(node) : undefined;
    if (type) return type.certain ? type.path : undefined;
    if (node && this.isData(node)) return PLAIN_DATA;
    const callee = node?.type === 'call' ? node.childForFieldName('function') : null;
    const path = callee ? this.pathOf(callee) : node?.type === 'attribute' ? this.memberPath(node) : undefined;
    return path === undefined ? undefined : knownType(path);
  }

  /** Whether a value comes out of a parser of JSON and the like: lists, dicts and plain values only. */
  private isData(node: SyntaxNode): boolean {
    if (node.type === 'parenthesized_expression' || node.type === 'await')
      return node.firstNamedChild !== null && this.isData(node.firstNamedChild);
    if (node.type === 'subscript') {
      const value = node.childForFieldName('value');
      return value !== null && this.typeOf(value) === PLAIN_DATA;
    }
    if (node.type === 'call') {
      const callee = node.childForFieldName('function');
      const path = callee ? this.pathOf(callee) : undefined;
      return path !== undefined && isPlainData(path);
    }
    if (node.type !== 'identifier') return false;
    const binding = this.model.bindingAt(node.startIndex);
    const [only] = binding?.writes ?? [];
    if (!only || binding?.writes.length !== 1 || binding.kind === 'parameter') return false;
    const target = this.file.root.descendantForIndex(only.start, only.end);
    const assignment = target?.parent;
    const isGiven = assignment?.type === 'assignment' || assignment?.type === 'for_statement';
    const value = isGiven ? assignment.childForFieldName('right') : null;
    return value !== null && assignment?.childForFieldName('left')?.id === target?.id && this.isData(value);
  }

  /** The qualified name of what is called: through imports, else through the type of the receiver. */
  pathOf(callee: SyntaxNode): string | undefined {
    const { model } = this;
    const direct = model.qualifiedName(callee);
    if (direct) return direct.certain ? direct.path : undefined;
    return callee.type === 'attribute' ? this.memberPath(callee) : undefined;
  }

  /** `pathlib.Path.name` of `path.name`. */
  memberPath(node: SyntaxNode): string | undefined {
    const type = this.typeOf(node.childForFieldName('object'));
    const attribute = node.childForFieldName('attribute');
    return type !== undefined && attribute ? `${type}.${textOf(this.file, attribute)}` : undefined;
  }

  /** `self.x`, which the class sets and computes nowhere. */
  isPlainMember(node: SyntaxNode): boolean {
    const { file } = this;
    const name = /^self\.(\w+)$/.exec(textOf(file, node))?.[1];
    const owner = enclosingMethod(node)?.owner;
    if (name === undefined || !owner) return false;
    const isComputed = owner.descendantsOfType('function_definition').some((one) => nameOf(file, one) === name);
    return !isComputed && new RegExp(`\\bself\\.${name}\\s*(?::[^=\\n]+)?=(?!=)`).test(textOf(file, owner));
  }
}
