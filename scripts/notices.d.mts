/** The licences of the packages whose code lies in the bundles. */
export function notices(root: string, files: Iterable<string>): Promise<string>;
