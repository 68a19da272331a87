import type { EntityManager } from 'typeorm';
import { currentPeople } from '../people-list/current-people.js';
import type { KnownPerson } from '../people-list/list-difference.js';
import { ListPerson } from '../people-list/list-person.entity.js';
import { accountKey } from '../people-with-access.js';

/** Somebody of the current list, with the key of the account that a person chose. */
export interface ChoosingPerson extends KnownPerson {
  chosen: string | null;
}

export async function choosingPeople(
  manager: EntityManager,
  teamId: number,
): Promise<ChoosingPerson[]> {
  const people = await currentPeople(manager, teamId);
  const choosers = await manager
    .createQueryBuilder(ListPerson, 'person')
    .where('person.team_id = :teamId AND person.chosen_github_id IS NOT NULL', { teamId })
    .getMany();
  const chosen = new Map(choosers.map((one) => [one.id, keyOf(one)]));
  return people.map((person) => ({ ...person, chosen: chosen.get(person.personId) ?? null }));
}

const keyOf = ({ chosenApiUrl, chosenGithubId }: ListPerson): string =>
  accountKey(chosenApiUrl ?? '', chosenGithubId ?? 0);
