/** Without what is not said. */
export function defined<T extends object>(value: T | undefined): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const said = Object.entries(value ?? {}).filter(([, one]) => one !== undefined);
  return Object.fromEntries(said) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
