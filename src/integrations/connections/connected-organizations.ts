import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import { GithubIntegration } from './github-integration.entity.js';

/** The organizations that teams have connected, for what concerns no single team: who may sign in with GitHub. */
@Injectable()
export class ConnectedOrganizations {
  constructor(private readonly dataSource: DataSource) {}

  /** Those of one GitHub server. @param teamIds of all teams where undefined */
  of(apiUrl: string, teamIds?: number[]): Promise<GithubIntegration[]> {
    const where = {
      ...{ apiUrl, disconnectedAt: IsNull() },
      ...(teamIds && { teamId: In(teamIds) }),
    };
    return this.dataSource.manager.find(GithubIntegration, { where, order: { id: 'ASC' } });
  }
}
