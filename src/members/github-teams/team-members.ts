import { Injectable } from '@nestjs/common';
import { csvLine } from '../../platform/csv.js';
import type { MemberPage, MemberQuery, ShownMember } from '../listing/member-query.js';
import { MembersService } from '../listing/members.service.js';
import { type PresentedMember, presentMember } from '../listing/present-member.js';
import { GithubTeamPlaces } from './github-team-places.js';
import type { PresentedPlace } from './present-github-team.js';
import type { StoredTeam } from './team-diff.js';
import type { TeamTree } from './team-tree.js';

export interface TeamMembersQuery {
  integrationId: number;
  team: StoredTeam;
  tree: TeamTree<StoredTeam>;
  includeChildTeams: boolean;
  /** For those who were in it: the directory at that moment. `team` and `tree` are of that moment too. */
  past?: { asOf: Date; directory: Pick<MembersService, 'page' | 'all'> } | undefined;
}

type PlaceInList = Pick<MemberQuery, 'limit' | 'after' | 'before' | 'search'>;

/** Somebody in a team, and how. */
export interface TeamMember {
  member: ShownMember;
  place: PresentedPlace;
}

/** Members of an export whose places are read at once. */
const MEMBERS_PER_READ = 250;

/** Lists the people in teams, by login. */
@Injectable()
export class TeamMembers {
  constructor(
    private readonly directory: MembersService,
    private readonly places: GithubTeamPlaces,
  ) {}

  async page(
    query: TeamMembersQuery,
    at: PlaceInList,
  ): Promise<Omit<MemberPage, 'members'> & { members: TeamMember[] }> {
    const directory = query.past?.directory ?? this.directory;
    const page = await directory.page({ ...(await this.directoryQuery(query)), ...at });
    return { ...page, members: await this.placed(query, page.members) };
  }

  async *all(query: TeamMembersQuery): AsyncGenerator<TeamMember> {
    const some: ShownMember[] = [];
    const directory = query.past?.directory ?? this.directory;
    for await (const member of directory.all(await this.directoryQuery(query))) {
      if (some.push(member) < MEMBERS_PER_READ) continue;
      yield* await this.placed(query, some.splice(0));
    }
    yield* await this.placed(query, some);
  }

  private async directoryQuery({
    integrationId,
    team,
    tree,
    includeChildTeams,
    past,
  }: TeamMembersQuery): Promise<Omit<MemberQuery, 'limit'>> {
    const githubTeams = await this.places.filter(team, tree, includeChildTeams, past?.asOf);
    return { integrationId, statuses: ['active', 'disabled'], githubTeams };
  }

  /** Without those who left the team since they were listed. */
  private async placed(
    { team, tree, past }: TeamMembersQuery,
    members: ShownMember[],
  ): Promise<TeamMember[]> {
    const ids = members.map(({ githubId }) => githubId);
    const places = await this.places.inTeam(team, tree, ids, past?.asOf);
    return members.flatMap((member) => {
      const place = places.get(member.githubId);
      return place ? [{ member, place }] : [];
    });
  }
}

const COLUMNS = [
  'githubId',
  'login',
  'displayName',
  'email',
  'role',
  'status',
] as const satisfies (keyof PresentedMember)[];

const PLACE_COLUMNS = ['githubTeam', 'githubTeamRole', 'inherited'];

export const teamMembersHeader = (): string => csvLine([...COLUMNS, ...PLACE_COLUMNS]);

/** The people of a team as CSV; `githubTeam` is the slug of the team that has them. */
export async function* teamMembersCsv(members: AsyncIterable<TeamMember>): AsyncGenerator<string> {
  yield teamMembersHeader();
  for await (const { member, place } of members) {
    const presented = presentMember(member);
    const values = COLUMNS.map((column) => presented[column]);
    yield csvLine([...values, place.githubTeam.slug, place.role, place.inherited]);
  }
}
