import { isDataError } from '../../platform/database/dialect.js';
import { chunks } from './bulk.js';

/** GitHub's ids of the people with a row that the database refused. */
export type RefusedIds = ReadonlySet<number>;

interface Row {
  githubId: number;
}

/**
 * Writes rows in bulk. Where the database refuses a value, it halves the rows until the refused one is alone, and
 * writes all others. A refused statement has no effect, and the transaction goes on.
 */
export async function writeAccepted<T extends Row>(
  rows: T[],
  write: (rows: T[]) => Promise<void>,
  onRefused: (row: T, error: unknown) => void,
): Promise<RefusedIds> {
  const refused = new Set<number>();
  const writeSome = async (some: T[]): Promise<void> => {
    try {
      await write(some);
    } catch (error) {
      const [first] = some;
      if (!first || !isDataError(error)) throw error;
      if (some.length === 1) {
        refused.add(first.githubId);
        return onRefused(first, error);
      }
      const half = Math.ceil(some.length / 2);
      await writeSome(some.slice(0, half));
      await writeSome(some.slice(half));
    }
  };
  for (const some of chunks(rows)) await writeSome(some);
  return refused;
}

/** The rows of people without a refused row. */
export const accepted = <T extends Row>(rows: T[], refused: RefusedIds): T[] =>
  refused.size === 0 ? rows : rows.filter(({ githubId }) => !refused.has(githubId));

/** The database's code for why it refused a value. */
export const refusalOf = (error: unknown): string | undefined =>
  (error as { driverError?: { code?: string } }).driverError?.code;

const WHOSE = {
  member: 'The member',
  change: 'The change of the member',
  identity: 'The corporate identity of the member',
};

/** For the log: whose value was refused and why, without the value. */
export function notStored(what: keyof typeof WHOSE, githubId: number, why?: string): string {
  return `${WHOSE[what]} with GitHub's id ${githubId} could not be stored (${why}).`;
}
