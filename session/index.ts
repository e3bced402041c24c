/** A workspace at work: what the command line, the language server and the tests call. */
export { audit } from './audit';
export { replaceFile } from './replace-file';
export { type RuleListing, rulesWithMetadata } from './rules';
export {
  type AuditRequest,
  type AuditResult,
  type AuditStats,
  type EngineChoice,
  type ModuleRow,
  type Profile,
  SKIP_REASONS,
  type SkippedFile,
  type SkipReason,
  UsageError,
} from './types';
export { VERSION } from './versions';
