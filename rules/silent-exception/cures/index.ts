import type { Cure } from '../../../core/rule/cure';
import { explainException } from './explain-exception';
import { logException } from './log-exception';
import { narrowException } from './narrow-exception';
import { reRaise } from './re-raise';

/** The cures of a silent handler, in the order in which they are offered. */
export const CURES: readonly Cure[] = [logException, narrowException, reRaise, explainException];
