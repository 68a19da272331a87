import type { EntityManager } from 'typeorm';
import { countPlaces, knownPeople, placesIn } from '../../members/github-teams/known-teams.js';
import type { StoredPlace, StoredTeam } from '../../members/github-teams/team-diff.js';
import type { OrganizationAccess } from '../member-sync/organization-accesses.js';
import { exceedsLimits } from '../member-sync/removal-limit.js';
import type { PartContext } from './part-sync.js';

/** What GitHub shows no longer: teams, and places in the teams that it shows. */
export interface MissingFromTeams {
  teams: StoredTeam[];
  places: StoredPlace[];
  /** How many teams there were. */
  teamsBefore: number;
}

/** What a run removes of it. */
export interface TeamRemovals {
  teams: StoredTeam[];
  /** Also those in the teams. */
  places: StoredPlace[];
  /** Why it does not remove the rest. */
  words: string[];
}

/**
 * Removes nothing that the credential may merely not see, and nothing above the limits of removal protection. People who
 * leave the organization do not count: their own removal is within the limits, is approved, or is held. With it they
 * leave the teams that exist.
 * @throws GithubFailure `visibility_reduced`
 */
export async function teamRemovals(
  manager: EntityManager,
  { access, listed }: Pick<PartContext, 'access' | 'listed'>,
  { teams: missing, places: left, teamsBefore }: MissingFromTeams,
): Promise<TeamRemovals> {
  if (missing.length + left.length > 0) await access.checkVisibility();
  const seesAll = await seesAllTeams(access, missing.length > 0);
  const words = seesAll ? [] : [needsOwner(missing.length)];
  const teams = seesAll ? missing : [];
  if (left.length + teams.length === 0) return { teams, places: [], words };
  const { integration } = access;
  const teamIds = teams.map(({ id }) => id);
  const ofTeams = await placesIn(manager, teamIds);
  const ids = [...left, ...ofTeams].map(({ githubId }) => githubId);
  const people = await knownPeople(manager, integration.id, ids);
  const isPresent = ({ githubId }: StoredPlace) => people.get(githubId)?.present ?? false;
  const isMember = (place: StoredPlace) =>
    isPresent(place) && (listed?.has(place.githubId) ?? true);
  const ofOthers = left.filter((place) => !isPresent(place));
  const ofMembers = left.filter(isMember);
  const counted = ofMembers.length + ofTeams.filter(isMember).length;
  const isAbove =
    exceedsLimits(integration, teams.length, teamsBefore) ||
    exceedsLimits(integration, counted, await countPlaces(manager, integration.id));
  if (!isAbove) return { teams, places: [...ofOthers, ...ofMembers, ...ofTeams], words };
  return { teams: [], places: ofOthers, words: [...words, tooMany(teams.length, counted)] };
}

/** Only owners and installations see all secret teams. @param again whether to ask if an owner still is one */
async function seesAllTeams(
  { client, organization, visibility }: OrganizationAccess,
  again: boolean,
): Promise<boolean> {
  const { userId, twoFactor: isOwner } = visibility;
  if (userId === null) return true;
  if (!isOwner || !again) return isOwner;
  return (await client.membership(organization.login))?.isOwner ?? false;
}

const needsOwner = (missing: number) =>
  'Secret teams: GitHub shows them to their members, to owners and to a GitHub App with "Members: read" only.' +
  (missing > 0 ? ` ${missing} known teams are not visible and stay as they are known.` : '') +
  ' Connect the organization with one of these.';

const tooMany = (teams: number, places: number) =>
  `${teams} teams and ${places} memberships of teams seem to be gone, which is above the limits of removal protection. ` +
  'They were kept. Check them on GitHub, or raise the limits in the settings and sync again.';
