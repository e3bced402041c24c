import type { Piece, Span } from './blueprint';
import { type Draft, spanOf } from './draft';
import { exportsArrows } from './habits';
import { textOf } from './site';
import { constantText, jsDoc, predicateText, sourcesText } from './wording';

/**
 * The definition of the shared constant.
 * @param comments those of the constants that go, which it takes over
 */
export function constantCode(draft: Draft, comments: readonly Span[]): Piece[] {
  const { constant, sites, target, predicate, isKept, holder } = draft.plan;
  const isExported = constant!.isShared && draft.isShown;
  const lines = comments.flatMap((one): Piece[] => [...draft.copied(one), '\n']);
  const from = sourcesText(sites, target.file);
  // Beside its predicate, which says it.
  const doc =
    predicate !== undefined || comments.length > 0
      ? ''
      : jsDoc(isKept ? [from!] : [constantText(draft.plan), ...(from ? ['', from] : [])]);
  const { kind, held } = holder.check!;
  const type = isKept ? held!.declarator.childForFieldName('type') : undefined;
  const head = `${isExported ? draft.exportWord : ''}const ${constant!.name}${type ? textOf(holder.document, type) : ''} =`;
  const literal = draft.literal();
  const isLong = !literal.includes('\n') && sizeOf([head, ' ', ...literal, draft.end]) > draft.near.style.lineLength;
  if (isLong && kind === 'set') return [...lines, doc, head, ' ', ...draft.literal(true), draft.end];
  return [...lines, doc, head, isLong ? `\n${draft.indent}` : ' ', ...literal, draft.end];
}

/**
 * The definition of the shared predicate.
 * @param comments those of the constants that go, where no new constant takes them over
 */
export function predicateCode(draft: Draft, comments: readonly Span[]): Piece[] {
  const { predicate, argument, sites, target } = draft.plan;
  const asking = draft.plan.cluster ? draft.plan.uses.map(({ site }) => site) : sites;
  const from = sourcesText(asking, target.file);
  const all = allTexts(draft);
  const type = draft.question({ kind: 'checked', base: baseType(draft), places: subjects(draft), ...(all && { all }) });
  const lines = [predicateText(draft.plan), ...(from ? ['', from] : [])];
  const doc = draft.isJavaScript
    ? jsDoc([...lines, '', `@param {\u0000} ${argument}`, '@returns {boolean}']).split('\u0000')
    : [jsDoc(lines)];
  const documented: Piece[] = doc.flatMap((one, index): Piece[] => (index === 0 ? [one] : [{ type }, one]));
  const parameter: Piece[] = draft.isJavaScript ? [argument] : [`${argument}: `, { type }];
  const asked = askedCode(draft, type);
  const word = draft.isShown ? draft.exportWord : '';
  const notes = comments.flatMap((one): Piece[] => [draft.indent, ...draft.copied(one), '\n']);
  if (exportsArrows(draft.near) && notes.length === 0) {
    const length = sizeOf([word, 'const ', predicate!, ' = (', ...parameter, '): boolean => ', ...asked, ';']);
    const space = length > draft.near.style.lineLength ? `\n${draft.indent}` : ' ';
    const result = draft.isJavaScript ? `) =>${space}` : `): boolean =>${space}`;
    return [...documented, `${word}const ${predicate!} = (`, ...parameter, result, ...asked, draft.end];
  }
  const result = draft.isJavaScript ? ') {\n' : '): boolean {\n';
  return [
    ...documented,
    `${word}function ${predicate!}(`,
    ...parameter,
    result,
    ...notes,
    `${draft.indent}return `,
    ...asked,
    `${draft.end}\n}`,
  ];
}

/** What the predicate returns. */
function askedCode(draft: Draft, type: number): Piece[] {
  const { holder, constant, argument } = draft.plan;
  const { kind, literal, held } = holder.check!;
  const given: Piece[] = constant ? [constant.name] : draft.literal();
  if (kind === 'pattern') return [...given, `.test(${argument})`];
  const isSet = /^new\s+Set\b/.test(textOf(holder.document, literal));
  const call = `.${isSet ? 'has' : 'includes'}(${argument})`;
  if (draft.isJavaScript) return [...given, call];
  const narrow = (element: string): Piece[] => [
    '(',
    ...given,
    ` as ${isSet ? `ReadonlySet<${element}>` : `readonly ${element}[]`})`,
    call,
  ];
  const isConst =
    constant?.there !== undefined &&
    held !== undefined &&
    /\bas\s+const\b|:/.test(textOf(holder.document, held.declarator).slice(held.name.length));
  const element = baseType(draft);
  const base = isConst ? narrow(element.includes('|') ? `(${element})` : element) : [...given, call];
  return [{ unless: type, base, wide: narrow('unknown') }];
}

/** The texts of a set that nobody gave a name, where the predicate says that they are all that is valid. */
function allTexts({ plan: { holder, predicate } }: Draft): readonly string[] | undefined {
  const { check, document } = holder;
  if (check!.kind !== 'set' || check!.held || !/^isValid/.test(predicate!)) return undefined;
  const texts = check!.literal.descendantsOfType('string').map((one) => textOf(document, one).slice(1, -1));
  return texts.length > 0 ? texts : undefined;
}

/** What the members of a set are; a pattern wants a text. */
function baseType(draft: Draft): string {
  const { check } = draft.plan.holder;
  if (check!.kind === 'pattern') return 'string';
  const kinds = new Set<string>();
  const array =
    check!.literal.type === 'array' ? check!.literal : (check!.literal.descendantsOfType('array')[0] ?? check!.literal);
  for (const { type } of array.namedChildren) {
    if (type === 'comment') continue;
    kinds.add(MEMBER_TYPES[type] ?? 'unknown');
  }
  return kinds.has('unknown') ? 'unknown' : [...kinds].sort().join(' | ');
}

const MEMBER_TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  template_string: 'string',
  number: 'number',
  true: 'boolean',
  false: 'boolean',
  null: 'null',
  undefined: 'undefined',
};

/** What the places hand to the predicate. */
function subjects(draft: Draft): Span[] {
  return draft.plan.uses.flatMap(({ site, use }) =>
    use.kind === 'predicate' ? [spanOf(site.document, site.check!.subject!)] : [],
  );
}

/** About how long some code will be on one line. */
function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum: number, piece) => {
    if (typeof piece === 'string') return sum + piece.length;
    if ('unless' in piece) return sum + sizeOf(piece.base);
    return sum + ('type' in piece ? 'string'.length : piece.end - piece.start);
  }, 0);
}
