import { Refusal } from '../../../../core/edit/refusal';
import type { MessageArgs, Place } from '../../../../core/rule/finding';

/** Why some statements cannot become a call of a shared function. */
export interface Obstacle {
  readonly code: 'no-validator' | 'uses-class-state' | 'other-io' | 'import-cycle' | 'messages-would-change';
  readonly at: Place;
  readonly args?: MessageArgs;
}

export function refusalOf({ code, at, args }: Obstacle): Refusal {
  return new Refusal(code, { line: at.range.start.line + 1, file: at.file, ...args }, at);
}
