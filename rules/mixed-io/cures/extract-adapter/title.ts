import type { IoCall } from '../../collect';
import { IO_KINDS, type IoKind } from '../../kinds';

/** What a plan of either language says in its title. */
export interface Titled {
  readonly adapters: readonly {
    readonly group: { readonly kind: IoKind };
    readonly className: string;
    readonly methods: readonly { readonly pieces: readonly { readonly calls: readonly IoCall[] }[] }[];
  }[];
}

/** The arguments of the title: how many calls go to which classes, and where those stand. */
export function titleOf({ adapters }: Titled, target: string): Record<string, string | number> {
  const kinds = new Set<IoKind>(adapters.map(({ group }) => group.kind));
  const [kind] = kinds;
  const names = adapters.map(({ className }) => className);
  const last = names.pop()!;
  const calls = adapters.flatMap((one) => one.methods.flatMap(({ pieces }) => pieces.flatMap((piece) => piece.calls)));
  return {
    count: new Set(calls.filter((one) => IO_KINDS.includes(one.kind))).size,
    kind: kinds.size === 1 ? kind! : 'other',
    names: names.length === 0 ? last : `${names.join(', ')} and ${last}`,
    file: target
      .split('/')
      .slice(target.endsWith('/__init__.py') ? -2 : -1)
      .join('/'),
  };
}
