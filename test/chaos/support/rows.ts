import { In, IsNull } from 'typeorm';
import { GithubIntegration } from '../../../src/integrations/connections/github-integration.entity.js';
import { MemberSyncRun } from '../../../src/integrations/runs/member-sync-run.entity.js';
import { MemberChange } from '../../../src/members/changes/member-change.entity.js';
import { GithubTeam } from '../../../src/members/github-teams/github-team.entity.js';
import { GithubTeamMember } from '../../../src/members/github-teams/github-team-member.entity.js';
import { MembersService } from '../../../src/members/listing/members.service.js';
import { Member } from '../../../src/members/member.entity.js';
import type { StatusCounts } from '../../../src/members/member-counts.js';
import type { Service } from '../../support/service.js';

/** What the database holds of an integration, oldest first. */
export interface Rows {
  members: Member[];
  changes: MemberChange[];
  teams: GithubTeam[];
  /** Of people who are in a team. */
  places: GithubTeamMember[];
  runs: MemberSyncRun[];
  integration: GithubIntegration;
  /** Those that are kept. */
  counts: StatusCounts;
}

export async function rowsOf(
  { app, dataSource: { manager } }: Service,
  integrationId: number,
): Promise<Rows> {
  const all = { where: { integrationId }, order: { id: 'ASC' } } as const;
  const teams = await manager.find(GithubTeam, all);
  const ofTeams = { githubTeamId: In(teams.map(({ id }) => id)), leftAt: IsNull() };
  return {
    teams,
    places: await manager.findBy(GithubTeamMember, ofTeams),
    members: await manager.find(Member, all),
    changes: await manager.find(MemberChange, all),
    runs: await manager.find(MemberSyncRun, all),
    integration: await manager.findOneByOrFail(GithubIntegration, { id: integrationId }),
    counts: await app.get(MembersService, { strict: false }).counts(integrationId),
  };
}

export const runOf = ({ dataSource }: Service, id: number): Promise<MemberSyncRun> =>
  dataSource.manager.findOneByOrFail(MemberSyncRun, { id });

/** How many changes the run has made. */
export const changesOf = ({ dataSource }: Service, runId: number): Promise<number> =>
  dataSource.manager.countBy(MemberChange, { runId });
