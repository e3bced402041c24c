import { type Command, InvalidArgumentError, Option } from 'commander';
import type { EngineChoice } from '../session/index';

/** How the analysis behind a command runs. */
export interface EngineOptions {
  readonly config?: string;
  readonly jobs?: number;
  readonly engine: EngineChoice;
  readonly cache: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

/** Adds the options that every analysing command has. */
export function addEngineOptions(command: Command): Command {
  return command
    .option('--config <file>', 'use this configuration file for all folders')
    .option('--jobs <n>', 'number of worker threads', parseJobs)
    .addOption(new Option('--engine <engine>', 'parser to use').choices(['auto', 'native', 'wasm']).default('auto'))
    .option('--no-cache', 'neither read nor write the cache of facts')
    .option('--quiet', 'no summary and no progress; audit: the findings only, no source lines')
    .option('--no-color', 'no colours (NO_COLOR and FORCE_COLOR are honoured as well)');
}

function parseJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64)
    throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
  return jobs;
}
