import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectFacts, type FileFacts } from '../core/facts/collect';
import { parsedFile } from '../core/facts/parse';
import { type EngineName, ParseFailure, type SyntaxEngine } from '../core/syntax/engine';
import { familyOf, type LanguageId } from '../core/syntax/language';
import { decodeText } from '../core/text/decode';
import { SourceFile } from '../core/text/source-file';
import { COLLECTORS } from './collectors';
import { loadEngine } from './engines';
import { generatedReason } from './generated';
import type { SkipReason } from './types';
import { systemCode, systemReason } from './write/files';

/** What is known of one file's content: its facts, or why it has none. */
export type FileRecord =
  | { readonly facts: FileFacts }
  | { readonly skipped: { readonly reason: SkipReason; readonly detail?: string } };

/** One file to be examined. */
export interface FileTask {
  /** Relative to the root, with `/`. */
  readonly file: string;
  readonly language: LanguageId;
  /** Hashes of contents whose records the caller has already. */
  readonly knownHashes: readonly string[];
}

/** Plain data, because it crosses threads; records travel as JSON, as the cache keeps them. */
export interface FileOutcome {
  /** Hash of the bytes; empty where they could not be read. */
  readonly hash: string;
  /** JSON of a {@link FileRecord}; absent where the hash was known. */
  readonly record?: string;
  /** False where another machine or another moment could say otherwise: such a record is not cached. */
  readonly isLasting: boolean;
  /** The file is nested too deeply for this thread's stack. */
  readonly isTooDeep?: boolean;
}

export interface Batch {
  readonly root: string;
  readonly engine: EngineName;
  readonly files: readonly FileTask[];
}

export interface BatchResult {
  readonly outcomes: readonly FileOutcome[];
  readonly parseMs: number;
  readonly filesParsed: number;
}

const PARSE_BUDGET_MS = 10_000;

/** Reads and examines the files of a batch, one after the other. */
export async function examineBatch({ root, engine, files }: Batch): Promise<BatchResult> {
  const clock: ParseClock = { parseMs: 0, filesParsed: 0 };
  const outcomes: FileOutcome[] = [];
  for (const task of files) {
    // Timers, progress and an editor's requests come between two files; in a thread, so does what frees the native engine's trees.
    await new Promise(setImmediate);
    const bytes = bytesOf(join(root, task.file));
    outcomes.push(bytes instanceof Uint8Array ? await examineFile(bytes, task, engine, clock) : bytes);
  }
  return { outcomes, ...clock };
}

interface ParseClock {
  parseMs: number;
  filesParsed: number;
}

/**
 * Waits for the disk: a thread that examines files has nothing else to do, and to hand each read to another thread and back costs several
 * times the processor time of the read itself.
 */
function bytesOf(path: string): Uint8Array | FileOutcome {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = systemCode(error);
    const detail = code === undefined ? String(error) : systemReason(code);
    return { hash: '', record: skipped('unreadable', detail), isLasting: false };
  }
}

async function examineFile(
  bytes: Uint8Array,
  task: FileTask,
  engine: EngineName,
  clock: ParseClock,
): Promise<FileOutcome> {
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 27);
  if (task.knownHashes.includes(hash)) return { hash, isLasting: true };
  const decoded = decodeText(bytes, familyOf(task.language));
  if (!decoded.ok) return { hash, record: skipped(decoded.reason, decoded.detail), isLasting: true };
  const generated = generatedReason(decoded.text, familyOf(task.language));
  if (generated !== undefined) return { hash, record: skipped('generated', generated), isLasting: true };
  return { hash, ...recordOf(decoded.text, task.language, await loadEngine(engine), clock) };
}

function recordOf(
  text: string,
  language: LanguageId,
  engine: SyntaxEngine,
  clock: ParseClock,
): Omit<FileOutcome, 'hash'> {
  try {
    const started = performance.now();
    const tree = engine.parse(text, language, { budgetMs: PARSE_BUDGET_MS });
    clock.parseMs += performance.now() - started;
    try {
      const facts = collectFacts(parsedFile(tree.rootNode, new SourceFile(text), language), COLLECTORS);
      clock.filesParsed++;
      return { record: JSON.stringify({ facts } satisfies FileRecord), isLasting: true };
    } finally {
      tree.delete();
    }
  } catch (error) {
    return failureOf(error);
  }
}

/** No file ends the run, whatever is in it. */
function failureOf(error: unknown): Omit<FileOutcome, 'hash'> {
  if (error instanceof ParseFailure) {
    const isTimeout = error.reason === 'timeout';
    return { record: skipped(isTimeout ? 'too-large' : 'syntax-error', error.message), isLasting: !isTimeout };
  }
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return { record: skipped('too-large', 'nested too deeply to be analysed'), isLasting: false, isTooDeep: true };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    record: skipped('unreadable', `Seamline failed on this file, which is a defect of Seamline: ${message}`),
    isLasting: false,
  };
}

/** JSON of the record of a file that was not analysed. */
export function skipped(reason: SkipReason, detail: string): string {
  return JSON.stringify({ skipped: { reason, detail } } satisfies FileRecord);
}
