import { Inject, Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { recordAudit } from '../audit/record-audit.js';
import { recordForUser, type UserAction } from '../audit/record-for-user.js';
import { TeamsService } from '../users/teams.service.js';
import { User } from '../users/user.entity.js';
import { againAfterDuplicate } from './again-after-duplicate.js';
import { firstLink } from './first-link.js';
import { followEmail } from './follow-email.js';
import { applyGivenRole } from './given-roles.js';
import type { ProvenPerson } from './proven-person.js';
import { domainNotAllowed } from './sso-failures.js';
import { UserIdentity } from './user-identity.entity.js';

/** The team of people who sign in for the first time. */
const TEAM = 'default';

const BY = 'single sign-on';

/** Finds or makes the user of somebody whom the identity provider knows. */
@Injectable()
export class SsoPeople {
  constructor(
    private readonly dataSource: DataSource,
    private readonly teams: TeamsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @param isSignIn false for a check of a session that goes on
   * @throws PublicError `sso_email_unverified`, `sso_domain_not_allowed`, `sso_email_taken`
   */
  async admit(person: ProvenPerson, isSignIn: boolean): Promise<UserIdentity> {
    const { id: teamId } = await this.teams.findOrCreate(TEAM);
    try {
      return await againAfterDuplicate(() =>
        inTransaction(this.dataSource, (manager) =>
          this.enter(manager, { teamId, person, isSignIn }),
        ),
      );
    } catch (error) {
      if (error instanceof PublicError && isSignIn) await this.recordRefusal(teamId, person, error);
      throw error;
    }
  }

  identityOf({ issuer, subject }: ProvenPerson): Promise<UserIdentity | null> {
    return this.dataSource.manager.findOneBy(UserIdentity, { issuer, subject });
  }

  private async enter(
    manager: EntityManager,
    { teamId, person, isSignIn }: { teamId: number; person: ProvenPerson; isSignIn: boolean },
  ): Promise<UserIdentity> {
    this.refuseDomain(person, isSignIn);
    const { issuer, subject } = person;
    const known = await manager.findOneBy(UserIdentity, { issuer, subject });
    const { identity, done } = known
      ? { identity: known, done: await followAddress(manager, known, person) }
      : await firstLink(manager, person, { teams: [{ teamId, joinedBy: null }], by: BY });
    done.push(...(await this.followGroups(manager, { teamId, identity, person, isSignIn })));
    await manager.update(UserIdentity, { id: identity.id }, { checkedAt: new Date() });
    if (isSignIn) done.push({ action: 'sign_in', after: { by: BY } });
    await recordForUser(manager, identity.userId, done);
    return identity;
  }

  private refuseDomain({ verifiedEmail, email }: ProvenPerson, isSignIn: boolean): void {
    const domains = this.config.oidc?.allowedDomains ?? [];
    // A check without any address says nothing against the person.
    if (domains.length === 0 || (email === undefined && !isSignIn)) return;
    if (!domains.includes(verifiedEmail?.split('@').at(-1) ?? '')) throw domainNotAllowed();
  }

  /** A sign-in without the claim means no groups; a check without it means nothing, as not every answer has it. */
  private async followGroups(
    manager: EntityManager,
    change: { teamId: number; identity: UserIdentity; person: ProvenPerson; isSignIn: boolean },
  ): Promise<UserAction[]> {
    const adminGroups = this.config.oidc?.adminGroups ?? [];
    const { person, isSignIn, teamId, identity } = change;
    const groups = person.groups ?? (isSignIn ? [] : undefined);
    if (adminGroups.length === 0 || !groups) return [];
    const isAdmin = groups.some((group) => adminGroups.includes(group));
    const { userId } = identity;
    return applyGivenRole(manager, { teamId, userId, by: 'groups', isAdmin });
  }

  private async recordRefusal(
    teamId: number,
    { email, subject }: ProvenPerson,
    error: PublicError,
  ) {
    const name = email ?? subject;
    await inTransaction(this.dataSource, (manager) =>
      recordAudit(manager, {
        ...{ teamId, actorName: name, subject: name },
        ...{ action: 'sign_in.refused', after: { code: error.code, by: BY } },
      }),
    );
  }
}

async function followAddress(
  manager: EntityManager,
  { userId }: UserIdentity,
  { verifiedEmail }: ProvenPerson,
): Promise<UserAction[]> {
  const user = await manager.findOneByOrFail(User, { id: userId });
  return followEmail(manager, user, verifiedEmail);
}
