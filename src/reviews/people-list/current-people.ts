import { type EntityManager, In, IsNull } from 'typeorm';
import type { KnownPerson } from './list-difference.js';
import { ListPerson } from './list-person.entity.js';
import { ListRow } from './list-row.entity.js';

type Row = Record<string, string | number | null>;

/**
 * Everybody in the current version of a team's list, in plain objects: there may be very many.
 * @param personIds only these
 */
export async function currentPeople(
  manager: EntityManager,
  teamId: number,
  personIds?: number[],
): Promise<KnownPerson[]> {
  const some = personIds && { personId: In(personIds) };
  const rows = await manager
    .createQueryBuilder(ListRow, 'listed')
    .innerJoin(ListPerson, 'person', 'person.id = listed.person_id')
    .select('listed.id', 'rowId')
    .addSelect('person.id', 'personId')
    .addSelect('person.email', 'email')
    .addSelect('listed.name', 'name')
    .addSelect('listed.github_login', 'githubLogin')
    .addSelect('listed.status', 'status')
    .addSelect('listed.end_date', 'endDate')
    .addSelect('listed.manager_email', 'managerEmail')
    .where({ teamId, untilVersion: IsNull(), ...some })
    .getRawMany<Row>();
  return rows as unknown as KnownPerson[];
}
