import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import { MemberChange, NOBODY } from '../changes/member-change.entity.js';
import { type CountedTeams, countPeople } from './count-people.js';
import { giveBack } from './earlier-values.js';
import { GithubTeam } from './github-team.entity.js';
import { knownTeams, teamsAround } from './known-teams.js';
import { type PresentedGithubTeam, presentGithubTeam } from './present-github-team.js';
import { bySlug, type StoredTeam } from './team-diff.js';
import { TeamTree } from './team-tree.js';

export interface TeamsQuery {
  integrationId: number;
  /** The teams that existed at that time; those that exist where undefined. */
  asOf?: Date | undefined;
}

/** The teams of an organization at one moment. */
export interface TeamsThen extends CountedTeams {
  /** By slug. */
  teams: StoredTeam[];
  /** Those that existed earlier. */
  deleted: StoredTeam[];
}

/** One team, and the tree that it is in, or the part of it above and below the team. */
export interface TeamWithTree {
  team: StoredTeam;
  teams: CountedTeams;
}

/** Reads the teams of organizations. */
@Injectable()
export class GithubTeams {
  constructor(private readonly dataSource: DataSource) {}

  /** The teams of an organization, now or at a past moment. */
  async of({ integrationId, asOf }: TeamsQuery): Promise<TeamsThen> {
    const { manager } = this.dataSource;
    const known = [...(await knownTeams(manager, integrationId)).values()];
    const existed = asOf && (await undo(manager, known, { integrationId, asOf }));
    const teams = known
      .filter(({ id, leftAt }) => (existed ? existed.has(id) : !leftAt))
      .map((team) => ({ ...team, leftAt: null }))
      .sort(bySlug);
    const isDeleted = ({ leftAt }: StoredTeam) => leftAt && (!asOf || leftAt <= asOf);
    const deleted = known.filter(isDeleted).sort(bySlug);
    return { integrationId, asOf, teams, tree: new TeamTree(teams), deleted };
  }

  /** A team, also a deleted one, in the tree of those above and below it; undefined where there is none with our id. */
  async around(integrationId: number, id: number): Promise<TeamWithTree | undefined> {
    const found = await teamsAround(this.dataSource.manager, integrationId, id);
    const team = found.find((one) => one.id === id);
    const tree = new TeamTree(found.filter(({ leftAt }) => !leftAt).sort(bySlug));
    return team && { team, teams: { integrationId, asOf: undefined, tree } };
  }

  /** How many exist. */
  count(integrationId: number): Promise<number> {
    return this.dataSource.manager.countBy(GithubTeam, { integrationId, leftAt: IsNull() });
  }

  /** These teams as they are shown. */
  async present(then: CountedTeams, teams: StoredTeam[]): Promise<PresentedGithubTeam[]> {
    const counts = await countPeople(this.dataSource.manager, then, teams);
    return [...counts].map(([team, count]) => presentGithubTeam(team, then.tree, count));
  }

  /** The same, one at a time. */
  async *all(then: TeamsThen, teams = then.teams): AsyncGenerator<PresentedGithubTeam> {
    const counts = await countPeople(this.dataSource.manager, then, teams);
    for (const [team, count] of counts) yield presentGithubTeam(team, then.tree, count);
  }
}

/**
 * Gives the teams the names and parents that they had. Returns our ids of those that existed: a team's own times are
 * only those of the last time that it existed.
 */
async function undo(
  manager: EntityManager,
  teams: StoredTeam[],
  { integrationId, asOf }: { integrationId: number; asOf: Date },
): Promise<Set<number>> {
  const byId = new Map(teams.map((team) => [team.id, team]));
  const existing = new Set(teams.flatMap(({ id, leftAt }) => (leftAt ? [] : [id])));
  const changes = await manager.find(MemberChange, {
    where: {
      ...{ integrationId, githubId: NOBODY, madeAt: MoreThan(asOf) },
      kind: In(['team_created', 'team_renamed', 'team_moved', 'team_deleted']),
    },
    order: { id: 'DESC' },
  });
  for (const { kind, githubTeamId, before } of changes) {
    const team = byId.get(githubTeamId ?? 0);
    if (!team) continue;
    giveBack(team, before);
    if (kind === 'team_created') existing.delete(team.id);
    if (kind === 'team_deleted') existing.add(team.id);
  }
  return existing;
}
