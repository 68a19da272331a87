import { type EntityManager, In } from 'typeorm';
import { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { Member } from '../../members/member.entity.js';
import { inParts } from '../../platform/in-parts.js';
import { Match } from '../matching/match.entity.js';
import { ListPerson } from '../people-list/list-person.entity.js';
import { ListRow } from '../people-list/list-row.entity.js';
import { accountKey } from '../people-with-access.js';
import type { FrozenMatch } from './access-review-item.entity.js';

interface Row extends FrozenMatch {
  apiUrl: string;
  githubId: number | string;
}

/** What the people list says of these accounts, by their key, as they were last compared. @param githubIds GitHub's ids */
export async function matchesOf(
  manager: EntityManager,
  teamId: number,
  githubIds: number[],
): Promise<Map<string, FrozenMatch>> {
  const rows = await manager
    .createQueryBuilder(Match, 'found')
    .innerJoin(Member, 'member', 'member.id = found.member_id')
    .innerJoin(GithubIntegration, 'integration', 'integration.id = member.integration_id')
    .leftJoin(ListPerson, 'person', 'person.id = found.person_id')
    .leftJoin(ListRow, 'listed', 'listed.person_id = person.id AND listed.until_version IS NULL')
    .select('found.category', 'category')
    .addSelect('found.matched_by', 'matchedBy')
    .addSelect('found.github_id', 'githubId')
    .addSelect('integration.api_url', 'apiUrl')
    .addSelect('person.email', 'email')
    .addSelect('listed.name', 'name')
    .addSelect('listed.manager_email', 'managerEmail')
    .where({ teamId, githubId: In(githubIds) })
    .getRawMany<Row>();
  return new Map(
    rows.map(({ apiUrl, githubId, ...match }) => [accountKey(apiUrl, Number(githubId)), match]),
  );
}

/** What is known of an account from which somebody of the list is still to be chosen. */
export const AMBIGUOUS: FrozenMatch = {
  ...{ category: 'ambiguous', matchedBy: null },
  ...{ email: null, name: null, managerEmail: null },
};

const IDS_A_STATEMENT = 2_000;

/** The keys of the accounts from which somebody of the list is still to be chosen. */
export async function ambiguousAccounts(
  manager: EntityManager,
  teamId: number,
): Promise<Set<string>> {
  const matches = await manager.findBy(Match, { teamId, category: 'ambiguous' });
  const memberIds = [...new Set(matches.flatMap(({ candidates }) => candidates ?? []))];
  const keys = new Set<string>();
  for (const ids of inParts(memberIds, IDS_A_STATEMENT)) {
    const rows = await manager
      .createQueryBuilder(Member, 'member')
      .innerJoin(GithubIntegration, 'integration', 'integration.id = member.integration_id')
      .select('member.github_id', 'githubId')
      .addSelect('integration.api_url', 'apiUrl')
      .where({ id: In(ids) })
      .getRawMany<Pick<Row, 'apiUrl' | 'githubId'>>();
    for (const { apiUrl, githubId } of rows) keys.add(accountKey(apiUrl, Number(githubId)));
  }
  return keys;
}
