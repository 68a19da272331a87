import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, MoreThan } from 'typeorm';
import { inParts } from '../../platform/in-parts.js';
import { MemberChange, NOBODY } from '../changes/member-change.entity.js';
import { asTime } from '../listing/member-conditions.js';
import { GithubTeamMember } from './github-team-member.entity.js';
import { knownTeams } from './known-teams.js';
import { type PresentedGithubTeam, presentGithubTeam } from './present-github-team.js';
import { bySlug, type StoredTeam } from './team-diff.js';
import { TeamTree } from './team-tree.js';

export interface TeamsQuery {
  integrationId: number;
  /** The teams that existed at that time; those that exist where undefined. */
  asOf?: Date | undefined;
}

/** The teams of an organization at one moment. */
export interface TeamsThen {
  asOf: Date | undefined;
  /** By slug. */
  teams: StoredTeam[];
  tree: TeamTree<StoredTeam>;
  /** Those that existed earlier. */
  deleted: StoredTeam[];
}

/** Teams of an export whose people are counted at once. */
const TEAMS_PER_READ = 100;

/** Reads the teams of organizations. */
@Injectable()
export class GithubTeams {
  constructor(private readonly dataSource: DataSource) {}

  /** The teams of an organization, now or at a past moment. */
  async of({ integrationId, asOf }: TeamsQuery): Promise<TeamsThen> {
    const { manager } = this.dataSource;
    const known = [...(await knownTeams(manager, integrationId)).values()];
    if (asOf) await undo(manager, known, { integrationId, asOf });
    const existed = ({ since, leftAt }: StoredTeam) =>
      asOf ? since <= asOf && (!leftAt || leftAt > asOf) : !leftAt;
    const teams = known
      .filter(existed)
      .map((team) => ({ ...team, leftAt: null }))
      .sort(bySlug);
    const isDeleted = ({ leftAt }: StoredTeam) => leftAt && (!asOf || leftAt <= asOf);
    const deleted = known.filter(isDeleted).sort(bySlug);
    return { asOf, teams, tree: new TeamTree(teams), deleted };
  }

  /** These teams as they are shown. */
  async present({ asOf, tree }: TeamsThen, teams: StoredTeam[]): Promise<PresentedGithubTeam[]> {
    const direct = await this.direct(teams, asOf);
    return Promise.all(
      teams.map(async (team) => {
        const within = tree.descendants(team);
        const members = direct.get(team.id) ?? 0;
        const all = within.length === 0 ? members : await this.people([team, ...within], asOf);
        return presentGithubTeam(team, tree, { members, membersWithChildTeams: all });
      }),
    );
  }

  /** The same, some at a time. */
  async *all(then: TeamsThen, teams = then.teams): AsyncGenerator<PresentedGithubTeam> {
    for (const some of inParts(teams, TEAMS_PER_READ)) yield* await this.present(then, some);
  }

  /** How many people are in these teams, each once. */
  private async people(teams: StoredTeam[], asOf: Date | undefined): Promise<number> {
    const found = await this.places(teams, asOf)
      .select('COUNT(DISTINCT place.github_id)', 'people')
      .getRawOne<{ people: number | string }>();
    return Number(found?.people);
  }

  private async direct(teams: StoredTeam[], asOf: Date | undefined): Promise<Map<number, number>> {
    if (teams.length === 0) return new Map();
    const rows = await this.places(teams, asOf)
      .select('place.github_team_id', 'id')
      .addSelect('COUNT(*)', 'people')
      .groupBy('place.github_team_id')
      .getRawMany<{ id: number; people: number | string }>();
    return new Map(rows.map(({ id, people }) => [Number(id), Number(people)]));
  }

  private places(teams: StoredTeam[], asOf: Date | undefined) {
    const select = this.dataSource
      .createQueryBuilder(GithubTeamMember, 'place')
      .where({ githubTeamId: In(teams.map(({ id }) => id)) });
    if (!asOf) return select.andWhere('place.left_at IS NULL');
    return select.andWhere(
      'place.since <= :at AND (place.left_at IS NULL OR place.left_at > :at)',
      { at: asTime(asOf) },
    );
  }
}

/** Gives the teams the names and parents that they had. */
async function undo(
  manager: EntityManager,
  teams: StoredTeam[],
  { integrationId, asOf }: { integrationId: number; asOf: Date },
): Promise<void> {
  const byId = new Map(teams.map((team) => [team.id, team]));
  const changes = await manager.find(MemberChange, {
    where: {
      ...{ integrationId, githubId: NOBODY, madeAt: MoreThan(asOf) },
      kind: In(['team_renamed', 'team_moved']),
    },
    order: { id: 'DESC' },
  });
  for (const { githubTeamId, before } of changes) {
    const team = byId.get(githubTeamId ?? 0);
    const { slug, name, privacy, parentGithubId } = before ?? {};
    if (!team) continue;
    if (slug !== undefined) team.slug = slug;
    if (name !== undefined) team.name = name;
    if (privacy !== undefined) team.privacy = privacy;
    if (parentGithubId !== undefined) team.parentGithubId = parentGithubId;
  }
}
