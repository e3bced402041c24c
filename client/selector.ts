/** The languages that Seamline reads. */
export const LANGUAGES = ['python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'] as const;

/** The documents that Seamline looks at: not those of Git, output channels, notebook cells or our own previews. */
export const SELECTOR = ['file', 'untitled'].flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language })));
