/** A workspace at work: what the command line, the language server and the tests call. */
export { languageOfPath } from '../core/syntax/language';
export { audit } from './audit';
export { type ChangePart, type ChangeParts, certainPart, certainPlaces } from './certain-part';
export { type EditorSettings, readEditorSettings, speaksOfUs } from './config/editor-settings';
export type { Config } from './config/schema';
export { type BuiltCure, curesOf, planAndBuildCure, prepareCure } from './cures';
export { isNeverEntered } from './discovery';
export { checkFixNames, type FixRequest, fix } from './fix';
export { Outdated } from './live/snapshots';
export { LiveWorkspace } from './live/workspace';
export { replaceFile } from './replace-file';
export { folderOf, pathInRoot, resolveScope, type Scope } from './root';
export { type RuleListing, rulesWithMetadata } from './rules';
export { wholeOf } from './survey';
export {
  type AuditRequest,
  type AuditResult,
  type AuditStats,
  type EngineChoice,
  type Profile,
  SKIP_REASONS,
  type SkippedFile,
  type SkipReason,
  UsageError,
} from './types';
export { TypeScriptService } from './typescript/service';
export { VERSION } from './versions';
export { Workspace } from './workspace';
export { systemReason } from './write/files';
export { recoverInterrupted } from './write-change';
