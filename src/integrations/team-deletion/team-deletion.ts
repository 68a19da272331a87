import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, Not } from 'typeorm';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import { lockTeam } from '../../accounts/users/lock-team.js';
import { Membership } from '../../accounts/users/membership.entity.js';
import { Team } from '../../accounts/users/team.entity.js';
import { refuseDefault } from '../../accounts/users/team-administration.js';
import { User } from '../../accounts/users/user.entity.js';
import { Member } from '../../members/member.entity.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { Credential } from '../connections/credential.entity.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { HookCleanup } from '../webhooks/hook-cleanup.js';

/** How much goes with a team. */
export interface TeamContents {
  organizations: number;
  members: number;
  users: number;
}

/** Deletes a team with everything that it has. Its audit log stays. */
@Injectable()
export class TeamDeletion {
  constructor(
    private readonly dataSource: DataSource,
    private readonly hooks: HookCleanup,
  ) {}

  contents(teamId: number): Promise<TeamContents> {
    return contentsOf(this.dataSource.manager, teamId);
  }

  /**
   * Also deletes the accounts of users who are in no other team, and the webhooks that Rollcall made at GitHub.
   * @throws PublicError `team_default`; `team_syncing` while a run is unfinished, because its worker still writes;
   *   `team_of_instance_admin` for the only team of somebody who manages teams
   */
  async delete(id: number): Promise<Team> {
    const removeHooks = await this.hooks.prepare({ teamId: id });
    const deleted = await inTransaction(this.dataSource, async (manager) => {
      const team = await lockTeam(manager, id);
      refuseDefault(team);
      const integrations = await lockIntegrations(manager, id);
      await refuseUnfinished(manager, integrations);
      const lonely = await usersOnlyIn(manager, id);
      if (lonely.some(({ instanceAdmin }) => instanceAdmin)) throw ofInstanceAdmin();
      const before = { slug: team.slug, ...(await contentsOf(manager, id)) };
      // The integrations first: a foreign key keeps each credential while an integration uses it.
      await manager.delete(GithubIntegration, { teamId: id });
      await manager.delete(Credential, { teamId: id });
      await manager.delete(Team, { id });
      await manager.delete(User, { id: In(lonely.map((user) => user.id)) });
      await recordAudit(manager, {
        teamId: null,
        action: 'team.delete',
        subject: team.slug,
        before,
      });
      return team;
    });
    await removeHooks();
    return deleted;
  }
}

async function contentsOf(manager: EntityManager, teamId: number): Promise<TeamContents> {
  const integrations = await manager.find(GithubIntegration, {
    select: { id: true },
    where: { teamId },
  });
  return {
    organizations: integrations.length,
    members: await manager.countBy(Member, { integrationId: In(idsOf(integrations)) }),
    users: await manager.countBy(Membership, { teamId }),
  };
}

/** A request for a run waits, and then finds no integration. */
const lockIntegrations = (manager: EntityManager, teamId: number): Promise<GithubIntegration[]> =>
  forUpdate(
    manager.createQueryBuilder(GithubIntegration, 'integration').where({ teamId }),
  ).getMany();

async function refuseUnfinished(manager: EntityManager, integrations: GithubIntegration[]) {
  const unfinishedIntegrationId = In(idsOf(integrations));
  if (await manager.existsBy(MemberSyncRun, { unfinishedIntegrationId })) throw teamSyncing();
}

/** The users who are in no other team; locked, so that they join none meanwhile. */
async function usersOnlyIn(manager: EntityManager, teamId: number): Promise<User[]> {
  const here = (await manager.findBy(Membership, { teamId })).map(({ userId }) => userId);
  const users = await forUpdate(
    manager.createQueryBuilder(User, 'user').where({ id: In(here) }),
  ).getMany();
  const elsewhere = await manager.findBy(Membership, { userId: In(here), teamId: Not(teamId) });
  const kept = new Set(elsewhere.map(({ userId }) => userId));
  return users.filter(({ id }) => !kept.has(id));
}

const idsOf = (rows: { id: number }[]): number[] => rows.map(({ id }) => id);

const teamSyncing = () =>
  new PublicError(
    409,
    'team_syncing',
    'A team cannot be deleted during a sync.',
    'Wait for the run to finish, or let an admin of the team cancel it. Then try again.',
  );

const ofInstanceAdmin = () =>
  new PublicError(
    409,
    'team_of_instance_admin',
    'Somebody who manages the teams of this Rollcall is only in this team.',
    'Invite them into another team first. Otherwise they could not sign in any more.',
  );
