import { Injectable } from '@nestjs/common';
import { DataSource, type FindOptionsWhere, In, MoreThan } from 'typeorm';
import { plainRows } from '../../platform/database/plain-rows.js';
import { MemberChange } from '../changes/member-change.entity.js';
import { asTime, inPlace } from '../listing/member-conditions.js';
import type { MemberFilter } from '../listing/member-query.js';
import type { Member } from '../member.entity.js';
import { GithubTeamMember } from './github-team-member.entity.js';
import { teamsOfPerson } from './known-teams.js';
import { namedTeam, type PersonPlace, type PresentedPlace } from './present-github-team.js';
import { bySlug, type StoredTeam } from './team-diff.js';
import { TeamTree } from './team-tree.js';

const PLACE = ['githubTeamId', 'githubId', 'role', 'leftAt'] as const;

type Place = Pick<GithubTeamMember, (typeof PLACE)[number]>;

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
    asOf?: Date,
  ): Promise<NonNullable<MemberFilter['githubTeams']>> {
    const teams = includeChildTeams ? [team, ...tree.descendants(team)] : [team];
    const ids = teams.map(({ id }) => id);
    const places = this.select({ githubTeamId: In(ids) }, asOf).select('place.id');
    const last = await places
      .offset(LARGE - 1)
      .limit(1)
      .getRawOne();
    return { ids, isLarge: last !== undefined, asOf };
  }

  /** For each of these people, how they are in a team: by their own place, or by one in a team within it. */
  async inTeam(
    team: StoredTeam,
    tree: TeamTree<StoredTeam>,
    githubIds: number[],
    asOf?: Date,
  ): Promise<Map<number, PresentedPlace>> {
    // An own place comes first.
    const teams = [team, ...tree.descendants(team)];
    const order = new Map(teams.map((one, i) => [one.id, i]));
    const rows = await this.places(githubIds, asOf);
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
  async ofPerson({
    integrationId,
    githubId,
  }: Pick<Member, 'integrationId' | 'githubId'>): Promise<PersonPlace[]> {
    const teams = await teamsOfPerson(this.dataSource.manager, integrationId, githubId);
    const tree = new TeamTree(teams.sort(bySlug));
    return tree.inOrder().map(({ team, depth }) => ({
      githubTeam: namedTeam(team, tree),
      role: team.role ?? 'member',
      inherited: !team.role,
      depth,
    }));
  }

  /** The places of these people, in any organization. */
  private async places(githubIds: number[], asOf?: Date): Promise<Place[]> {
    const select = this.select({ githubId: In(githubIds) }, asOf);
    const places = await plainRows(
      select.select(PLACE.map((property) => `place.${property}`)),
      PLACE,
    );
    return asOf ? this.withEarlierRoles(places, asOf) : places;
  }

  private select(where: FindOptionsWhere<GithubTeamMember>, asOf: Date | undefined) {
    return this.dataSource
      .createQueryBuilder(GithubTeamMember, 'place')
      .where(where)
      .andWhere(inPlace('place', asOf), { placesAt: asOf && asTime(asOf) });
  }

  /** A stored place has its last role. */
  private async withEarlierRoles(places: Place[], asOf: Date): Promise<Place[]> {
    const changes = await this.dataSource.manager.find(MemberChange, {
      where: {
        ...{ githubTeamId: In(places.map(({ githubTeamId }) => githubTeamId)), kind: 'team_role' },
        ...{ githubId: In(places.map(({ githubId }) => githubId)), madeAt: MoreThan(asOf) },
      },
      order: { id: 'DESC' },
    });
    return places.map((place) => {
      const isOfPlace = ({ githubTeamId, githubId, madeAt }: MemberChange) =>
        githubTeamId === place.githubTeamId &&
        githubId === place.githubId &&
        (!place.leftAt || madeAt < place.leftAt);
      const role = changes.findLast(isOfPlace)?.before?.githubTeamRole;
      return role ? { ...place, role } : place;
    });
  }
}
