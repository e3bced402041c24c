/**
 * What the Seamline client and the Seamline server say to each other beyond the Language Server Protocol. Plain types and names, nothing
 * else: both sides import it, and any other client may use it. Lines and characters are 0-based, characters count UTF-16 code units.
 */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** Sent with `initialize`. Other clients leave it out and get what plain LSP can show. */
export interface InitializationOptions {
  /** The client knows the commands and requests of this file. */
  readonly isSeamlineClient?: boolean;
  /** Where rule pages are found: `vscode://seamline.seamline/rules/` for the extension. */
  readonly docsBaseUrl?: string;
  /** The section `seamline`, as long as the client neither answers `workspace/configuration` nor pushes settings. */
  readonly settings?: Settings;
}

/** The section `seamline` of the editor's settings. */
export interface Settings {
  readonly diagnostics?: { readonly scope?: 'openFiles' | 'workspace' };
  readonly profile?: 'default' | 'full';
  readonly exclude?: readonly string[];
  readonly tests?: readonly string[];
  readonly deferTo?: readonly string[];
  /** By rule: `off`, a severity, or options, as in `seamline.json`. */
  readonly rules?: Readonly<Record<string, unknown>>;
}

/** Names one finding as long as its file does not change. */
export interface FindingReference {
  /** URI of the file in which the finding was shown. */
  readonly uri: string;
  readonly rule: string;
  readonly fingerprint: string;
  /** Start line of its first place. */
  readonly line: number;
}

/** `data` of every diagnostic. */
export interface DiagnosticData extends FindingReference {
  readonly cures: readonly string[];
}

/** Names one cure of one finding. */
export interface CureReference extends FindingReference {
  readonly cure: string;
}

/** `seamline/planCure`: what a cure would do, before it is built. */
export const PLAN_CURE = 'seamline/planCure';
export interface PlanCureResult {
  readonly title: string;
  readonly applicability: 'safe' | 'review';
  /** The places of the group that can be chosen; one for a finding that stands alone. */
  readonly places: readonly (Location & { readonly label: string })[];
  /** The name of what is created, and the file that it goes to, where the cure creates something; relative to the folder. */
  readonly name?: string;
  readonly into?: string;
  /** Whether the cure wants a reason in words. */
  readonly wantsReason: boolean;
  /** Present when the cure cannot be carried out. */
  readonly refusal?: RefusalResult;
}

export interface RefusalResult {
  readonly code: string;
  readonly reason: string;
  readonly at?: Location;
}

/** `seamline/buildCure`: builds and verifies a cure with the user's choices. Nothing is applied. */
export const BUILD_CURE = 'seamline/buildCure';
export interface BuildCureParams extends CureReference {
  readonly name?: string;
  readonly into?: string;
  readonly reason?: string;
  readonly places?: readonly { readonly uri: string; readonly line: number }[];
}
export interface BuildCureResult {
  readonly title?: string;
  readonly applicability?: 'safe' | 'review';
  readonly notes?: readonly { readonly message: string; readonly isDoubt: boolean; readonly at?: Location }[];
  /** A `WorkspaceEdit` of LSP: versioned document changes where the client takes them. */
  readonly edit?: unknown;
  /** Texts before and after, for a preview; `before` is absent for a file that is created. */
  readonly files?: readonly { readonly uri: string; readonly before?: string; readonly after: string }[];
  /** Of a group of which some places are doubtful, the others: `places` of a request that leaves the doubtful ones out. */
  readonly certainPlaces?: BuildCureParams['places'];
  /** Where the new name stands after the change, for a rename right after it. */
  readonly newName?: Location;
  readonly refusal?: RefusalResult;
}

/** What a change brought into being. */
export interface Created {
  /** URI of a new file. */
  readonly file?: string;
  /** Where the new name stands. */
  readonly newName?: Location;
}

/** `seamline/audit`: audits all folders, with work-done progress; answers with the written report. */
export const AUDIT = 'seamline/audit';
export interface AuditParams {
  readonly workDoneToken?: string | number;
  readonly profile?: 'default' | 'full';
}
export interface AuditResult {
  /** Markdown. */
  readonly report: string;
  readonly findings: number;
}

/** `seamline/findings`: everything that the Refactor Plan shows. */
export const FINDINGS = 'seamline/findings';
export type FindingsResult = readonly FindingItem[];
export interface FindingItem extends FindingReference {
  readonly message: string;
  /** `Class.method`, where the finding lies in something that has a name. */
  readonly symbol?: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly range: Range;
  /** Relative to its folder. */
  readonly file: string;
  readonly ruleTitle: string;
  readonly related: readonly (Location & { readonly message: string })[];
  readonly cures: readonly { readonly id: string; readonly title: string }[];
}

/** `seamline/findingsChanged` (server to client): the answer to {@link FINDINGS} would be another one. */
export const FINDINGS_CHANGED = 'seamline/findingsChanged';

/** `seamline/status` (server to client): what the server is at; sent whenever it changes. */
export const STATUS = 'seamline/status';
export interface StatusParams {
  readonly state: 'indexing' | 'ready';
  /** Findings that {@link FINDINGS} would answer with. */
  readonly findings: number;
  /** A configuration file that cannot be used; its last good state holds. */
  readonly brokenConfiguration?: Location & { readonly message: string };
}

/** `seamline/ignore`: the edit that silences a finding at its place or in its whole file. */
export const IGNORE = 'seamline/ignore';
export interface IgnoreParams extends FindingReference {
  readonly scope: 'line' | 'file';
  readonly reason?: string;
}
export interface IgnoreResult {
  /** A `WorkspaceEdit`; absent where no comment can stand. */
  readonly edit?: unknown;
  /** Present when the finding is gone. */
  readonly refusal?: RefusalResult;
}

/** `seamline/configuration`: the effective configuration of a file, each value with its origin. */
export const CONFIGURATION = 'seamline/configuration';
export interface ConfigurationParams {
  readonly uri: string;
}
export interface ConfigurationResult {
  /** JSON with comments, to be shown. */
  readonly text: string;
}

/**
 * `seamline/settingOrigins` (server to client): which level of the editor's settings each key of the section `seamline` comes from
 * (`folder`, `workspace`, `user`), for the resource at a URI. Keys as in the settings: `profile`, `rules.<id>.<option>`.
 */
export const SETTING_ORIGINS = 'seamline/settingOrigins';
export type SettingOrigins = Readonly<Record<string, 'folder' | 'workspace' | 'user'>>;

/** `seamline/rescan`: reads the workspace anew. */
export const RESCAN = 'seamline/rescan';

/**
 * Commands that code actions of the server name. The extension registers them, so the server must not; for other clients it registers
 * {@link COMMANDS.explainRefusal}, the only one that they are sent.
 */
export const COMMANDS = {
  /** Arguments: {@link CureReference}. Shows the change in a multi-file diff, with Apply. */
  preview: 'seamline.preview',
  /** Arguments: {@link CureReference}. Asks for places, name and target, then previews. */
  withOptions: 'seamline.applyWithOptions',
  /** Arguments: {@link IgnoreParams}. Asks for a reason, then ignores. */
  ignore: 'seamline.ignore',
  /** Arguments: {@link Created}. Runs after an edit: shows what is new and starts to rename it. */
  reveal: 'seamline.reveal',
  /** Arguments: {@link RefusalResult}. Shows why there is no fix. */
  explainRefusal: 'seamline.explainRefusal',
} as const;
