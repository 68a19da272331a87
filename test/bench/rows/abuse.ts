import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { abuseSignIn } from './abuse-sign-in.js';

/** What honest people notice while others ask for more than their share. */
export const abuse = (rounds: Rounds): Promise<Row[]> => abuseSignIn(rounds);
