import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { TypeSource } from './types';

/** Functions with a `this` of their own. */
const OWN_THIS: ReadonlySet<string> = new Set([
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
]);

const SOURCES = [
  'class_body',
  'public_field_definition',
  'field_definition',
  'required_parameter',
  'optional_parameter',
  'method_definition',
  'assignment_expression',
];

/** What the classes of a file say of their instances' members; gathered once for each class that is asked about. */
export class ClassMembers {
  private readonly byBody = new Map<number, ReadonlyMap<string, readonly TypeSource[]>>();
  private bodies: ReadonlyMap<string, SyntaxNode> | undefined;

  constructor(
    private readonly root: SyntaxNode,
    private readonly source: SourceFile,
  ) {}

  /** The body of the class whose instance a `this` is; undefined in plain functions and methods of object literals. */
  classBodyOfThis(node: SyntaxNode): SyntaxNode | undefined {
    for (let at = node.parent; at; at = at.parent) {
      if (OWN_THIS.has(at.type)) return undefined;
      if (at.type === 'method_definition') return at.parent?.type === 'class_body' ? at.parent : undefined;
      if (at.type === 'class_body') return at;
    }
    return undefined;
  }

  bodyOfClass(name: string): SyntaxNode | undefined {
    if (!this.bodies) {
      const bodies = new Map<string, SyntaxNode>();
      for (const node of this.root.descendantsOfType(['class_declaration', 'abstract_class_declaration', 'class'])) {
        const declared = node.childForFieldName('name');
        const body = node.childForFieldName('body');
        if (declared && body) bodies.set(this.textOf(declared), body);
      }
      this.bodies = bodies;
    }
    return this.bodies.get(name);
  }

  /** All places in the class that tell of a member: its field, its constructor parameter, its getter, assignments to it. */
  sourcesOf(body: SyntaxNode, member: string): readonly TypeSource[] {
    let members = this.byBody.get(body.id);
    if (!members) {
      members = this.gather(body);
      this.byBody.set(body.id, members);
    }
    return members.get(member) ?? [];
  }

  private gather(body: SyntaxNode): ReadonlyMap<string, readonly TypeSource[]> {
    const members = new Map<string, TypeSource[]>();
    const add = (name: string, found: TypeSource) => {
      if (!found.annotation && !found.value) return;
      const known = members.get(name);
      if (known) known.push(found);
      else members.set(name, [found]);
    };
    const bodyStart = body.startIndex;
    let innerEnd = 0;
    for (const node of body.descendantsOfType(SOURCES)) {
      if (node.startIndex < innerEnd) continue;
      if (node.type === 'class_body') {
        // A class inside a class has members of its own.
        if (node.startIndex > bodyStart) innerEnd = node.endIndex;
      } else this.readSource(node, body, add);
    }
    return members;
  }

  private readSource(node: SyntaxNode, body: SyntaxNode, add: (name: string, found: TypeSource) => void): void {
    const field = (name: string) => node.childForFieldName(name) ?? undefined;
    switch (node.type) {
      case 'public_field_definition':
      case 'field_definition': {
        const name = field('name') ?? field('property');
        if (name) add(this.textOf(name), { annotation: field('type'), value: field('value') });
        return;
      }
      case 'method_definition': {
        const name = field('name');
        const head = name && this.source.slice(node.startIndex, name.startIndex);
        const isGetter = node.parent?.id === body.id && head !== undefined && /\bget\s+$/.test(head);
        if (name && isGetter) add(this.textOf(name), { annotation: field('return_type') });
        return;
      }
      case 'assignment_expression': {
        // Most assignments are to other things: the text tells for less than the tree.
        const assigned = /^this\s*!?\.\s*(#?[\w$]+)\s*=/.exec(
          this.source.slice(node.startIndex, node.startIndex + 120),
        );
        const left = assigned ? field('left') : undefined;
        if (assigned && left?.childForFieldName('object')?.type === 'this')
          add(assigned[1]!, { value: field('right') });
        return;
      }
      default: {
        const pattern = field('pattern');
        if (!pattern) return;
        const head = this.source.slice(node.startIndex, pattern.startIndex);
        if (!/\b(?:public|private|protected|readonly|override)\s+$/.test(head)) return;
        add(this.textOf(pattern), { annotation: field('type'), value: field('value') });
      }
    }
  }

  private textOf(node: SyntaxNode): string {
    return this.source.slice(node.startIndex, node.endIndex);
  }
}
