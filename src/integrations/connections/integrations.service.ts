import { Injectable } from '@nestjs/common';
import { DataSource, In, MoreThan } from 'typeorm';
import { isOfServer, readOrganizationName } from '../../github/access/organization-name.js';
import { memberNotFound } from '../../members/directory/member-status.service.js';
import { Member } from '../../members/member.entity.js';
import { batched, byKey } from '../../platform/database/batched.js';
import { PublicError } from '../../platform/public-error.js';
import { GithubIntegration } from './github-integration.entity.js';
import { integrationDisconnected } from './integration-disconnected.js';

/** Reads a team's integrations; never another team's. */
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

  /** Oldest first; `after` is the id of the last one on the previous page. */
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

  /** @throws PublicError 404, also for another team's, to hide that it exists */
  async get(teamId: number, id: number): Promise<GithubIntegration> {
    const integration = await this.byId(id);
    if (integration?.teamId === teamId) return integration;
    throw integrationNotFound();
  }

  /** One that may be changed. @throws PublicError 404 like `get`, and `integration_disconnected` */
  async connected(teamId: number, id: number): Promise<GithubIntegration> {
    const integration = await this.get(teamId, id);
    if (integration.disconnectedAt) throw integrationDisconnected();
    return integration;
  }

  /** Those that match: by present login (ignoring case), by the address of its page, or by id. */
  async matching(teamId: number, reference: string): Promise<GithubIntegration[]> {
    const name = readOrganizationName(reference);
    const login = name?.login.toLowerCase();
    const all = await this.list(teamId);
    return all.filter(
      ({ id, organizationLogin, apiUrl }) =>
        String(id) === reference ||
        (name && organizationLogin.toLowerCase() === login && isOfServer(name, apiUrl)),
    );
  }

  /** A member of one of the team's directories. @throws PublicError `member_not_found`, also for another team's */
  async member(teamId: number, memberId: number): Promise<Member> {
    const member = await this.dataSource
      .createQueryBuilder(Member, 'member')
      .innerJoin(GithubIntegration, 'integration', 'integration.id = member.integration_id')
      .where('member.id = :memberId AND integration.team_id = :teamId', { memberId, teamId })
      .getOne();
    if (member) return member;
    throw memberNotFound();
  }
}

export const integrationNotFound = () =>
  new PublicError(
    404,
    'integration_not_found',
    'Your team does not have this integration.',
    'Choose one listed under Integrations.',
  );
