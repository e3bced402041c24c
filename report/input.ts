import type { ModuleRow, Skipped } from '../core/facts/audited';
import type { Finding } from '../core/rule/finding';
import type { Texts } from './texts';

/** What an audit found, as every format takes it. Files are relative to `root`, with `/`; positions are 0-based. */
export interface ReportInput {
  readonly tool: { readonly name: string; readonly version: string };
  readonly root: string;
  /** The audited paths, relative to the root; `.` is the root itself. */
  readonly scope: readonly string[];
  readonly modules: readonly ModuleRow[];
  /** In the order of {@link compareFindings}. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
  /** Present when the user asked for timings. */
  readonly stats?: ReportStats;
  /** Knows every rule that may occur in `findings`; its language is that of the report. */
  readonly texts: Texts;
}

/** Whole milliseconds and megabytes. */
export interface ReportStats {
  readonly wallMs: number;
  /** Processor time of all threads. */
  readonly cpuMs: number;
  readonly parseMs: number;
  readonly filesParsed: number;
  readonly filesFromCache: number;
  readonly peakRssMb: number;
  readonly engine: string;
  readonly jobs: number;
}
