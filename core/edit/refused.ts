import { Refusal } from './refusal';

/** What an act gives, or the refusal that it ends in. What else it throws is thrown on. */
export function orRefusal<T>(act: () => T): T | Refusal {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
