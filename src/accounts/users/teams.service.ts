import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDuplicate } from '../../platform/database/dialect.js';
import { PublicError } from '../../platform/public-error.js';
import { Team } from './team.entity.js';

/** Lower-case letters, digits and inner hyphens, because URLs and commands contain it. */
const SLUG = /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/;

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
    if (!SLUG.test(slug))
      throw new PublicError(
        422,
        'team_slug_invalid',
        `'${slug}' is not a valid team name.`,
        'Use lower-case letters, digits and hyphens.',
      );
    return this.create(slug);
  }

  private async create(slug: string): Promise<Team> {
    const { manager } = this.dataSource;
    await manager.insert(Team, { slug, createdAt: new Date() }).catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
    });
    return manager.findOneByOrFail(Team, { slug });
  }
}
