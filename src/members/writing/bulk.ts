import { inParts } from '../../platform/in-parts.js';

/** SQLite takes 32,766 values in a statement; a new member binds 19. */
const ROWS_A_STATEMENT = 1_700;

/** Splits rows into parts that fit one statement. */
export const chunks = <T>(all: T[]): T[][] => inParts(all, ROWS_A_STATEMENT);
