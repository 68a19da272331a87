import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDuplicate } from '../../platform/database/dialect.js';
import { PublicError } from '../../platform/public-error.js';
import { Team } from './team.entity.js';
import { teamSlug } from './team-slug.js';

@Injectable()
export class TeamsService {
  constructor(private readonly dataSource: DataSource) {}

  find(slug: string): Promise<Team | null> {
    return this.dataSource.manager.findOneBy(Team, { slug });
  }

  /** @throws PublicError `team_not_found` */
  async get(slug: string): Promise<Team> {
    const team = await this.find(slug);
    if (team) return team;
    throw new PublicError(
      404,
      'team_not_found',
      `There is no team '${slug}'.`,
      `Create it with: rollcall user EMAIL --team ${slug}`,
    );
  }

  /** @throws PublicError `team_slug_invalid` */
  async findOrCreate(slug: string): Promise<Team> {
    const found = await this.find(slug);
    if (found) return found;
    return this.create(teamSlug(slug));
  }

  private async create(slug: string): Promise<Team> {
    const { manager } = this.dataSource;
    await manager.insert(Team, { slug, createdAt: new Date() }).catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
    });
    return manager.findOneByOrFail(Team, { slug });
  }
}
