import pMap from 'p-map';
import type { GithubClient } from '../client/github-client.js';
import { partFailure, partKeptChanging } from '../errors/part-failures.js';
import type { TeamMemberEdge, TeamMembersPage, TeamNode } from '../errors/team-answers.js';
import { cursorAfter } from '../http/cursor-after.js';
import { type KnownIds, UserIds } from '../members/user-ids.js';
import type { PinnedOrganization } from '../organization.js';

/** How often a list is read until it is proven. */
const MAX_PASSES = 4;

/** A team as GitHub shows it, with those who are in the team itself. */
export interface GithubTeamRead {
  githubId: number;
  slug: string;
  name: string;
  privacy: 'closed' | 'secret';
  parentGithubId: number | null;
  members: { githubId: number; login: string; role: 'maintainer' | 'member' }[];
}

export interface NamedTeam {
  githubId: number;
  /** As somebody told it; null where nobody did. */
  nodeId: string | null;
}

export interface TeamOptions {
  /** Requests that wait at once; the credential's budget sends fewer. */
  concurrency: number;
  /** GraphQL does not show large ids: the known ones by node id. Those who are not known are asked for one by one. */
  knownIds?: KnownIds;
  /** The same without waiting for anything: who is not among them is looked up at the end. */
  knownNow?: KnownIds;
}

/** Reads the teams that the credential may see, some at a time. */
export class TeamReader {
  private readonly read = new Set<number>();
  private present = new Set<number>();
  private readonly userIds: UserIds;
  /** Those with somebody whose id GraphQL does not show: they are looked up at the end, all at once. */
  private readonly postponed: TeamWithEdges[] = [];

  constructor(
    private readonly client: GithubClient,
    private readonly organization: PinnedOrganization,
    private readonly options: TeamOptions,
  ) {
    this.userIds = new UserIds(client, 'teams', options.knownIds);
  }

  /**
   * GitHub's ids of all teams at the end of the read. A team that was deleted meanwhile was told, and is not among them.
   * None that exists is missing: two reads of the ids agreed.
   */
  get githubIds(): ReadonlySet<number> {
    return this.present;
  }

