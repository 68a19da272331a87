import { Injectable } from '@nestjs/common';
import { DataSource, In, MoreThan } from 'typeorm';
import { Member } from '../members/member.entity.js';
import { memberNotFound } from '../members/member-standing.service.js';
import { batched, byKey } from '../platform/database/batched.js';
import { inTransaction } from '../platform/database/transaction.js';
import { PublicError } from '../platform/public-error.js';
import { Credential } from './credential.entity.js';
import { GithubIntegration } from './github-integration.entity.js';

/** Removals above both are held: a share of the active members in percent, and a number of people. */
export type Safeguards = Pick<GithubIntegration, 'holdAbovePercent' | 'holdAbovePeople'>;

/** Reads, changes and removes a team's integrations; never another team's. */
@Injectable()
export class IntegrationsService {
  private readonly byId = batched(async (ids: number[]) => {
    const found = await this.dataSource.manager.findBy(GithubIntegration, { id: In(ids) });
    return byKey(found, ({ id }) => id);
  });

  constructor(private readonly dataSource: DataSource) {}

  list(teamId: number): Promise<GithubIntegration[]> {
    return this.dataSource.manager.find(GithubIntegration, {
      where: { teamId },
      order: { organizationLogin: 'ASC', id: 'ASC' },
    });
  }

  /** Oldest first; `after` is the id of the last one of the page before. */
  page(
    teamId: number,
    { limit, after = 0 }: { limit: number; after?: number },
  ): Promise<GithubIntegration[]> {
    return this.dataSource.manager.find(GithubIntegration, {
      where: { teamId, id: MoreThan(after) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** @throws PublicError 404, for another team's as well: nobody learns that it exists */
  async get(teamId: number, id: number): Promise<GithubIntegration> {
    const integration = await this.byId(id);
    if (integration?.teamId === teamId) return integration;
    throw new PublicError(
      404,
      'integration_not_found',
      'Your team has no such integration.',
      'Choose one of those that are listed under Integrations.',
    );
  }

  /** Those that a person may mean: by present login, in any case, or by id. */
  async matching(teamId: number, reference: string): Promise<GithubIntegration[]> {
    const login = reference.toLowerCase();
    const all = await this.list(teamId);
    return all.filter(
      ({ id, organizationLogin }) =>
        String(id) === reference || organizationLogin.toLowerCase() === login,
    );
  }

  /** Somebody in one of the team's directories. @throws PublicError `member_not_found`, for another team's as well */
  async member(teamId: number, memberId: number): Promise<Member> {
    const member = await this.dataSource
      .createQueryBuilder(Member, 'member')
      .innerJoin(GithubIntegration, 'integration', 'integration.id = member.integration_id')
      .where('member.id = :memberId AND integration.team_id = :teamId', { memberId, teamId })
      .getOne();
    if (member) return member;
    throw memberNotFound();
  }

  /** Says from how many removals on a run holds them, from the next run on. */
  async setSafeguards({ id }: GithubIntegration, safeguards: Safeguards): Promise<void> {
    const change = { ...safeguards, updatedAt: new Date() };
    await this.dataSource.manager.update(GithubIntegration, { id }, change);
  }

  /**
   * Disconnects the organization, and deletes its directory, its runs and its credential.
   * @throws PublicError 409 while a run is unfinished: whoever watches it would wait for a run that is gone
   */
  async remove({ id, credentialId }: GithubIntegration): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const { affected } = await manager
        .createQueryBuilder()
        .delete()
        .from(GithubIntegration)
        .where('id = :id', { id })
        .andWhere(
          'NOT EXISTS (SELECT 1 FROM member_sync_runs WHERE unfinished_integration_id = :id)',
        )
        .execute();
      if (affected !== 1) throw stillSyncing();
      await manager.delete(Credential, { id: credentialId });
    });
  }
}

const stillSyncing = () =>
  new PublicError(
    409,
    'member_sync_unfinished',
    'The organization cannot be disconnected while its members are being synced.',
    'Wait until the run is finished, then try again.',
  );
