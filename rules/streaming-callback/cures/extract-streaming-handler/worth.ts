/** What a class would need of the code around it, and how much it would hold. */
export interface Needs {
  /** Values that its constructor takes. */
  readonly values: number;
  /** Those among them that are functions made for the call: to ask for a value, or to reach a private member. */
  readonly functions: number;
  /** Variables that get their value after the callback is made. */
  readonly later: readonly Later[];
  /** Lines of code within the callbacks. */
  readonly lines: number;
  /** How often the callbacks name what they keep. */
  readonly own: number;
  /** The object whose method is around the callbacks, and how often they ask it for something. */
  readonly object?: { readonly name: string; readonly uses: number };
  /** All that they keep are parameters of the function that hands them out. */
  readonly keepsParameters: boolean;
  /** What a generator changes, where nobody else looks at it: its own frame keeps that between two steps. */
  readonly ownFrame?: string;
}

export interface Later {
  readonly name: string;
  /** How often the callbacks ask for it. */
  readonly uses: number;
  /** It is a function: one that could be a method, or that the object would get and call in one go. */
  readonly isFunction: boolean;
}

/** A function that asks for something is as much to read as two values. */
const MOST = 7;

/** A class of its own around less says nothing that the callback did not. */
const FEWEST_LINES = 4;

/** From so many uses on of the object around, it counts what the callbacks do more often: ask it, or look at what they keep. */
const OFTEN = 4;

/** Where the class is no gain for the owner of the code: the code of a refusal with its arguments. */
export function worthless({
  values,
  functions,
  later,
  lines,
  own,
  object,
  keepsParameters,
  ownFrame,
}: Needs): { readonly code: string; readonly args: Readonly<Record<string, string | number>> } | undefined {
  if (lines < FEWEST_LINES) return { code: 'too-small', args: { lines } };
  if (ownFrame !== undefined) return { code: 'own-frame', args: { name: ownFrame } };
  if (keepsParameters) return { code: 'keeps-parameters', args: {} };
  // Feature envy, as refactoring calls it: such code belongs to the object that it talks to.
  if (object && object.uses >= OFTEN && object.uses > own)
    return { code: 'belongs-to-object', args: { name: object.name, count: object.uses } };
  const hard = later.length > 1 ? later[0] : later.find(({ uses, isFunction }) => uses > 1 || isFunction);
  if (hard) return { code: 'bound-later', args: { name: hard.name } };
  return values + functions > MOST ? { code: 'too-many-values', args: { count: values } } : undefined;
}

/** Lines of code that are no comment, no blank and no bracket alone. */
export function codeLines(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(?:#.*|\/\/.*|\/?\*.*|nonlocal .*|[()[\]{},;]*)$/.test(line)).length;
}
