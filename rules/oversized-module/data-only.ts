/** Below this share of lines in functions and methods a module is data: literals, tables, translations, types, data classes. */
const LEAST_BEHAVIOUR = 0.2;

/** Whether a module holds next to nothing but data and declarations: its length is then no matter of structure. */
export function isMostlyData(behaviour: number, lines: number): boolean {
  return behaviour < LEAST_BEHAVIOUR * lines;
}
