import type { ChangeKind } from '../changes/member-change.entity.js';
import type { InvitedTeam, OrganizationInvitation } from './organization-invitation.entity.js';

/** An invitation as GitHub lists it; `failedAt` is null for a pending one. */
export interface ObservedInvitation {
  githubId: number;
  login: string | null;
  email: string | null;
  /** In GitHub's words. */
  role: string;
  invitedAt: Date;
  failedAt: Date | null;
  failedReason: string | null;
  inviter: { githubId: number; login: string } | null;
  githubTeams: InvitedTeam[];
}

/** What is stored of an invitation, beside our ids. */
export type StoredInvitation = Omit<OrganizationInvitation, 'id' | 'integrationId'>;

type InvitationChangeKind = Extract<ChangeKind, 'invited' | `invitation_${string}`>;

/** A row to write. */
export interface InvitationUpdate {
  before: StoredInvitation | null;
  after: StoredInvitation;
  /** Undefined for what is no change of its own, such as other teams. */
  kind: InvitationChangeKind | undefined;
}

/**
 * What is different between the stored invitations and GitHub's two lists.
 * @param known at least those that GitHub listed last, and those of `observed`
 * @param hasJoined whether the invited person is in the organization now
 */
export function diffInvitations(
  known: StoredInvitation[],
  observed: ObservedInvitation[],
  hasJoined: (invitation: StoredInvitation) => boolean,
  at: Date,
): InvitationUpdate[] {
  const byId = new Map(known.map((one) => [one.githubId, one]));
  const listed = new Map(observed.map((one) => [one.githubId, storedOf(one)]));
  const updates: InvitationUpdate[] = [];
  for (const after of listed.values()) {
    const before = byId.get(after.githubId) ?? null;
    if (!before || !isSame(before, after))
      updates.push({ before, after, kind: kindOf(before, after) });
  }
  for (const before of known)
    if (before.endedAt === null || before.state === 'failed')
      if (!listed.has(before.githubId)) updates.push(ended(before, hasJoined, at));
  return updates;
}

function kindOf(
  before: StoredInvitation | null,
  { state }: StoredInvitation,
): InvitationChangeKind | undefined {
  if (before?.state === state) return undefined;
  return state === 'failed' ? 'invitation_failed' : 'invited';
}

/** GitHub no longer lists it. */
function ended(
  before: StoredInvitation,
  hasJoined: (invitation: StoredInvitation) => boolean,
  at: Date,
): InvitationUpdate {
  if (before.state === 'failed')
    return { before, after: { ...before, state: 'dismissed' }, kind: undefined };
  const state = hasJoined(before) ? 'accepted' : 'cancelled';
  return { before, after: { ...before, state, endedAt: at }, kind: `invitation_${state}` };
}

const storedOf = ({ inviter, failedAt, failedReason, ...seen }: ObservedInvitation) => ({
  githubId: seen.githubId,
  login: seen.login,
  email: seen.email,
  role: seen.role === 'direct_member' ? 'member' : seen.role,
  state: failedAt ? ('failed' as const) : ('pending' as const),
  failedReason: failedAt ? (failedReason ?? '') : null,
  inviterGithubId: inviter?.githubId ?? null,
  inviterLogin: inviter?.login ?? null,
  githubTeams: seen.githubTeams.toSorted((a, b) => a.githubId - b.githubId),
  invitedAt: seen.invitedAt,
  endedAt: failedAt,
});

const isSame = (a: StoredInvitation, b: StoredInvitation): boolean => asText(a) === asText(b);

const asText = (one: StoredInvitation): string =>
  JSON.stringify([
    ...[one.login, one.email, one.role, one.state, one.failedReason],
    ...[one.inviterGithubId, one.inviterLogin, one.invitedAt, one.endedAt],
    ...one.githubTeams.flatMap(({ githubId, slug, name }) => [githubId, slug, name]),
  ]);
