import { type FindingDraft, SEVERITIES, type Severity } from '../../core/rule/finding';
import { type AnyRule, defineRule, type FileView, type RuleMeta } from '../../core/rule/rule';
import { collect } from './collect';
import { CURES } from './cures/index';
import { offersFor } from './cures/offers';
import type { HandlerFact, Kind } from './handler';
import { type Options, options } from './options';
import { pl } from './pl';

const severity = {
  bare: 'error',
  broad: 'warning',
  promise: 'information',
  narrow: 'hint',
  cleanup: 'hint',
} as const satisfies Record<string, Severity>;

type Case = keyof typeof severity;

const THEN =
  '{form, select, continue {goes on with the loop} break {leaves the loop} value {answers {value}} other {goes on}}';

/** The classes that a handler names; TypeScript names none, there a handler is narrow by what it guards. */
const TYPES = '{types, select, probe {the error of one parse or probe} other {{types}}}';

const meta: RuleMeta = {
  id: 'silent-exception',
  title: 'A handler that swallows the exception',
  languages: ['python', 'typescript'],
  severity,
  profile: 'default',
  messages: {
    bare: `a bare except catches even KeyboardInterrupt and SystemExit, and ${THEN} without a trace: use \`except Exception\`, and log it`,
    broad: `catches every exception and ${THEN} without a trace: log it, narrow it, or say why it may be dropped`,
    broadTry: `any error in these {statements} statements is dropped and the code ${THEN}: log it, narrow it, or say why it may be dropped`,
    error: `drops every error and ${THEN} without a trace: log it, rethrow what you do not expect, or say why it may be dropped`,
    errorTry: `any error in these {statements} statements is dropped and the code ${THEN}: log it, rethrow what you do not expect, or say why it may be dropped`,
    item: 'skips the item of the loop without a trace when its call fails: log it, or collect the failures',
    promise: 'turns every rejection into {value} without a trace: log it, or say why it may be dropped',
    narrow: `drops ${TYPES} and ${THEN} without a trace: log it, or say why it may be dropped`,
    narrowTry: `${TYPES} from any of these {statements} statements is dropped and the code ${THEN}: guard only what you expect to fail`,
    cleanup: 'drops every error of this clean-up: log it, or say why it may be dropped',
    nested: 'drops an error that happens while another one is handled: log it, or say why it may be dropped',
    cleanupBare: 'a bare except catches even KeyboardInterrupt and SystemExit during clean-up: use `except Exception`',
  },
  advice: {
    reason:
      'What is dropped here is what somebody will look for when an outage looks like an empty list, or a defect like "not found".',
    recommendation:
      'Log it with the names at hand, narrow it to what you expect, let it through, or say in a comment why it may be dropped.',
  },
  cures: CURES,
  aliases: {
    noqa: ['S110', 'S112', 'BLE001', 'E722'],
    eslint: ['no-empty', '@typescript-eslint/no-empty', 'no-empty-function', '@typescript-eslint/no-empty-function'],
  },
  translations: { pl },
};

/** Finds handlers that let an exception vanish: no log, no raise, no use, no record. */
export const silentException: AnyRule = defineRule<readonly HandlerFact[], Options>({
  meta,
  options,
  collect,
  check: (view, chosen) =>
    (TEST_DATA.test(view.file) ? [] : view.facts)
      .filter((handler) => isReported(handler, chosen, view.isTest || MIGRATION.test(view.file)))
      .filter((handler) => chosen.strictness === 'all' || isLikely(handler, chosen, view))
      .map((handler) => draft(view.file, view.all.language === 'python', handler, chosen)),
  weigh: ({ data }) => WEIGHTS.indexOf(data.kind as Kind),
});

/** From the handler that lets least vanish to the one that lets most. */
const WEIGHTS: readonly Kind[] = ['narrow', 'promise', 'broad', 'bare'];

/** Database migrations run once, on a database that may not have its tables yet. */
const MIGRATION = /(?:^|\/)(?:migrations?|alembic)\/(?:versions\/)?[^/]+\.(?:py|[jt]s)$/;

/** What tests feed on: pages, libraries and programs that are data there. */
const TEST_DATA =
  /(?:^|\/)(?:tests?|specs?|__tests__|e2e\w*|testing)\/(?:.*\/)?(?:data|testdata|test_data|__fixtures__|samples?|assets)\//;

