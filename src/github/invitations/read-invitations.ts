import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import type { GithubClient } from '../client/github-client.js';
import type { ListedInvitation } from '../errors/github-answers.js';
import { partFailure, partKeptChanging } from '../errors/part-failures.js';
import { requirePinned } from '../members/pinned-organization.js';
import type { PinnedOrganization } from '../organization.js';

/** How often the lists are read until two passes find the same. */
const MAX_PASSES = 6;

/** An invitation as GitHub tells it. */
export interface GithubInvitation {
  /** Of the invitation. */
  githubId: number;
  state: 'pending' | 'failed';
  /** Null for an invitation by email. */
  login: string | null;
  /** Null for an invitation by login. */
  email: string | null;
  /** `admin`, `member`, or another one of GitHub's, as `billing_manager`. */
  role: string;
  invitedAt: Date;
  failedAt: Date | null;
  failedReason: string | null;
  inviter: { githubId: number; login: string } | null;
  /** Null where they were not asked for. */
  githubTeams: InvitedTeam[] | null;
}

/** A team that the person joins by accepting. */
export interface InvitedTeam {
  githubId: number;
  slug: string;
  name: string;
}

export interface InvitationOptions {
  /** Requests that wait at once; the credential's budget sends fewer. */
  concurrency: number;
  /** The teams of invitations that were read before, by the invitation's id. They seldom change, and cost a request each. */
  knownTeams?: ReadonlyMap<number, InvitedTeam[] | null>;
  /** Of so many invitations at most, teams are asked for. */
  maxTeamRequests?: number;
}

/**
 * All invitations that wait or failed.
 * @throws GithubFailure; `missing_permission` if the credential may not read them, `listing_incomplete` if they keep
 * changing
 */
export async function readInvitations(
  client: GithubClient,
  organization: PinnedOrganization,
  options: InvitationOptions,
): Promise<GithubInvitation[]> {
  const { login } = organization;
  try {
    const listed = await stableList(client, login);
    const teams = await readTeams(client, login, listed, options);
    await requirePinned(client, organization);
    return listed.map((one) => describe(one, teams.get(one.id) ?? null));
  } catch (failure) {
    throw partFailure(failure, 'invitations');
  }
}

type Listed = ListedInvitation & Pick<GithubInvitation, 'state'>;

/** Pages shift while they are read, and an invitation may move from one list to the other. */
async function stableList(client: GithubClient, login: string): Promise<Listed[]> {
  let before: Listed[] | undefined;
  for (let pass = 1; pass <= MAX_PASSES; pass++) {
    const now = await readLists(client, login);
    if (isDeepStrictEqual(before, now)) return now;
    before = now;
  }
  throw partKeptChanging('invitations');
}

/** By id, each once. */
async function readLists(client: GithubClient, login: string): Promise<Listed[]> {
  const [pending, failed] = await Promise.all([
    client.invitations.list(login, 'pending'),
    client.invitations.list(login, 'failed'),
  ]);
  const all = [
    ...pending.map((one) => ({ ...one, state: 'pending' as const })),
    ...failed.map((one) => ({ ...one, state: 'failed' as const })),
  ];
  const byId = new Map(all.map((one) => [one.id, one]));
  return [...byId.values()].sort((one, other) => one.id - other.id);
}

/** The teams of each invitation, by its id; none of those that were not asked for. */
async function readTeams(
  client: GithubClient,
  login: string,
  listed: Listed[],
  options: InvitationOptions,
): Promise<Map<number, InvitedTeam[]>> {
  const { concurrency, knownTeams, maxTeamRequests = Number.POSITIVE_INFINITY } = options;
  const teams = new Map<number, InvitedTeam[]>();
  const unknown: Listed[] = [];
  for (const one of listed) {
    const known = one.team_count === 0 ? [] : knownTeams?.get(one.id);
    if (known?.length === one.team_count) teams.set(one.id, known);
    else unknown.push(one);
  }
  // Those that wait first: the others lead nowhere any more.
  unknown.sort((one, other) => Number(one.state === 'failed') - Number(other.state === 'failed'));
  const ask = async ({ id }: Listed) => {
    const found = await client.invitations.teams(login, id);
    if (!found) throw partKeptChanging('invitations');
    teams.set(
      id,
      found.map(({ id: githubId, slug, name }) => ({ githubId, slug, name })),
    );
  };
  await pMap(unknown.slice(0, maxTeamRequests), ask, { concurrency });
  return teams;
}

function describe(listed: Listed, githubTeams: InvitedTeam[] | null): GithubInvitation {
  const { id, state, login, email, role, inviter } = listed;
  return {
    ...{ githubId: id, state, login: login ?? null, email: email ?? null },
    role: role === 'direct_member' ? 'member' : role,
    invitedAt: listed.created_at,
    failedAt: listed.failed_at ?? null,
    failedReason: listed.failed_reason ?? null,
    inviter: inviter ? { githubId: inviter.id, login: inviter.login } : null,
    githubTeams,
  };
}
