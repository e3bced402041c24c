export type Child = string | number | null | undefined | false | Html | Child[];

/** Markup that is escaped already. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

export type Component<P> = (props: P & { children?: Child[] }) => Html;

declare global {
  namespace JSX {
    type Element = Html;
    interface ElementChildrenAttribute {
      children: unknown;
    }
    interface IntrinsicElements {
      [name: string]: Record<string, unknown>;
    }
  }
}

const VOID = new Set(['br', 'hr', 'img', 'input', 'link', 'meta']);

/** The factory behind the markup of the pages: it builds text, there is no browser here. */
export function h<P extends object>(tag: string | Component<P>, props: P | null, ...children: Child[]): Html {
  if (typeof tag === 'function') return tag({ ...(props as P), children });
  const attributes = Object.entries(props ?? {})
    .filter(([, value]) => value !== undefined && value !== null && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`));
  const open = `<${tag}${attributes.join('')}>`;
  return new Html(VOID.has(tag) ? open : `${open}${render(children)}</${tag}>`);
}

function render(child: Child): string {
  if (Array.isArray(child)) return child.map(render).join('');
  if (child instanceof Html) return child.text;
  return child === null || child === undefined || child === false ? '' : escapeHtml(String(child));
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
