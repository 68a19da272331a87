import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import type { GithubClient } from '../client/github-client.js';
import type { ListedInvitation, ListedTeam } from '../errors/github-answers.js';
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
  githubTeams: { githubId: number; slug: string; name: string }[];
}

export interface InvitationOptions {
  /** Requests that wait at once; the credential's budget sends fewer. */
  concurrency: number;
}

/**
 * All invitations that wait or failed.
 * @throws GithubFailure; `missing_permission` if the credential may not read them, `listing_incomplete` if they keep
 * changing
 */
export async function readInvitations(
  client: GithubClient,
  organization: PinnedOrganization,
  { concurrency }: InvitationOptions,
): Promise<GithubInvitation[]> {
  const { login } = organization;
  try {
    const listed = await stableList(client, login);
    const all = await pMap(
      listed,
      async ({ state, ...one }) => {
        const teams = one.team_count > 0 ? await client.invitations.teams(login, one.id) : [];
        if (!teams) throw partKeptChanging('invitations');
        return describe(state, one, teams);
      },
      { concurrency },
    );
    await requirePinned(client, organization);
    return all;
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

function describe(
  state: GithubInvitation['state'],
  listed: ListedInvitation,
  teams: ListedTeam[],
): GithubInvitation {
  const { id, login, email, role, inviter } = listed;
  return {
    ...{ githubId: id, state, login: login ?? null, email: email ?? null },
    role: role === 'direct_member' ? 'member' : role,
    invitedAt: listed.created_at,
    failedAt: listed.failed_at ?? null,
    failedReason: listed.failed_reason ?? null,
    inviter: inviter ? { githubId: inviter.id, login: inviter.login } : null,
    githubTeams: teams.map(({ id: githubId, slug, name }) => ({ githubId, slug, name })),
  };
}
