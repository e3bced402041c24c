import { PYTHON_KEYWORDS } from '../../syntax/reserved-words';
import { Brackets, type OpenFString } from './brackets';
import { checkEscapes } from './escapes';
import { lexFStringText } from './fstring-text';
import { Layout } from './layout';
import { lexNumber } from './numbers';
import { reject } from './rejection';
import { Tokens } from './tokens';

const BLANKS = /[ \t\f]*/y;
const COMMENT = /[^\n\r]*/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;
const NOT_ASCII = /[^\0-\x7f]/;
const IDENTIFIER_CHARACTER = /[\p{XID_Continue}]/u;
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const PRINTABLE = /[^\p{C}\p{Z}]/u;
const STRING_START = /(?:[uU]|[bB][rR]?|[rR][bB]?)?('''|"""|'|")/y;
const FSTRING_START = /(?:[fFtT][rR]?|[rR][fFtT])('''|"""|'|")/y;
const OPERATOR = /\*\*=?|\/\/=?|>>=?|<<=?|<>|->|:=|\.\.\.|[=!<>+\-*/%&|^@]=|[-+*/%@&|^~<>,:;=!.]/y;
const MAX_FSTRINGS = 150;

/**
 * Splits a text into tokens, as CPython's tokenizer does: the text itself decides, because tree-sitter is lax about layout,
 * numbers, strings and brackets.
 * @throws Rejection at the first thing that is no token.
 */
export function tokenize(text: string): Tokens {
  return new Lexer(text).run();
}

class Lexer {
  private readonly tokens: Tokens;
  private readonly layout = new Layout();
  private readonly brackets = new Brackets();
  private readonly fstrings: OpenFString[] = [];
  private at = 0;

  constructor(private readonly text: string) {
    this.tokens = new Tokens(text);
  }

  run(): Tokens {
    const { text, tokens } = this;
    let isLineStart = true;
    while (this.at < text.length) {
      const inside = this.fstrings.at(-1);
      if (inside?.isText) {
        this.fstringText(inside);
        continue;
      }
      if (isLineStart) this.at = this.layout.startLine(tokens, this.at, (at) => this.continuation(at));
      else this.at = skip(BLANKS, text, this.at);
      isLineStart = false;
      const character = text[this.at];
      if (character === undefined) break;
      if (character === '#') this.at = skip(COMMENT, text, this.at);
      else if (character === '\n' || character === '\r') isLineStart = this.newline();
      else if (character === '\\') this.at = this.continuation(this.at);
      else this.token(character, inside);
    }
    this.end();
    return tokens;
  }

  /** True when the line is a logical one that ends here. */
  private newline(): boolean {
    const start = this.at;
    this.at += this.text.startsWith('\r\n', start) ? 2 : 1;
    if (!this.brackets.isEmpty) return false;
    this.endLine(start);
    return true;
  }

  private endLine(at: number): void {
    const last = this.tokens.types.at(-1);
    // Lines with nothing but blanks and comments are no lines.
    if (last !== undefined && last !== 'NEWLINE' && last !== 'INDENT' && last !== 'DEDENT') {
      this.tokens.add('NEWLINE', at, at);
    }
  }

  private end(): void {
    const unfinished = this.fstrings.at(-1);
    if (unfinished?.isText) this.unterminated(unfinished);
    this.brackets.end(this.tokens);
    this.endLine(this.text.length);
    this.layout.end(this.tokens);
    this.tokens.add('END', this.text.length, this.text.length);
  }

  /** Reads a backslash and the end of its line. */
  private continuation(at: number): number {
    const { text } = this;
    let next = at + 1;
    if (text[next] === '\r') next++;
    if (text[next] === '\n') next++;
    if (next === at + 1 && next < text.length) {
      reject('line-continuation', 'unexpected character after line continuation character', at, at + 2);
    }
    if (next >= text.length) reject('line-continuation', 'unexpected EOF while parsing', at, next);
    return next;
  }

  private token(character: string, inside: OpenFString | undefined): void {
    const { text, at } = this;
    if (this.string() || this.fstringStart()) return;
    if (/[A-Za-z_]/.test(character) || character > '\x7f') {
      this.word();
    } else if (/[0-9]/.test(character) || (character === '.' && /[0-9]/.test(text[at + 1] ?? ''))) {
      this.at = lexNumber(text, at);
      this.tokens.add('NUMBER', at, this.at);
    } else this.punctuation(character, inside);
  }

  private word(): void {
    const { text, at } = this;
    const end = skip(WORD, text, at);
    const word = text.slice(at, end);
    if (NOT_ASCII.test(word) && !IDENTIFIER.test(word)) this.badCharacter(word);
    this.at = end;
    this.tokens.add(PYTHON_KEYWORDS.has(word) ? word : 'NAME', at, end);
  }

  private badCharacter(word: string): never {
    let at = this.at;
    for (const character of word) {
      const allowed = at === this.at ? IDENTIFIER : IDENTIFIER_CHARACTER;
      if (!allowed.test(character)) this.rejectCharacter(character, at);
      at += character.length;
    }
    reject('invalid-character', 'invalid character', this.at, at);
  }

  private rejectCharacter(character: string, at: number): never {
    const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    const message = PRINTABLE.test(character)
      ? `invalid character '${character}' (${code})`
      : `invalid non-printable character ${code}`;
    reject('invalid-character', message, at, at + character.length);
  }

  private punctuation(character: string, inside: OpenFString | undefined): void {
    const { at } = this;
    // In a replacement field a `:` opens the format specifier, even before a `=`.
    if (character === ':' && inside && inside.depth - 1 === inside.fields.at(-1)) {
      inside.isText = true;
      inside.inSpecifier = true;
      this.add(':', 1);
    } else if ('([{'.includes(character)) {
      this.brackets.push(character, at, inside);
      this.add(character, 1);
    } else if (')]}'.includes(character)) {
      this.brackets.pop(character, at, inside);
      this.add(character, 1);
    } else {
      const end = skip(OPERATOR, this.text, at);
      if (end === at) {
        if (character < ' ' || character === '\x7f') this.rejectCharacter(character, at);
        reject('invalid-character', 'invalid syntax', at, at + 1);
      }
      this.add(this.text.slice(at, end), end - at);
    }
  }

  private add(type: string, length: number): void {
    this.tokens.add(type, this.at, this.at + length);
    this.at += length;
  }

  private string(): boolean {
    const { text, at } = this;
    STRING_START.lastIndex = at;
    const quote = STRING_START.exec(text)?.[1];
    if (quote === undefined) return false;
    const from = STRING_START.lastIndex;
    const end = stringEnd(text, from, quote);
    if (end === undefined) {
      const triple = quote.length === 3 ? 'triple-quoted ' : '';
      reject('unterminated-string', `unterminated ${triple}string literal`, at, from);
    }
    const prefix = text.slice(at, from - quote.length).toLowerCase();
    const isBytes = prefix.includes('b');
    if (isBytes && NOT_ASCII.test(text.slice(from, end))) {
      reject('bytes-not-ascii', 'bytes can only contain ASCII literal characters', at, end);
    }
    if (!prefix.includes('r')) checkEscapes(text, from, end - quote.length, isBytes);
    this.at = end;
    this.tokens.add('STRING', at, end);
    return true;
  }

  private fstringStart(): boolean {
    const { text, at } = this;
    FSTRING_START.lastIndex = at;
    const quote = FSTRING_START.exec(text)?.[1];
    if (quote === undefined) return false;
    const prefix = text.slice(at, FSTRING_START.lastIndex - quote.length).toLowerCase();
    if (this.fstrings.length + 1 >= MAX_FSTRINGS) {
      reject('too-deep', 'too many nested f-strings or t-strings', at, at + 1);
    }
    this.fstrings.push({
      start: at,
      quote,
      isRaw: prefix.includes('r'),
      kind: prefix.includes('f') ? 'f-string' : 't-string',
      depth: 0,
      fields: [],
      isText: true,
      inSpecifier: false,
    });
    this.at = FSTRING_START.lastIndex;
    this.tokens.add('FSTRING_START', at, this.at);
    return true;
  }

  private fstringText(inside: OpenFString): void {
    const { text, at } = this;
    const part = lexFStringText(text, at, inside);
    if (part === undefined) this.unterminated(inside);
    if (part.end > at) {
      if (!inside.isRaw) checkEscapes(text, at, part.end, false);
      this.tokens.add('FSTRING_MIDDLE', at, part.end);
    }
    this.at = part.next;
    if (part.follows === 'code') inside.isText = false;
    if (part.follows !== 'end') return;
    this.fstrings.pop();
    this.tokens.add('FSTRING_END', part.end, part.next);
  }

  private unterminated(inside: OpenFString): never {
    const triple = inside.quote.length === 3 ? 'triple-quoted ' : '';
    reject('unterminated-string', `unterminated ${triple}${inside.kind} literal`, inside.start, this.at);
  }
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The offset behind the closing quote of a plain literal; undefined when there is none. */
function stringEnd(text: string, from: number, quote: string): number | undefined {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at += text.startsWith('\r\n', at + 1) ? 2 : 1;
    else if (quote.length === 1 && (character === '\n' || character === '\r')) return undefined;
    else if (character === quote[0] && text.startsWith(quote, at)) return at + quote.length;
  }
  return undefined;
}
