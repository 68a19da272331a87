import type { EntityManager } from 'typeorm';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import { countPlaces, knownPeople, placesIn } from '../../members/github-teams/known-teams.js';
import type { StoredPlace } from '../../members/github-teams/team-diff.js';
import type { OrganizationAccess } from '../member-sync/organization-accesses.js';
import { countsHour, exceedsLimits, runsInHour } from '../member-sync/removal-limit.js';
import type { TeamsAndPlaces } from './held-team-removals.js';
import type { PartContext } from './part-sync.js';

/** What GitHub shows no longer: teams, and places in the teams that it shows. */
export interface MissingFromTeams extends TeamsAndPlaces {
  /** How many teams there were. */
  teamsBefore: number;
}

/** What a run removes of it; `places` are also those in the teams. */
export interface TeamRemovals extends TeamsAndPlaces {
  /** Above the limits of removal protection: an admin decides. */
  held: TeamsAndPlaces;
  /** What the credential may merely not see. */
  missing: string | undefined;
}

/**
 * Removes nothing that the credential may merely not see, and holds what is above the limits of removal protection.
 * People who leave the organization do not count: their own removal is within the limits, is approved, or is held. With
 * it they leave the teams that exist.
 * @throws GithubFailure `visibility_reduced`
 */
export async function teamRemovals(
  manager: EntityManager,
  context: PartContext,
  { teams: gone, places: left, teamsBefore }: MissingFromTeams,
): Promise<TeamRemovals> {
  const { access, listed, leaving, integrationId } = context;
  if (gone.length + left.length > 0) await access.checkVisibility();
  const seesAll = await seesAllTeams(access, gone.length > 0);
  const missing = seesAll ? undefined : needsOwner(gone.length);
  const teams = seesAll ? gone : [];
  const none = { teams: [], places: [] };
  if (left.length + teams.length === 0) return { ...none, held: none, missing };
  const teamIds = teams.map(({ id }) => id);
  const ofTeams = await placesIn(manager, teamIds);
  const ids = [...left, ...ofTeams].map(({ githubId }) => githubId);
  const people = await knownPeople(manager, integrationId, ids);
  const isPresent = ({ githubId }: StoredPlace) => people.get(githubId)?.present ?? false;
  const isMember = (place: StoredPlace) =>
    isPresent(place) && (listed?.has(place.githubId) ?? !leaving?.has(place.githubId));
  const ofOthers = left.filter((place) => !isPresent(place));
  const ofMembers = left.filter(isMember);
  const places = ofMembers.length + ofTeams.filter(isMember).length;
  const before = { teams: teamsBefore, places: await countPlaces(manager, integrationId) };
  if (await isAbove(manager, context, { teams: teams.length, places }, before))
    return { teams: [], places: ofOthers, held: { teams, places: ofMembers }, missing };
  return { teams, places: [...ofOthers, ...ofMembers, ...ofTeams], held: none, missing };
}

interface Counts {
  teams: number;
  places: number;
}

async function isAbove(
  manager: EntityManager,
  context: PartContext,
  removed: Counts,
  before: Counts,
): Promise<boolean> {
  const { integration } = context.access;
  const inHour = countsHour(context)
    ? await removedInHour(manager, context)
    : { teams: 0, places: 0 };
  return (['teams', 'places'] as const).some(
    (of) =>
      removed[of] > 0 &&
      exceedsLimits(integration, removed[of] + inHour[of], before[of] + inHour[of]),
  );
}

/** What small runs removed in the hour before. A run that held some made none without an admin. */
async function removedInHour(
  manager: EntityManager,
  { runId: id, integrationId }: PartContext,
): Promise<Counts> {
  const rows = await runsInHour(manager, { id, integrationId })
    .innerJoin(MemberChange, 'made', 'made.run_id = run.id')
    .select('made.kind', 'kind')
    .addSelect('COUNT(*)', 'count')
    .andWhere("made.kind IN ('team_deleted', 'team_left')")
    .andWhere(
      `NOT EXISTS (SELECT 1 FROM member_changes gone WHERE gone.integration_id = made.integration_id
         AND gone.github_id = made.github_id AND gone.run_id = made.run_id AND gone.kind = 'left')`,
    )
    .andWhere('NOT EXISTS (SELECT 1 FROM held_team_removals held WHERE held.run_id = run.id)')
    .groupBy('made.kind')
    .getRawMany<{ kind: string; count: number | string }>();
  const countOf = (wanted: string) => Number(rows.find(({ kind }) => kind === wanted)?.count ?? 0);
  return { teams: countOf('team_deleted'), places: countOf('team_left') };
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
