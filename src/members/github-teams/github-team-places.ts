import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import type { MemberFilter } from '../listing/member-query.js';
import { GithubTeamMember } from './github-team-member.entity.js';
import { namedTeam, type PresentedPlace } from './present-github-team.js';
import type { StoredTeam } from './team-diff.js';
import type { TeamTree } from './team-tree.js';

/** From so many people on, a page is found by looking at the directory in its order. */
const LARGE = 2_000;

/** Reads who has which place in GitHub teams. Inherited places are derived here. */
@Injectable()
export class GithubTeamPlaces {
  constructor(private readonly dataSource: DataSource) {}

  /** The filter of a directory for the people of a team. */
  async filter(
    team: StoredTeam,
    tree: TeamTree<StoredTeam>,
    includeChildTeams: boolean,
  ): Promise<NonNullable<MemberFilter['githubTeams']>> {
    const teams = includeChildTeams ? [team, ...tree.descendants(team)] : [team];
    const ids = teams.map(({ id }) => id);
    const isIn = { githubTeamId: In(ids), leftAt: IsNull() };
    const places = await this.dataSource.manager.countBy(GithubTeamMember, isIn);
    return { ids, isLarge: places >= LARGE };
  }

  /** For each of these people, how they are in a team: by their own place, or by one in a team within it. */
  async inTeam(
    team: StoredTeam,
    tree: TeamTree<StoredTeam>,
    githubIds: number[],
  ): Promise<Map<number, PresentedPlace>> {
    // An own place comes first.
    const teams = [team, ...tree.descendants(team)];
    const order = new Map(teams.map((one, i) => [one.id, i]));
    const rows = await this.open(githubIds);
    const places = new Map<number, { at: number; place: PresentedPlace }>();
    for (const { githubTeamId, githubId, role } of rows) {
      const at = order.get(githubTeamId);
      const found = teams[at ?? -1];
      if (at === undefined || !found) continue;
      if ((places.get(githubId)?.at ?? Number.POSITIVE_INFINITY) <= at) continue;
      const place = { githubTeam: namedTeam(found, tree), role, inherited: at > 0 };
      places.set(githubId, { at, place });
    }
    return new Map([...places].map(([githubId, { place }]) => [githubId, place]));
  }

  /** Somebody's places in the order of the tree, with those that follow from them; who inherits one is a `member`. */
  async ofPerson(
    teams: { teams: StoredTeam[]; tree: TeamTree<StoredTeam> },
    githubId: number,
  ): Promise<(PresentedPlace & { depth: number })[]> {
    const roles = new Map(
      (await this.open([githubId])).map(({ githubTeamId, role }) => [githubTeamId, role]),
    );
    if (roles.size === 0) return [];
    const { tree } = teams;
    const own = teams.teams.filter(({ id }) => roles.has(id));
    const above = new Set(own.flatMap((team) => tree.ancestors(team)));
    return tree.inOrder().flatMap(({ team, depth }) => {
      const role = roles.get(team.id);
      if (!role && !above.has(team)) return [];
      const githubTeam = namedTeam(team, tree);
      return [{ githubTeam, role: role ?? 'member', inherited: !role, depth }];
    });
  }

  /** The places of these people, in any organization. */
  private open(githubIds: number[]) {
    return this.dataSource.manager.find(GithubTeamMember, {
      select: { id: true, githubTeamId: true, githubId: true, role: true },
      where: { githubId: In(githubIds), leftAt: IsNull() },
    });
  }
}
