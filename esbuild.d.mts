/** See esbuild.mjs. */
export function bundle(outdir: string, entries?: Readonly<Record<string, string>>): Promise<void>;
