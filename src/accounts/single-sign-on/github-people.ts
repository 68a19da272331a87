import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { isNoreplyOfSame } from '../../github/sign-in/noreply-address.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { recordAudit } from '../audit/record-audit.js';
import { recordForUser, type UserAction } from '../audit/record-for-user.js';
import { RequestLimiter } from '../limits/request-limiter.js';
import { Membership } from '../users/membership.entity.js';
import { Team } from '../users/team.entity.js';
import { User } from '../users/user.entity.js';
import { againAfterDuplicate } from './again-after-duplicate.js';
import { firstLink } from './first-link.js';
import { followEmail } from './follow-email.js';
import type { GithubPerson, TeamStanding } from './github-person.js';
import { followStanding } from './github-standing.js';
import { githubNotAMember } from './sso-failures.js';
import { UserIdentity } from './user-identity.entity.js';

const BY = 'GitHub';

/** Anybody on GitHub can be refused, and must not fill the audit log. More are in the server's log only. */
const MAX_STRANGERS_RECORDED_A_MINUTE = 20;

export interface Admitted {
  identity: UserIdentity;
  /** Whether GitHub gave the person something that this sign-in did not prove again. */
  isDue: boolean;
}

/** Finds or makes the user of somebody who signed in with GitHub, and keeps their teams in step with GitHub. */
@Injectable()
export class GithubPeople {
  private readonly strangers = new RequestLimiter(MAX_STRANGERS_RECORDED_A_MINUTE);

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws PublicError `github_not_a_member`, `sso_email_taken` */
  async admit(person: GithubPerson, standings: TeamStanding[]): Promise<Admitted> {
    try {
      if (!standings.some(({ isMember }) => isMember)) throw githubNotAMember();
      return await againAfterDuplicate(() =>
        inTransaction(this.dataSource, (manager) => this.enter(manager, person, standings)),
      );
    } catch (error) {
      if (error instanceof PublicError) await this.recordRefusal(person, error);
      throw error;
    }
  }

  /** For a check of a session that goes on. */
  async follow(identity: UserIdentity, standings: TeamStanding[]): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const done = await this.followTeams(manager, identity, await lockTeams(manager, standings));
      await recordForUser(manager, identity.userId, done);
    });
  }

  async teamsOf({ userId }: UserIdentity): Promise<number[]> {
    const places = await this.dataSource.manager.findBy(Membership, { userId });
    return places.map(({ teamId }) => teamId);
  }

  private async enter(
    manager: EntityManager,
    person: GithubPerson,
    standings: TeamStanding[],
  ): Promise<Admitted> {
    const { issuer, subject } = person;
    // Before anything else: everybody takes locks in the same order.
    const locked = await lockTeams(manager, standings);
    const known = await manager.findOneBy(UserIdentity, { issuer, subject });
    const { identity, done } = known
      ? { identity: known, done: await followAddress(manager, known, person) }
      : await this.link(manager, person, locked);
    done.push(...(await this.followTeams(manager, identity, locked)));
    done.push({ action: 'sign_in', after: { by: BY } });
    await recordForUser(manager, identity.userId, done);
    return { identity, isDue: await isUnproven(manager, identity, locked) };
  }

  /** GitHub's own address is proven by the id, so it links nobody else. */
  private link(manager: EntityManager, person: GithubPerson, standings: TeamStanding[]) {
    const { issuer, subject, email, noreply } = person;
    const teams = standings
      .filter(({ isMember }) => isMember)
      .map(({ teamId }) => ({ teamId, joinedBy: 'github' as const }));
    const proven = { issuer, subject, verifiedEmail: email ?? noreply };
    return firstLink(manager, proven, { teams, by: BY });
  }

  private async followTeams(
    manager: EntityManager,
    { id, userId }: UserIdentity,
    standings: TeamStanding[],
  ): Promise<UserAction[]> {
    const ownersAreAdmins = this.config.githubSignIn?.ownersAreAdmins ?? false;
    const done: UserAction[] = [];
    for (const standing of standings)
      done.push(...(await followStanding(manager, userId, { standing, ownersAreAdmins })));
    await manager.update(UserIdentity, { id }, { checkedAt: new Date() });
    return done;
  }

  /** In the log of the user's teams; of somebody unknown, in that of what concerns no team. */
  private async recordRefusal({ issuer, subject, login }: GithubPerson, { code }: PublicError) {
    const refused = { action: 'sign_in.refused', after: { code, by: BY } } as const;
    const isCounted = (await this.strangers.count('all')) === 0;
    await inTransaction(this.dataSource, async (manager) => {
      const known = await manager.findOneBy(UserIdentity, { issuer, subject });
      if (known) await recordForUser(manager, known.userId, [refused]);
      else if (isCounted)
        await recordAudit(manager, { ...refused, teamId: null, actorName: login, subject: login });
    });
  }
}

/** Until the transaction ends: who is in them, in which role. Leaves out a team that was just deleted. */
async function lockTeams(
  manager: EntityManager,
  standings: TeamStanding[],
): Promise<TeamStanding[]> {
  const ids = standings.map(({ teamId }) => teamId);
  const select = manager.createQueryBuilder(Team, 'team').where({ id: In(ids) });
  const found = ids.length > 0 ? await forUpdate(select.orderBy('team.id')).getMany() : [];
  const present = new Set(found.map(({ id }) => id));
  return standings.filter(({ teamId }) => present.has(teamId));
}

async function isUnproven(
  manager: EntityManager,
  { userId }: UserIdentity,
  standings: TeamStanding[],
): Promise<boolean> {
  const where = [
    { userId, joinedBy: 'github' as const },
    { userId, adminBy: 'github' as const },
  ];
  const given = new Set((await manager.find(Membership, { where })).map(({ teamId }) => teamId));
  return standings.some(
    ({ teamId, isMember, isOwner }) =>
      given.has(teamId) && (isMember === undefined || isOwner === undefined),
  );
}

/** GitHub's own address has the login in it, which may change; it replaces no other address. */
async function followAddress(
  manager: EntityManager,
  { userId }: UserIdentity,
  { email, noreply }: GithubPerson,
): Promise<UserAction[]> {
  const user = await manager.findOneByOrFail(User, { id: userId });
  const isRenamed = isNoreplyOfSame(user.email, noreply);
  return followEmail(manager, user, email ?? (isRenamed ? noreply : undefined));
}
