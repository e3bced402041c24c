/** What a class would need of the code around it, and how much it would hold. */
export interface Needs {
  readonly language: 'python' | 'typescript';
  /** Values that its constructor takes. */
  readonly values: number;
  /** Those among them that are functions made for the call, to ask for a value or to reach a private member, or that settle a promise. */
  readonly functions: number;
  /** Variables that get their value after the callback is made: an object would ask for them each time. */
  readonly later: readonly Later[];
  /** How many callbacks become methods. */
  readonly callbacks: number;
  /** Lines of code within the callbacks. */
  readonly lines: number;
  /** The variables that the callbacks change. */
  readonly kept: readonly Kept[];
  /** How often the callbacks name what they keep. */
  readonly own: number;
  /** The object whose method is around the callbacks, how often they ask it for something, and how often they set a member of it. */
  readonly object?: { readonly name: string; readonly uses: number; readonly writes?: number };
  /** They are called on an object of the caller's, so that a function that hands it over would stay in the place of each. */
  readonly callersThis?: boolean;
  /** There is one, which the function around hands out, or which runs once: a closure, as a memo is. */
  readonly isHandedOut?: boolean;
  /** All that they keep are parameters of the function that hands them out. */
  readonly keepsParameters: boolean;
  /** A name among those of the fields that says nothing outside of the function: see {@link unclearField}. */
  readonly unclear?: string | undefined;
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

export interface Kept {
  readonly name: string;
  /** The code outside looks at it: a result of the callbacks, or what they are told. */
  readonly isSeen: boolean;
  /** How often the callbacks bind it anew, and the code outside after its first value. */
  readonly writesInside: number;
  readonly writesOutside: number;
  /** It stays a variable of the code around, and the object only holds what it holds. */
  readonly isHeld?: boolean;
  /** Nothing binds it anew: things are put into what it holds. */
  readonly isFilled?: boolean;
}

/** A constructor of more says that the callback belongs where it is. A function that asks for something is as much to read as two values. */
const MOST = 5;

/** A class of its own around less says nothing that the callback did not. */
const FEWEST_LINES = 4;

/** One variable that one callback keeps for itself is worth handing so many values to a class, and no more. */
const MOST_FOR_ONE = 2;

/** One variable in less is read at a glance where it stands. */
const FEW_LINES = 10;

/** From so many uses on of the object around, it counts what the callbacks do more often: ask it, or look at what they keep. */
const OFTEN = 3;

/** What a class costs before it does anything: its head, its constructor, the line that makes the object. */
const HEAD_LINES = 3;

/** Each value is a parameter, a field, an argument, and one more word wherever it is used. */
const LINES_OF_VALUE = 3;

/** A variable that leaves the function is worth so many lines, and as many again where somebody asks the object for it. */
const LINES_OF_VARIABLE = 3;

/** Where the class is no gain for the owner of the code: the code of a refusal with its arguments. */
export function worthless({
  language,
  values,
  functions,
  later,
  callbacks,
  lines,
  kept,
  own,
  object,
  callersThis,
  isHandedOut,
  keepsParameters,
  unclear,
  ownFrame,
}: Needs): { readonly code: string; readonly args: Readonly<Record<string, string | number>> } | undefined {
  if (lines < FEWEST_LINES) return { code: 'too-small', args: { lines } };
  if (ownFrame !== undefined) return { code: 'own-frame', args: { name: ownFrame } };
  if (keepsParameters) return { code: 'keeps-parameters', args: {} };
  if (callersThis) return { code: 'callers-this', args: {} };
  // Feature envy, as refactoring calls it: such code belongs to the object that it talks to, and above all what sets its members.
  if (object && object.uses >= OFTEN && object.uses >= own)
    return { code: 'belongs-to-object', args: { name: object.name, count: object.uses } };
  if (object?.writes) return { code: 'sets-members', args: { name: object.name } };
  const hard = later.length > 1 ? later[0] : later.find(({ uses, isFunction }) => uses > 1 || isFunction);
  if (hard) return { code: 'bound-later', args: { name: hard.name } };
  const [only] = kept;
  // What nothing leaves the function for is no state of a class.
  if (only && kept.every(({ isHeld }) => isHeld)) return { code: 'only-held', args: { name: only.name } };
  if (unclear !== undefined) return { code: 'unclear-field', args: { name: unclear } };
  const isOne = kept.length === 1 && callbacks === 1;
  const isSmall = lines < FEW_LINES || values + functions > MOST_FOR_ONE || isHandedOut === true;
  // What is gathered for a promise is handed over with it.
  if (only?.isFilled && ((isOne && lines < FEW_LINES) || (kept.length === 1 && functions > 0)))
    return { code: 'only-filled', args: { name: only.name } };
  const isUnseen = only?.isSeen === false && only.writesOutside === 0;
  // With its types a class of one variable is longer than the closure: somebody has to ask for it, and there must be much to take out.
  const isAlone = language === 'typescript' ? isSmall || isUnseen : isSmall && isUnseen;
  if (only && isOne && isAlone) return { code: 'kept-alone', args: { name: only.name } };
  const shared = kept.find(({ writesInside, writesOutside }) => writesOutside > 0 && writesOutside >= writesInside);
  if (shared) return { code: 'written-outside', args: { name: shared.name } };
  const seen = kept.filter(({ isSeen }) => isSeen).length;
  // Variables that change together are what a class is for; they weigh no more than the code that keeps them.
  const isMore = kept.length > 1 || callbacks > 1;
  const gain = lines + (isMore ? Math.min(lines, LINES_OF_VARIABLE * (kept.length + seen)) : 0);
  // In a language that says their types, more than it keeps is a list of what belongs to the code around.
  const most = language === 'python' ? MOST : Math.min(MOST, kept.length + 1);
  return values + functions > most || gain < HEAD_LINES + LINES_OF_VALUE * (values + functions)
    ? { code: values === 0 ? 'too-small' : 'too-many-values', args: { count: values, lines } }
    : undefined;
}

/** A name that no field should have: of one letter, or written as constants are, which somebody may look for at the top of the file. */
export function unclearField(names: readonly string[]): string | undefined {
  return names.find((name) => /^(?:[A-Za-z_$]|[A-Z][A-Z\d]*(?:_[A-Z\d]+)*)$/.test(name));
}

/** Lines of code that are no comment, no blank and no bracket alone. */
export function codeLines(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(?:#.*|\/\/.*|\/?\*.*|nonlocal .*|[()[\]{},;]*)$/.test(line)).length;
}
