import { GraphqlResponseError } from '@octokit/graphql';
import type { z } from 'zod';
import { check } from '../errors/github-answers.js';
import { organizationNotFound, organizationReplaced } from '../errors/organization-failures.js';
import {
  type TeamId,
  type TeamMembersPage,
  type TeamNode,
  teamAnswer,
  teamIdsAnswer,
  teamMembersAnswer,
  teamPageAnswer,
} from '../errors/team-answers.js';
import { cursorAfter, type PageInfo } from '../http/cursor-after.js';
import type { PinnedOrganization } from '../organization.js';
import { AdaptivePageSize, type Leaves } from './adaptive-page-size.js';
import type { GithubTransport } from './github-transport.js';

/** GitHub's most on one page. */
const MAX_PAGE = 100;

/**
 * Of teams with their members, at first: nested pages meet GitHub's limits first. As much as 25 of 25, but most teams
 * have less than 100 members, and then need no other question.
 */
const FIRST_PAGE = { teams: 6, members: MAX_PAGE };

const MEMBERS = `members(membership: IMMEDIATE, first: $members, after: $after) {
  edges { role node { id databaseId login } } pageInfo { hasNextPage endCursor } totalCount
}`;

const TEAM = `id databaseId slug name privacy parentTeam { databaseId }`;

const TEAM_PAGE = `query($org: String!, $teams: Int!, $members: Int!, $cursor: String, $after: String) {
  organization(login: $org) { databaseId teams(first: $teams, after: $cursor) {
    nodes { ${TEAM} ${MEMBERS} } pageInfo { hasNextPage endCursor }
  } }
}`;

const TEAM_IDS = `query($org: String!, $cursor: String) {
  organization(login: $org) { databaseId teams(first: ${MAX_PAGE}, after: $cursor) {
    nodes { id databaseId } pageInfo { hasNextPage endCursor }
  } }
}`;

const ONE_TEAM = `query($id: ID!, $members: Int!, $after: String) {
  node(id: $id) { ... on Team { ${TEAM} organization { databaseId } ${MEMBERS} } }
}`;

const TEAM_MEMBERS = `query($id: ID!, $members: Int!, $after: String) {
  node(id: $id) { ... on Team { ${MEMBERS} } }
}`;

/** Some teams, and where the next begin. */
interface Page<T> {
  nodes: T[];
  next: string | undefined;
}

/** Questions about teams. Pages become smaller where GitHub refuses them. Every method throws GithubFailure. */
export class TeamQuestions {
  private readonly nested: AdaptivePageSize<'teams' | 'members'>;
  private readonly single: AdaptivePageSize<'members'>;

  constructor(private readonly transport: GithubTransport) {
    const { patience } = transport;
    const largest = { teams: MAX_PAGE, members: MAX_PAGE };
    const passed = transport.passedSizes('teams');
    this.nested = new AdaptivePageSize(FIRST_PAGE, largest, patience, passed);
    this.single = new AdaptivePageSize({ members: MAX_PAGE }, { members: MAX_PAGE }, patience);
  }

  /** Some teams, each with the first page of its direct members. @param cursor of the page before */
  async page(organization: PinnedOrganization, cursor?: string): Promise<Page<TeamNode>> {
    const answer = await this.nested.ask((size, leaves) =>
      this.query(TEAM_PAGE, { org: organization.login, cursor, ...size }, teamPageAnswer, leaves),
    );
    return pageOf(organization, answer, cursor);
  }

  /** The ids of some teams. */
  async ids(organization: PinnedOrganization, cursor?: string): Promise<Page<TeamId>> {
    const variables = { org: organization.login, cursor };
    return pageOf(organization, await this.query(TEAM_IDS, variables, teamIdsAnswer), cursor);
  }

  /** A team with the first page of its direct members; null if it is gone, or is none of the organization. */
  async one({ id }: PinnedOrganization, nodeId: string): Promise<TeamNode | null> {
    const answer = await this.single.ask((size, leaves) =>
      this.query(ONE_TEAM, { id: nodeId, ...size }, teamAnswer, leaves),
    );
    const team = answer?.node ?? null;
    const organizationId = team?.organization.databaseId ?? id;
    return organizationId === id ? team : null;
  }

  /** Some direct members of a team; null if it is gone. @param after cursor of the page before */
  async members(nodeId: string, after?: string): Promise<TeamMembersPage | null> {
    const answer = await this.single.ask((size, leaves) =>
      this.query(TEAM_MEMBERS, { id: nodeId, after, ...size }, teamMembersAnswer, leaves),
    );
    return answer?.node?.members ?? null;
  }

  /** Undefined if GitHub does not find it. Partial data with errors is incomplete, so it is a failure. */
  private query<T>(
    query: string,
    variables: object,
    shape: z.ZodType<T>,
    leaves?: Leaves,
  ): Promise<T | undefined> {
    return this.transport.send(
      async (octokit, request) => {
        try {
          return check(shape, await octokit.graphql(query, { ...variables, request }));
        } catch (error) {
          if (isNotFound(error)) return undefined;
          throw error;
        }
      },
      { resource: 'graphql', leaves, isAwaited: true },
    );
  }
}

const isNotFound = (error: unknown): boolean =>
  error instanceof GraphqlResponseError &&
  (error.errors ?? []).length > 0 &&
  ((error.errors ?? []) as { type?: string; path?: unknown[] }[]).every(
    ({ type, path }) => type === 'NOT_FOUND' && path?.length === 1,
  );

/** @param asked the cursor of the page */
function pageOf<T>(
  { id, login }: PinnedOrganization,
  answer: TeamsAnswer<T> | undefined,
  asked: string | undefined,
): Page<T> {
  if (!answer) throw organizationNotFound();
  const { databaseId, teams } = answer.organization;
  if (databaseId !== null && databaseId !== id) throw organizationReplaced(login);
  return { nodes: teams.nodes, next: cursorAfter(teams.pageInfo, asked) };
}

interface TeamsAnswer<T> {
  organization: {
    databaseId: number | null;
    teams: { nodes: T[]; pageInfo: PageInfo };
  };
}
