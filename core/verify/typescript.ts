/** Asks the TypeScript compiler about files before and after a change. Implemented outside the core, in a child process. */
export interface TypeScriptChecker {
  /**
   * Compares what the compiler says before and after. Never throws and always ends: what cannot be checked (a broken configuration,
   * a compiler that crashed or took too long, a signal that was raised) is a verdict `unavailable`.
   */
  check(request: TypeScriptCheck, signal?: AbortSignal): Promise<TypeScriptVerdict>;
}

export interface TypeScriptCheck {
  /** Files that the change touches or creates, relative to the root, with `/`: text before (undefined: created) and after. */
  readonly files: readonly { readonly file: string; readonly before?: string; readonly after: string }[];
  /** Files known to import them (from the facts of the workspace), relative to the root. */
  readonly importers: readonly string[];
}

export type TypeScriptVerdict =
  | {
      readonly kind: 'checked';
      /** Diagnostics that the change brings: those of touched and importing files, new as a multiset of (file, code, message). */
      readonly added: readonly TypeScriptDiagnostic[];
      /**
       * What the check would have needed and did not find, sorted, each once: specifiers that lead nowhere after the change, in the
       * touched files and in those importing ones that can notice it; configurations that a tsconfig extends; packages that its `types`
       * name. Where there is any (no node_modules, say), types are `any` and the check proves little.
       */
      readonly unresolved: readonly string[];
      /** The tsconfig.json or jsconfig.json files that governed the files, relative to the root; absent where there was none. */
      readonly project?: string;
    }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface TypeScriptDiagnostic {
  /** Relative to the root, with `/`. */
  readonly file: string;
  /** The compiler's number: 2304 for TS2304. */
  readonly code: number;
  /** The compiler's words in English; paths in it are relative to the root. */
  readonly message: string;
  /** 0-based line and UTF-16 column in the text after the change. */
  readonly at: { readonly line: number; readonly column: number };
}
