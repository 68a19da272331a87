import pMap from 'p-map';
import type { GithubClient } from '../client/github-client.js';
import { partFailure, partKeptChanging } from '../errors/part-failures.js';
import type { TeamMemberEdge, TeamMembersPage, TeamNode } from '../errors/team-answers.js';
import { cursorAfter } from '../http/cursor-after.js';
import { type KnownIds, UserIds } from '../members/user-ids.js';
import type { PinnedOrganization } from '../organization.js';

/** How often teams that were missed are read, until none is. */
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
}

/** Reads the teams that the credential may see, some at a time. */
export class TeamReader {
  private readonly read = new Set<number>();
  private present = new Set<number>();
  private readonly userIds: UserIds;

  constructor(
    private readonly client: GithubClient,
    private readonly organization: PinnedOrganization,
    private readonly options: TeamOptions,
  ) {
    this.userIds = new UserIds(client, 'teams', options.knownIds);
  }

  /** GitHub's ids of all teams at the end of the read. A team that was deleted meanwhile was told, and is not among them. */
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
      for (let cursor: string | undefined, isFirst = true; isFirst || cursor; isFirst = false) {
        const { nodes, next } = await this.client.teams.page(this.organization, cursor);
        yield* await this.describe(nodes);
        cursor = next;
      }
      yield* this.missed();
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
      const listed = others.length > 0 ? await this.listed() : new Map<number, string>();
      const nodeIds = others.flatMap((id) => listed.get(id) ?? []);
      yield* await this.describe((await this.byNodeIds(nodeIds)).filter(isAsked));
      this.present = new Set([...asked].filter((id) => this.read.has(id) || listed.has(id)));
    } catch (failure) {
      throw partFailure(failure, 'teams');
    }
  }

  /** Teams move between pages while they are read, as where they are created or renamed. */
  private async *missed(): AsyncGenerator<GithubTeamRead> {
    for (let pass = 1; pass <= MAX_PASSES; pass++) {
      const listed = await this.listed();
      this.present = new Set(listed.keys());
      const nodeIds = [...listed].flatMap(([id, nodeId]) => (this.read.has(id) ? [] : [nodeId]));
      if (nodeIds.length === 0) return;
      yield* await this.describe(await this.byNodeIds(nodeIds));
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
    const people = all.flatMap(({ edges }) => edges.map(({ node }) => node));
    await this.userIds.find(people);
    for (const { team } of all) this.read.add(team.databaseId);
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
    const all = new Map<string, TeamMemberEdge>();
    let cursor: string | undefined;
    for (let page: TeamMembersPage | null = members; page; ) {
      for (const edge of page.edges) all.set(edge.node.id, edge);
      cursor = cursorAfter(page.pageInfo, cursor);
      if (cursor === undefined) return [...all.values()];
      page = await this.client.teams.members(id, cursor);
    }
    return undefined;
  }
}
