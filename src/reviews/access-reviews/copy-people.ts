import type { EntityManager } from 'typeorm';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { type Affiliation, affiliationOf } from '../../members/affiliation.js';
import { Member } from '../../members/member.entity.js';
import { fittingText } from '../../platform/database/fitting-text.js';
import { insertRows } from '../../platform/database/insert-rows.js';
import { inParts } from '../../platform/in-parts.js';
import { accountKey, peopleWithAccess } from '../people-with-access.js';
import { AccessReviewItem, type FrozenMatch } from './access-review-item.entity.js';
import { AMBIGUOUS, ambiguousAccounts, matchesOf } from './frozen-matches.js';
import { FrozenTeams } from './frozen-teams.js';
import type { Reviewers } from './reviewers.js';

const COLUMNS = [
  ...(['id', 'githubId', 'login', 'loginKey', 'name', 'role', 'twoFactorEnabled'] as const),
  ...(['samlNameId', 'verifiedEmails', 'status', 'present', 'outside'] as const),
] satisfies (keyof Member)[];

type Person = Pick<Member, (typeof COLUMNS)[number]>;

/** SQLite takes 32,766 values in a statement. */
const ROWS_A_STATEMENT = 1_500;

const MAX_SEARCH_KEY = 2_000;

export interface Copying {
  reviewId: number;
  teamId: number;
  integration: GithubIntegration;
  teams: FrozenTeams;
  reviewers: Reviewers;
}

/** Copies everybody with access to an organization into a review, part by part. @returns how many there are */
export async function copyPeople(manager: EntityManager, copying: Copying): Promise<number> {
  const { integration, teamId, teams } = copying;
  const ambiguous = await ambiguousAccounts(manager, teamId);
  let copied = 0;
  for await (const all of peopleWithAccess(manager, integration.id, COLUMNS))
    for (const people of inParts(all, ROWS_A_STATEMENT)) {
      const githubIds = people.map(({ githubId }) => githubId);
      const matches = await matchesOf(manager, teamId, githubIds);
      const places = await teams.placesOf(manager, githubIds);
      const rows = people.map((person) => {
        const key = accountKey(integration.apiUrl, person.githubId);
        const match = matches.get(key) ?? (ambiguous.has(key) ? AMBIGUOUS : null);
        return itemOf(copying, person, { match, places: places.get(person.githubId) ?? [] });
      });
      await insertRows(manager, AccessReviewItem, rows);
      copied += rows.length;
    }
  return copied;
}

interface Known {
  match: FrozenMatch | null;
  places: Parameters<FrozenTeams['path']>[0][];
}

function itemOf(
  { reviewId, integration, teams, reviewers }: Copying,
  person: Person,
  { match, places }: Known,
): Omit<AccessReviewItem, 'id'> {
  const managerEmail = match?.managerEmail ?? null;
  const reviewer = reviewers.of({ githubTeamIds: teams.within(places), managerEmail });
  const words = [person.login, person.name, match?.email, match?.name, person.samlNameId];
  return {
    ...{ reviewId, integrationId: integration.id, memberId: person.id },
    organization: integration.organizationLogin,
    ...{ githubId: person.githubId, login: person.login, name: person.name, role: person.role },
    affiliation: affiliationOf(person) as Affiliation,
    twoFactor: person.twoFactorEnabled,
    githubTeams: places.map((team) => teams.path(team)).sort(),
    ...{ samlNameId: person.samlNameId, verifiedEmails: person.verifiedEmails, match },
    ...{ reviewerId: reviewer?.id ?? null, reviewer: reviewer?.email ?? null },
    ...{ decision: null, reason: '', decidedBy: null, decidedAt: null },
    sortKey: person.loginKey,
    searchKey: fittingText(words.filter(Boolean).join(' ').toLowerCase(), MAX_SEARCH_KEY),
  };
}
