import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { isNoreplyOfSame } from '../../github/sign-in/noreply-address.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { recordForUser, type UserAction } from '../audit/record-for-user.js';
import { againAfterDuplicate } from '../single-sign-on/again-after-duplicate.js';
import { firstLink } from '../single-sign-on/first-link.js';
import { followEmail } from '../single-sign-on/follow-email.js';
import { githubNotAMember } from '../single-sign-on/sso-failures.js';
import { UserIdentity } from '../single-sign-on/user-identity.entity.js';
import { lockTeams } from '../users/lock-team.js';
import { Membership } from '../users/membership.entity.js';
import { User } from '../users/user.entity.js';
import type { GithubPerson, TeamStanding } from './github-person.js';
import { GithubRefusals } from './github-refusals.js';
import { followStanding } from './github-standing.js';

const BY = 'GitHub';

export interface Admitted {
  identity: UserIdentity;
  /** Whether GitHub gave the person something that this sign-in did not prove again. */
  isDue: boolean;
}

/** Finds or makes the user of somebody who signed in with GitHub, and keeps their teams in step with GitHub. */
@Injectable()
export class GithubPeople {
  constructor(
    private readonly dataSource: DataSource,
    private readonly refusals: GithubRefusals,
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
      if (error instanceof PublicError) await this.refusals.record(person, error);
      throw error;
    }
  }

  /** For a check of a session that goes on. */
  async follow(identity: UserIdentity, standings: TeamStanding[]): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const done = await this.followTeams(manager, identity, await locked(manager, standings));
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
    const present = await locked(manager, standings);
    const known = await manager.findOneBy(UserIdentity, { issuer, subject });
    const { identity, done } = known
      ? { identity: known, done: await followAddress(manager, known, person) }
      : await this.link(manager, person, present);
    done.push(...(await this.followTeams(manager, identity, present)));
    done.push({ action: 'sign_in', after: { by: BY } });
    const isDue = await isUnproven(manager, identity, present);
    await recordForUser(manager, identity.userId, done);
    return { identity, isDue };
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
}

/** Leaves out a team that was just deleted. */
async function locked(manager: EntityManager, standings: TeamStanding[]): Promise<TeamStanding[]> {
  const present = await lockTeams(
    manager,
    standings.map(({ teamId }) => teamId),
  );
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
