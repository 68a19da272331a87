import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { type HeldOfTeam, HeldRemovals } from '../../integrations/removals/held-removals.js';
import type { MemberSyncRun } from '../../integrations/runs/member-sync-run.entity.js';
import { githubLinks } from '../shared/github-links.js';
import { githubTeamsPath } from '../shared/github-team-path.js';
import { knownPersonPath, personView } from '../shared/person-view.js';

/** A GitHub team of which removals are held. */
interface HeldTeamView {
  name: string;
  page: string;
  /** Whether the team itself seems to be deleted. */
  isDeleted: boolean;
  /** How many memberships would end. */
  memberships: number;
  /** Who seems to have left the team; nobody for a deleted one, which everybody leaves. */
  people: { login: string; page: string | undefined }[];
}

/** What a run holds, as its page lists it. */
@Injectable()
export class HeldRemovalsView {
  constructor(private readonly removals: HeldRemovals) {}

  /** Undefined where the run holds nothing. */
  async list(run: MemberSyncRun, integration: GithubIntegration) {
    const [found, ofTeams] = [await this.removals.people(run), await this.removals.ofTeams(run)];
    const removals = found.length + ofTeams.length;
    if (removals === 0) return undefined;
    const links = githubLinks(integration.apiUrl);
    const people = found.map(({ githubId, memberId, part, ...person }) => ({
      githubId,
      isCollaborator: part === 'outsideCollaborators',
      ...personView({ ...person, page: knownPersonPath(integration.id, memberId) }, links),
    }));
    return { people, teams: teamsView(ofTeams, integration.id), removals };
  }
}

/** Undefined for none. */
function teamsView(ofTeams: HeldOfTeam[], integrationId: number) {
  if (ofTeams.length === 0) return undefined;
  const teams = new Map<number, HeldTeamView>();
  for (const held of ofTeams) {
    const { githubTeamId, teamName: name, placeId, login, memberships, memberId } = held;
    const page = githubTeamsPath(integrationId, githubTeamId);
    const team = teams.get(githubTeamId) ?? emptyTeam(name, page);
    teams.set(githubTeamId, team);
    team.memberships += memberships;
    if (placeId === null) team.isDeleted = true;
    else team.people.push({ login, page: knownPersonPath(integrationId, memberId) });
  }
  const list = [...teams.values()];
  const deleted = list.filter(({ isDeleted }) => isDeleted).length;
  const memberships = list.reduce((sum, team) => sum + team.memberships, 0);
  return { list, deleted, memberships };
}

const emptyTeam = (name: string, page: string): HeldTeamView => ({
  ...{ name, page, isDeleted: false, memberships: 0, people: [] },
});
