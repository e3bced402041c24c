import { Refusal } from '../../../../../core/edit/refusal';
import { textOf } from '../subject';
import { isClosedClass } from './holding';
import type { Subject } from './subject';

/**
 * Tells classes and functions that can hold no adapter, whatever they call.
 * @throws Refusal `closed-class`, `component`
 */
export function refuseUnfit(subject: Subject): void {
  const { isClass, symbol: name, document } = subject;
  if (isClass && isClosedClass(subject)) throw new Refusal('closed-class', { name, file: document.file });
  if (!isClass && isComponent(subject)) throw new Refusal('component', { name, file: document.file });
}

/** Components and hooks of React run whenever something is drawn. */
function isComponent({ symbol, unit, document }: Subject): boolean {
  const name = symbol.split('.').at(-1)!;
  return (
    /^use[A-Z]/.test(name) ||
    (/^[A-Z]/.test(name) && unit.descendantsOfType(['jsx_element', 'jsx_self_closing_element']).length > 0) ||
    /\buse(?:State|Effect|Memo|Callback|Ref)\(/.test(textOf(document, unit))
  );
}
