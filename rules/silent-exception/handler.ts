import type { SyntaxNode } from '../../core/syntax/node';

/** What a handler leaves of the exception. */
export type Form =
  | 'pass'
  | 'ellipsis'
  | 'continue'
  | 'break'
  | 'return-constant'
  | 'empty'
  | 'suppress'
  | 'catch-error';

/** How much a handler catches: a bare `except:`, everything, named types only, or a promise's rejection. */
export type Kind = 'bare' | 'broad' | 'narrow' | 'promise';

/** One silent handler, as remembered of a file. */
export type HandlerFact = {
  readonly kind: Kind;
  readonly form: Form;
  /** The head of the handler: 0-based line and UTF-16 column of its start and end. */
  readonly at: readonly [startLine: number, startCharacter: number, endLine: number, endCharacter: number];
  /** 0-based last line of the handler. */
  readonly endLine: number;
  /** Statements that the try guards, nested ones included. */
  readonly tryStatements: number;
  readonly symbol?: string;
  /** Narrow handlers: the exception types as written. */
  readonly types?: string;
  /**
   * Narrow handlers: `failure` names what nobody asks for, `expected` what code asks for on purpose; an `answer` says yes or no, or
   * null where the return type has it; a `probe` is one parse or one look at a file, where the language names no types.
   */
  readonly narrow?: 'failure' | 'expected' | 'answer' | 'probe';
  /** `return <constant>` and promises: the value that stands for the failure. */
  readonly value?: string;
  /** The guarded code only tidies up, or runs while another exception is handled. */
  readonly cleanup?: 'tidy' | 'nested';
  /** The handler skips one item of a loop whose call failed. */
  readonly skipsItem?: true;
  /** Something is at stake in the guarded code: it leaves the program, or decides who may do what. */
  readonly atStake?: true;
  /** Something near the handler hints that the failure does not count. */
  readonly excused?: true;
  /** The failure is the answer that the function is there to give, as its name or type says. */
  readonly isSaidAnswer?: true;
  /** The guarded code says itself that it fails: `task_that_fails()`; in a test that is what is wanted. */
  readonly provoked?: true;
  /** All that the guarded code may raise is known, so that the handler can be made to catch only that. */
  readonly narrowable?: true;
  /** Material of the fingerprint. */
  readonly print: string;
};

/** What the body of a handler that swallows holds. */
export interface Body {
  readonly form: Form;
  readonly value?: string;
  readonly comments: readonly string[];
}

/** A try whose handler swallows. */
export interface Case {
  readonly clause: SyntaxNode;
  readonly attempt: SyntaxNode;
  readonly guarded: SyntaxNode;
  readonly body: Body;
  readonly code: string;
  /** The function around it; absent at the top of a module. */
  readonly scope: SyntaxNode | undefined;
  /** Whether it names no type at all: then only a reason excuses it, not that the exception is the answer that was asked for. */
  readonly isBare?: boolean;
}

/** A value for a message: one line, short. */
export function shortValue(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > 24 ? `${flat.slice(0, 23)}…` : flat;
}

/** Types for a message: as many whole names as a line bears, the first always. */
export function shortTypes(names: readonly string[]): string {
  let kept = names.length;
  while (kept > 1 && names.slice(0, kept).join(', ').length > 48) kept--;
  return [...names.slice(0, kept), ...(kept < names.length ? ['…'] : [])].join(', ');
}

/** Whether a constant handed back names the failure, so that the caller is told: `"error: no such host"`, `{"ok": False}`. */
export function tellsCaller(constant: string): boolean {
  return (
    /^(?:\w+\()?\s*\{.*:\s*(?:false|False)\b/s.test(constant) ||
    /error|err\b|fail|invalid|unavailable|denied|reject|reason|message/i.test(constant) ||
    /["'`][^"'`\n]*[^"'`\s][ \t]+[^"'`\s][^"'`\n]*["'`]/.test(constant)
  );
}
