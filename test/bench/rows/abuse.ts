import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { abuseExports } from './abuse-exports.js';
import { abuseSignIn } from './abuse-sign-in.js';

/** What honest people notice while others ask for more than their share. */
export async function abuse(rounds: Rounds): Promise<Row[]> {
  return [...(await abuseSignIn(rounds)), ...(await abuseExports(rounds))];
}
