import pMap from 'p-map';
import { type EntityManager, In } from 'typeorm';
import type { GithubClient } from '../../github/client/github-client.js';
import type { SoughtPerson } from '../../github/members/people-look-up.js';
import { Member } from '../../members/member.entity.js';
import type { Hint } from '../hints/hint.entity.js';
import { readSubject } from '../hints/hint-subject.js';

/** The people whom hints name, and the logins that nobody has. */
export interface Sought {
  people: SoughtPerson[];
  unknown: string[];
  /** Whether a run holds, or held, the removal of one of them. */
  areHeld: boolean;
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
  const named = hints.map(({ subject, nodeId }) => readSubject(subject, nodeId));
  const logins = named.flatMap((one) => ('login' in one ? [one.login] : []));
  const people = new Map(
    named.flatMap((one) =>
      'githubId' in one && one.githubId !== null
        ? [stranger(one.githubId, one.nodeId ?? null)]
        : [],
    ),
  );
  const users = await pMap(logins, (login) => client.people.byLogin(login), { concurrency: 4 });
  for (const user of users) if (user) people.set(...stranger(user.id, user.node_id));
  const stored = await storedPeople(manager, integrationId, [...people.keys()], logins);
  for (const { loginKey: _, isHeld: __, ...person } of stored) people.set(person.githubId, person);
  const known = new Set(stored.map(({ loginKey }) => loginKey));
  const unknown = logins.filter((login, i) => !users[i] && !known.has(login));
  const areHeld = stored.some(({ isHeld }) => isHeld);
  return { people: [...people.values()], unknown, areHeld };
}

const stranger = (githubId: number, nodeId: string | null): [number, SoughtPerson] => [
  githubId,
  { githubId, nodeId, login: null, isPresent: false },
];

interface StoredPerson extends SoughtPerson, Pick<Member, 'loginKey'> {
  isHeld: boolean;
}

/** The node id of the directory was told by GitHub's list, so it is the person's. */
async function storedPeople(
  manager: EntityManager,
  integrationId: number,
  githubIds: number[],
  logins: string[],
): Promise<StoredPerson[]> {
  const select = manager
    .createQueryBuilder(Member, 'member')
    .select('member.github_id', 'githubId')
    .addSelect('member.node_id', 'nodeId')
    .addSelect('member.login', 'login')
    .addSelect('member.login_key', 'loginKey')
    .addSelect('member.present', 'isPresent')
    .addSelect(
      'EXISTS (SELECT 1 FROM held_removals held WHERE held.github_id = member.github_id)',
      'isHeld',
    )
    .where({ integrationId, githubId: In(githubIds) });
  // The index of logins begins with the status.
  if (logins.length > 0)
    select.orWhere({ integrationId, status: In(STATUSES), loginKey: In(logins) });
  const rows = await select.getRawMany<StoredPerson>();
  return rows.map((row) => ({
    ...row,
    githubId: Number(row.githubId),
    isPresent: Boolean(Number(row.isPresent)),
    isHeld: Boolean(Number(row.isHeld)),
  }));
}

const STATUSES: Member['status'][] = ['active', 'left', 'disabled'];
