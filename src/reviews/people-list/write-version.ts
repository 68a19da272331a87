import { type EntityManager, In, LessThan } from 'typeorm';
import { insertRows } from '../../platform/database/insert-rows.js';
import { plainRows } from '../../platform/database/plain-rows.js';
import { inParts } from '../../platform/in-parts.js';
import type { ListDifference } from './list-difference.js';
import { ListPerson } from './list-person.entity.js';
import { ListRow } from './list-row.entity.js';
import type { ListedPerson } from './listed-person.js';
import { PeopleListVersion } from './people-list-version.entity.js';

/** SQLite takes 32,766 values in a statement. */
const ROWS_A_STATEMENT = 2_000;

/** How many versions are kept. */
const VERSIONS_KEPT = 20;

type Numbered = Pick<PeopleListVersion, 'teamId' | 'number'>;

/** Writes what is different from a version on, in the caller's transaction. */
export async function writeDifference(
  manager: EntityManager,
  { teamId, number }: Numbered,
  { added, changed, removed }: ListDifference,
): Promise<void> {
  const ended = [...changed.map(({ before }) => before), ...removed].map(({ rowId }) => rowId);
  for (const ids of inParts(ended, ROWS_A_STATEMENT))
    await manager.update(ListRow, { id: In(ids) }, { untilVersion: number - 1 });
  const ids = await peopleIds(manager, teamId, added);
  const rowOf = ({ email, ...values }: ListedPerson, personId?: number) => ({
    ...values,
    ...{ teamId, personId: personId ?? ids.get(email), fromVersion: number, untilVersion: null },
  });
  const rows = [
    ...changed.map(({ before, after }) => rowOf(after, before.personId)),
    ...added.map((person) => rowOf(person)),
  ];
  for (const some of inParts(rows, ROWS_A_STATEMENT)) await insertRows(manager, ListRow, some);
}

/** The ids of people by their email address. Those who were in no version get one. */
async function peopleIds(
  manager: EntityManager,
  teamId: number,
  people: ListedPerson[],
): Promise<Map<string, number>> {
  if (people.length === 0) return new Map();
  const known = await idsByEmail(manager, teamId);
  const unknown = people.flatMap(({ email }) => (known.has(email) ? [] : { teamId, email }));
  if (unknown.length === 0) return known;
  for (const some of inParts(unknown, ROWS_A_STATEMENT))
    await insertRows(manager, ListPerson, some);
  return idsByEmail(manager, teamId);
}

async function idsByEmail(manager: EntityManager, teamId: number): Promise<Map<string, number>> {
  const rows = await plainRows(
    manager
      .createQueryBuilder(ListPerson, 'person')
      .select(['person.id', 'person.email'])
      .where({ teamId }),
    ['id', 'email'],
  );
  return new Map(rows.map(({ id, email }) => [email, id]));
}

/** Deletes the versions that are no longer kept, and the people who are in none that is. */
export async function pruneVersions(
  manager: EntityManager,
  { teamId, number }: Numbered,
): Promise<void> {
  const oldest = number - VERSIONS_KEPT + 1;
  if (oldest <= 1) return;
  await manager.delete(PeopleListVersion, { teamId, number: LessThan(oldest) });
  await manager.delete(ListRow, { teamId, untilVersion: LessThan(oldest) });
  await manager
    .createQueryBuilder()
    .delete()
    .from(ListPerson)
    .where({ teamId })
    .andWhere('id NOT IN (SELECT person_id FROM people_list_rows WHERE team_id = :teamId)', {
      teamId,
    })
    .execute();
}