/** What reports on the use of a program, and the small pictures of its pages, must not disturb it. */
const ASIDE =
  /(?:^|[/_.-])(?:telemetry|analytics|tracking|tracker|favicons?|thumbnails?|previews?|cypress|e2e)(?:[/_.-]|$)/i;

/** The same where it is part of a name: `AnalyticsController.js`. */
const ASIDE_NAME = /(?:^|[/a-z])(?:Analytics|Telemetry)(?:[A-Z]\w*)?\.\w+$/;

/** In tests and migrations only what hides a failure for good is worth a word: neither hints nor promises. */
function isReported(handler: HandlerFact, chosen: Options, isAside: boolean): boolean {
  if (isAside && (handler.cleanup || handler.provoked || handler.kind === 'promise' || handler.kind === 'narrow'))
    return false;
  if (handler.cleanup && !chosen.cleanup) return false;
  if (handler.kind !== 'narrow' || chosen.narrow === 'all') return true;
  if (chosen.narrow === 'none' || handler.narrow === 'answer') return false;
  return handler.narrow !== 'expected' || (!handler.cleanup && handler.tryStatements > chosen.tryStatements);
}

/**
 * Whether something speaks for it that a handler hides what somebody will miss. Measured on judged findings, a handler for named exceptions
 * mostly knows what it drops, and a `catch` around code that stays in memory mostly is the answer: they need an item that is lost or a
 * try of many statements. In Python the narrower type was to be had. A bare `except:` hides always, clean-up is a hint anyway.
 */
function isLikely(handler: HandlerFact, chosen: Options, view: FileView<readonly HandlerFact[]>): boolean {
  if (handler.kind === 'bare') return true;
  if (view.isTest || MIGRATION.test(view.file) || ASIDE.test(view.file) || ASIDE_NAME.test(view.file)) return false;
  if (handler.cleanup === 'tidy')
    return handler.kind !== 'narrow' && (handler.form !== 'return-constant' || handler.kind === 'promise');
  if (handler.isSaidAnswer) return false;
  const isLarge = handler.tryStatements > chosen.tryStatements;
  if (handler.kind === 'narrow') return handler.narrow === 'failure' && (handler.skipsItem === true || isLarge);
  if (handler.atStake || handler.skipsItem) return true;
  return handler.kind === 'broad' && !handler.excused && (isLarge || view.all.language === 'python');
}

function draft(file: string, isPython: boolean, handler: HandlerFact, chosen: Options): FindingDraft {
  const name = caseOf(handler);
  const isLarge = handler.tryStatements > chosen.tryStatements;
  const [line, character, endLine, endCharacter] = handler.at;
  return {
    case: name,
    severity: isLarge ? oneLevelUp(severity[name]) : severity[name],
    messageId: messageOf(handler, isPython, isLarge),
    args: {
      form: handler.form === 'return-constant' ? 'value' : handler.form,
      value: handler.value ?? 'nothing',
      types: handler.types ?? '',
      statements: handler.tryStatements,
    },
    file,
    range: { start: { line, character }, end: { line: endLine, character: endCharacter } },
    extentEndLine: handler.endLine,
    ...(handler.symbol ? { symbol: handler.symbol } : {}),
    related: [],
    fingerprint: handler.print,
    cures: offersFor(handler),
    data: {
      kind: handler.kind,
      form: handler.form,
      tryStatements: handler.tryStatements,
      cleanup: handler.cleanup !== undefined,
    },
  };
}

function caseOf(handler: HandlerFact): Case {
  return handler.cleanup ? 'cleanup' : handler.kind;
}

function messageOf(handler: HandlerFact, isPython: boolean, isLarge: boolean): string {
  if (handler.cleanup && handler.kind === 'bare') return 'cleanupBare';
  if (handler.cleanup) return handler.cleanup === 'nested' ? 'nested' : 'cleanup';
  if (handler.kind === 'bare' || handler.kind === 'promise') return handler.kind;
  if (handler.skipsItem) return 'item';
  if (handler.kind === 'narrow') return isLarge ? 'narrowTry' : 'narrow';
  return `${isPython ? 'broad' : 'error'}${isLarge ? 'Try' : ''}`;
}

/** One level graver, but never above warning unless it was. */
function oneLevelUp(own: Severity): Severity {
  if (own === 'error' || own === 'warning') return own;
  return SEVERITIES[SEVERITIES.indexOf(own) - 1]!;
}
