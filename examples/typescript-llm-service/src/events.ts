export type Listener<T> = (payload: T) => void;

/** Topics and what is published under them. */
export interface Topics {
  task: { id: string; status: string };
  'first-token': { id: string; elapsedMs: number };
  partial: { id: string; text: string; chunks: number };
  operation: { id: string; kind: string; model: string; status: string };
}

/** Delivers each payload to the subscribers of its topic, in order of subscription. */
export class EventBus {
  private readonly listeners = new Map<string, Set<Listener<never>>>();

  /** @returns the function that takes the listener off again. */
  subscribe<K extends keyof Topics>(topic: K, listener: Listener<Topics[K]>): () => void {
    const known = this.listeners.get(topic) ?? new Set<Listener<never>>();
    this.listeners.set(topic, known.add(listener));
    return () => known.delete(listener);
  }

  publish<K extends keyof Topics>(topic: K, payload: Topics[K]): void {
    for (const listener of [...(this.listeners.get(topic) ?? [])]) {
      (listener as Listener<Topics[K]>)(payload);
    }
  }
}
