import type { ModuleRow, Skipped } from '../core/facts/audited';
import type { Finding } from '../core/rule/finding';
import type { EngineName } from '../core/syntax/engine';
import type { Config } from './config/schema';

export interface AuditRequest {
  /** Files and folders as the user gave them, relative to `cwd` or to the root; none means `cwd`. */
  readonly paths: readonly string[];
  readonly cwd: string;
  /** The only configuration that counts, instead of those found in the tree. */
  readonly configFile?: string;
  /** What an editor's settings say, below every configuration file. */
  readonly base?: Config;
  /** Overrides the `profile` of every configuration. */
  readonly profile?: Profile;
  /** Runs these rules alone, also those that the profile or the configuration leaves out. */
  readonly rules?: readonly string[];
  readonly engine: EngineChoice;
  /** Worker threads at most; by default as many as there are processors, up to four. */
  readonly jobs?: number;
  readonly useCache: boolean;
  /** Called as files are done, those from the cache included. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the audit early: `audit` rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export type Profile = 'default' | 'full';
export type EngineChoice = 'auto' | EngineName;

/** A file that was not audited, or not wholly, and why. */
export type SkippedFile = Skipped<SkipReason>;

export const SKIP_REASONS = [
  'generated',
  'vendored',
  'unreadable',
  'binary',
  'encoding',
  'too-large',
  'syntax-error',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface AuditStats {
  readonly wallMs: number;
  /** Processor time of all threads of this process since the audit began. */
  readonly cpuMs: number;
  /** Time spent inside the parser, summed over all threads. */
  readonly parseMs: number;
  readonly filesParsed: number;
  readonly filesFromCache: number;
  readonly peakRssMb: number;
  readonly engine: EngineName;
  readonly jobs: number;
}

export interface AuditResult {
  /** Absolute path, with symbolic links resolved. */
  readonly root: string;
  /** What was asked for, relative to the root; `.` is the root itself. */
  readonly scope: readonly string[];
  /** Sorted by file. */
  readonly modules: readonly ModuleRow[];
  /** In the order of every output. */
  readonly findings: readonly Finding[];
  /** Sorted by file. */
  readonly skipped: readonly SkippedFile[];
  readonly stats: AuditStats;
  /** Decoded text of a file of the audit, for showing source lines; undefined where it can no longer be read. */
  readText(file: string): Promise<string | undefined>;
}

/** What was asked for, or configured, cannot be done: exit code 2. The message says where, what was expected and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
