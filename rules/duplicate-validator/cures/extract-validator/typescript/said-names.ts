import { calleeText } from '../../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { NO_KIND, VAGUE, words } from '../noun-words';
import { type Site, textOf } from './site';

/** Text that a user reads where the check fails: what is thrown, returned or handed on there, or what a schema is told to say. */
export function messagesOf({ check, document }: Site): string[] {
  const around = check && (failureOf(check.node) ?? ruleAround(check.node, document));
  if (!around) return [];
  return around
    .flatMap((one) => [one, ...one.descendantsOfType(['string', 'template_string'])])
    .filter(({ type }) => /^(?:template_)?string$/.test(type))
    .map((one) => textOf(document, one).slice(1, -1))
    .filter((text) => /\S\s+\S/.test(text));
}

/**
 * `model_name` of "Model name contains ..." for a place that says `name`.
 * @param own what the place calls what it checks, in snake case
 */
export function saidNames(site: Site, own: readonly string[]): string[] {
  const found = own.flatMap((name) => {
    const noun = words(name).at(-1) ?? '';
    if (!VAGUE.test(noun)) return [];
    const kind = new RegExp(`\\b([a-z]{3,})[ _-]${noun}\\b`);
    return messagesOf(site).flatMap((text) => {
      const said = kind.exec(text.toLowerCase())?.[1];
      return said === undefined || NO_KIND.test(said) || VAGUE.test(said) ? [] : [`${said}_${noun}`];
    });
  });
  return [...new Set(found)];
}

/** What is done where the condition around a check fails. */
function failureOf(node: SyntaxNode): readonly SyntaxNode[] | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'if_statement') return [at.childForFieldName('consequence')!];
    if (at.type === 'ternary_expression') return at.namedChildren.slice(1);
    if (!/^(?:unary|binary|parenthesized|as|non_null)_expression$/.test(at.type)) return undefined;
  }
  return undefined;
}

/** What a schema is given beside the pattern, or beside the function that asks. */
function ruleAround(start: SyntaxNode, document: Site['document']): readonly SyntaxNode[] | undefined {
  const isGiven = (call: SyntaxNode): boolean =>
    call.type === 'call_expression' &&
    /(?:^|\.)(?:regex|matches|pattern|refine|Matches|Is|test)$/.test(calleeText(call, document.source));
  const rule = start.type === 'pair' ? start.childForFieldName('value') : undefined;
  if (rule?.type === 'object') return rule.namedChildren;
  for (let at: SyntaxNode | null = start; at; at = at.parent) {
    if (at.type === 'pair' && at.id !== start.id) return undefined;
    if (at.type === 'object') return at.namedChildren.filter((one) => one.type === 'pair' && one.id !== start.id);
    if (at.id !== start.id && isGiven(at))
      return at
        .childForFieldName('arguments')!
        .namedChildren.filter((one) => one.endIndex <= start.startIndex || one.startIndex >= start.endIndex);
    if (/_statement$|^(?:class_body|lexical_declaration)$/.test(at.type)) return undefined;
  }
  return undefined;
}
