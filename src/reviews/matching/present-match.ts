import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { type Affiliation, affiliationOf } from '../../members/affiliation.js';
import type { Member } from '../../members/member.entity.js';
import type { KnownPerson } from '../people-list/list-difference.js';
import type { ListedPerson } from '../people-list/listed-person.js';
import type { Match } from './match.entity.js';
import type { MatchCategory } from './match-category.js';
import type { MatchedBy } from './match-people.js';

/** Somebody of the list. */
export interface PresentedPerson extends ListedPerson {
  id: number;
}

/** Somebody on GitHub, in one of the team's organizations. */
export interface PresentedAccount {
  memberId: number;
  integrationId: number;
  organization: string;
  githubId: number;
  login: string;
  displayName: string;
  email: string;
  affiliation: Affiliation | null;
}

export interface PresentedMatch {
  /** Null for somebody who has left the company and is not on GitHub: nothing is to be done. */
  category: MatchCategory | null;
  matchedBy: MatchedBy | null;
  person: PresentedPerson | null;
  member: PresentedAccount | null;
  candidates: PresentedAccount[];
}

/** What is shown of matches. */
export interface MatchParts {
  people: Map<number, KnownPerson>;
  members: Map<number, Member>;
  integrations: Map<number, GithubIntegration>;
}

export type ShownMatch = Pick<
  Match,
  'category' | 'matchedBy' | 'personId' | 'memberId' | 'candidates'
>;

export const presentMatch = (
  { category, matchedBy, personId, memberId, candidates }: ShownMatch,
  parts: MatchParts,
): PresentedMatch => ({
  ...{ category, matchedBy },
  person: presentPerson(parts.people.get(personId ?? 0)),
  member: accountsOf(memberId === null ? [] : [memberId], parts)[0] ?? null,
  candidates: accountsOf(candidates ?? [], parts),
});

/** Somebody of the list who is in no category. */
export const unmatched = (person: KnownPerson): PresentedMatch => ({
  ...{ category: null, matchedBy: null, member: null, candidates: [] },
  person: presentPerson(person),
});

function presentPerson(person: KnownPerson | undefined): PresentedPerson | null {
  if (!person) return null;
  const { personId, email, name, githubLogin, status, endDate, managerEmail } = person;
  return { id: personId, email, name, githubLogin, status, endDate, managerEmail };
}

/** Somebody whose directory was just deleted is left out. */
const accountsOf = (ids: number[], { members, integrations }: MatchParts): PresentedAccount[] =>
  ids.flatMap((id) => {
    const member = members.get(id);
    const integration = integrations.get(member?.integrationId ?? 0);
    return member && integration ? presentAccount(member, integration) : [];
  });

const presentAccount = (
  member: Member,
  { id, organizationLogin }: GithubIntegration,
): PresentedAccount => ({
  ...{ memberId: member.id, integrationId: id, organization: organizationLogin },
  ...{ githubId: member.githubId, login: member.login },
  displayName: member.name || member.login,
  email: member.email,
  affiliation: affiliationOf(member),
});