  /**
   * Each team once. Ends only when no team is missing.
   * @throws GithubFailure; `missing_permission` if the credential may not read teams, `listing_incomplete` if they keep
   * changing
   */
  async *teams(): AsyncGenerator<GithubTeamRead> {
    try {
      const seen = new Set<number>();
      for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
        const { nodes, next } = await this.client.teams.page(this.organization, cursor);
        for (const { databaseId } of nodes) seen.add(databaseId);
        yield* await this.describe(nodes);
        cursor = next;
      }
      const listed = await this.proven(seen);
      const missed = [...listed].flatMap(([id, nodeId]) => (this.read.has(id) ? [] : nodeId));
      yield* await this.describe(await this.byNodeIds(missed));
      yield* await this.withIds(this.postponed);
      this.present = new Set(listed.keys());
    } catch (failure) {
      throw partFailure(failure, 'teams');
    }
  }

  /**
   * Only these teams. Their node ids may be unknown or wrong: who is not found by them is looked for in the list of all.
   * Afterwards `githubIds` has those of them that exist.
   * @throws GithubFailure
   */
  async *named(teams: NamedTeam[]): AsyncGenerator<GithubTeamRead> {
    const asked = new Set(teams.map(({ githubId }) => githubId));
    const isAsked = ({ databaseId }: TeamNode) => asked.has(databaseId);
    try {
      const told = await this.byNodeIds(teams.flatMap(({ nodeId }) => nodeId ?? []));
      yield* await this.describe(told.filter(isAsked));
      const others = [...asked].filter((id) => !this.read.has(id));
      const listed = others.length > 0 ? await this.proven() : new Map<number, string>();
      const nodeIds = others.flatMap((id) => listed.get(id) ?? []);
      yield* await this.describe((await this.byNodeIds(nodeIds)).filter(isAsked));
      yield* await this.withIds(this.postponed);
      this.present = new Set([...asked].filter((id) => this.read.has(id) || listed.has(id)));
    } catch (failure) {
      throw partFailure(failure, 'teams');
    }
  }

  /**
   * The node ids of all teams, by their ids, as two reads after each other agree: teams move between pages while they
   * are read, as where others are created or renamed.
   * @param before the ids of the read before
   */
  private async proven(before?: ReadonlySet<number>): Promise<Map<number, string>> {
    let last = before;
    for (let pass = 1; pass <= MAX_PASSES; pass++) {
      const listed = await this.listed();
      const ids = new Set(listed.keys());
      if (last && isSame(last, ids)) return listed;
      last = ids;
    }
    throw partKeptChanging('teams');
  }

  private async byNodeIds(nodeIds: string[]): Promise<TeamNode[]> {
    const one = (nodeId: string) => this.client.teams.one(this.organization, nodeId);
    const { concurrency } = this.options;
    const found = await pMap(nodeIds, one, { concurrency });
    return found.filter((team) => team !== null);
  }

  /** The node ids of all teams, by their ids. */
  private async listed(): Promise<Map<number, string>> {
    const all = new Map<number, string>();
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
      const { nodes, next } = await this.client.teams.ids(this.organization, cursor);
      for (const { databaseId, id } of nodes) all.set(databaseId, id);
      cursor = next;
    }
    return all;
  }

  private async describe(nodes: TeamNode[]): Promise<GithubTeamRead[]> {
    const news = nodes.filter(({ databaseId }) => !this.read.has(databaseId));
    const { concurrency } = this.options;
    const edges = await pMap(news, (team) => this.members(team), { concurrency });
    const all = news.flatMap((team, i) => {
      const found = edges[i];
      return found ? [{ team, edges: found }] : [];
    });
    for (const { team } of all) this.read.add(team.databaseId);
    await this.userIds.note(usersOf(all), this.options.knownNow);
    const [whole, others] = partition(all, ({ edges }) =>
      edges.every(({ node }) => this.userIds.has(node)),
    );
    this.postponed.push(...others);
    return this.withIds(whole);
  }

  private async withIds(all: TeamWithEdges[]): Promise<GithubTeamRead[]> {
    await this.userIds.find(usersOf(all));
    return all.map(({ team, edges }) => ({
      githubId: team.databaseId,
      slug: team.slug,
      name: team.name,
      privacy: team.privacy === 'SECRET' ? 'secret' : 'closed',
      parentGithubId: team.parentTeam?.databaseId ?? null,
      members: edges.map(({ node, role }) => ({
        githubId: this.userIds.idOf(node),
        login: node.login,
        role: role === 'MAINTAINER' ? 'maintainer' : 'member',
      })),
    }));
  }

  /** All direct members of a team, each once; undefined if it is deleted meanwhile. */
  private async members({ id, members }: TeamNode): Promise<TeamMemberEdge[] | undefined> {
    let last: TeamMembersRead | undefined;
    for (let pass = 1; pass <= MAX_PASSES; pass++) {
      const first = last ? await this.client.teams.members(id) : members;
      const read = await this.membersFrom(id, first);
      if (!read) return undefined;
      const { people, isCounted } = read;
      // Who has no profile may be counted, and is not shown.
      if (isCounted || (last && isSame(new Set(last.people.keys()), new Set(people.keys()))))
        return [...people.values()];
      last = read;
    }
    throw partKeptChanging('teams');
  }

  private async membersFrom(
    id: string,
    first: TeamMembersPage | null,
  ): Promise<TeamMembersRead | undefined> {
    const people = new Map<string, TeamMemberEdge>();
    const counts = new Set<number>();
    let cursor: string | undefined;
    for (let page = first; page; page = await this.client.teams.members(id, cursor)) {
      for (const edge of page.edges) people.set(edge.node.id, edge);
      counts.add(page.totalCount);
      const isWhole = cursor === undefined && !page.pageInfo.hasNextPage;
      cursor = cursorAfter(page.pageInfo, cursor);
      if (cursor !== undefined) continue;
      const isCounted = isWhole || (counts.size === 1 && counts.has(people.size));
      return { people, isCounted };
    }
    return undefined;
  }
}

interface TeamWithEdges {
  team: TeamNode;
  edges: TeamMemberEdge[];
}

/** The members of a team, read once. */
interface TeamMembersRead {
  /** By node id. */
  people: Map<string, TeamMemberEdge>;
  /** Whether nobody can be missing: all were on one page, or they are as many as GitHub counted on each page. */
  isCounted: boolean;
}

const usersOf = (teams: TeamWithEdges[]) =>
  teams.flatMap(({ edges }) => edges.map(({ node }) => node));

const partition = <T>(all: T[], isFirst: (one: T) => boolean): [T[], T[]] => [
  all.filter(isFirst),
  all.filter((one) => !isFirst(one)),
];

const isSame = <T>(one: ReadonlySet<T>, other: ReadonlySet<T>): boolean =>
  one.size === other.size && [...one].every((each) => other.has(each));
