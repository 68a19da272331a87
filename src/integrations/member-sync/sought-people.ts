import pMap from 'p-map';
import { type EntityManager, In } from 'typeorm';
import type { GithubClient } from '../../github/client/github-client.js';
import type { SoughtPerson } from '../../github/members/people-look-up.js';
import { Member } from '../../members/member.entity.js';
import type { Hint } from '../hints/hint.entity.js';

/** The people whom hints name, and the logins that nobody has. */
export interface Sought {
  people: SoughtPerson[];
  unknown: string[];
}

/**
 * Who is meant. A login means whoever has it at GitHub now, and whoever has it in the directory, who may have been renamed
 * since.
 * @throws GithubFailure
 */
export async function soughtPeople(
  manager: EntityManager,
  integrationId: number,
  hints: Hint[],
  client: GithubClient,
): Promise<Sought> {
  const logins = hints.flatMap(({ subject }) =>
    subject.startsWith('@') ? [subject.slice(1)] : [],
  );
  const ids = hints.filter(({ subject }) => !subject.startsWith('@'));
  const people = new Map(ids.map(({ subject, nodeId }) => stranger(Number(subject), nodeId)));
  const users = await pMap(logins, (login) => client.people.byLogin(login), { concurrency: 4 });
  for (const user of users) if (user) people.set(...stranger(user.id, user.node_id));
  const stored = await storedPeople(manager, integrationId, [...people.keys()], logins);
  for (const { loginKey: _, ...person } of stored) people.set(person.githubId, person);
  const known = new Set(stored.map(({ loginKey }) => loginKey));
  const unknown = logins.filter((login, i) => !users[i] && !known.has(login));
  return { people: [...people.values()], unknown };
}

const stranger = (githubId: number, nodeId: string | null): [number, SoughtPerson] => [
  githubId,
  { githubId, nodeId, login: null, isPresent: false },
];

/** Named, because the index of logins begins with the status. */
const STATUSES: Member['status'][] = ['active', 'left', 'disabled'];

/** The node id of the directory was told by GitHub's list, so it is the person's. */
async function storedPeople(
  manager: EntityManager,
  integrationId: number,
  githubIds: number[],
  logins: string[],
): Promise<(SoughtPerson & Pick<Member, 'loginKey'>)[]> {
  const select = {
    ...{ id: true, githubId: true, nodeId: true, login: true, loginKey: true, present: true },
  } as const;
  const where = [
    { integrationId, githubId: In(githubIds) },
    ...(logins.length > 0 ? [{ integrationId, status: In(STATUSES), loginKey: In(logins) }] : []),
  ];
  const found = await manager.find(Member, { select, where });
  return found.map(({ githubId, nodeId, login, loginKey, present: isPresent }) => ({
    ...{ githubId, nodeId, login, loginKey, isPresent },
  }));
}
