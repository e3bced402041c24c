import { Refusal } from './refusal';

/** The refusal that an act ends in; undefined where it does not. What else it throws is thrown on. */
export function refusedBy(act: () => unknown): Refusal | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
