import type { GithubInvitation } from '../../github/invitations/read-invitations.js';
import { fittingText } from '../../platform/database/fitting-text.js';
import type { ChangeKind } from '../changes/member-change.entity.js';
import type { OrganizationInvitation } from './organization-invitation.entity.js';

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

/** `ended`: cancelled or accepted. */
export type InvitationOutcome = 'accepted' | 'cancelled' | 'ended';

type OutcomeOf = (invitation: StoredInvitation) => InvitationOutcome;

/** What a change tells of an outcome that GitHub does not tell. */
export const UNCLEAR_OUTCOME = 'cancelled or accepted';

/**
 * What is different between the stored invitations and GitHub's two lists.
 * @param known at least those that GitHub listed last, and those of `observed`
 * @param outcomeOf what became of a pending one that GitHub no longer lists
 */
export function diffInvitations(
  known: StoredInvitation[],
  observed: GithubInvitation[],
  outcomeOf: OutcomeOf,
  at: Date,
): InvitationUpdate[] {
  const byId = new Map(known.map((one) => [one.githubId, one]));
  const listed = new Map(
    observed.map((one) => [one.githubId, storedOf(one, byId.get(one.githubId))]),
  );
  const updates: InvitationUpdate[] = [];
  for (const after of listed.values()) {
    const before = byId.get(after.githubId) ?? null;
    if (!before || !isSame(before, after))
      updates.push({ before, after, kind: kindOf(before, after) });
  }
  for (const before of known)
    if (isListed(before) && !listed.has(before.githubId))
      updates.push(ended(before, outcomeOf, at));
  return updates;
}

function kindOf(
  before: StoredInvitation | null,
  { state }: StoredInvitation,
): InvitationChangeKind | undefined {
  if (before?.state === state) return undefined;
  return state === 'failed' ? 'invitation_failed' : 'invited';
}

const isListed = ({ state }: StoredInvitation): boolean =>
  state === 'pending' || state === 'failed';

/** GitHub no longer lists it. */
function ended(before: StoredInvitation, outcomeOf: OutcomeOf, at: Date): InvitationUpdate {
  if (before.state === 'failed')
    return { before, after: { ...before, state: 'dismissed', dismissedAt: at }, kind: undefined };
  const state = outcomeOf(before);
  const kind = state === 'accepted' ? 'invitation_accepted' : 'invitation_cancelled';
  return { before, after: { ...before, state, endedAt: at }, kind };
}

/** The limits of the columns, in code points. */
const [MAX_NAME, MAX_ROLE, MAX_REASON] = [255, 64, 2_000];

const fitting = (text: string | null, most = MAX_NAME) => text && fittingText(text, most);

function storedOf(
  { githubTeams, inviter, ...seen }: GithubInvitation,
  before: StoredInvitation | undefined,
): StoredInvitation {
  const teams = githubTeams?.toSorted((a, b) => a.githubId - b.githubId);
  return {
    githubId: seen.githubId,
    login: fitting(seen.login),
    email: fitting(seen.email),
    role: fittingText(seen.role, MAX_ROLE),
    state: seen.state,
    failedReason: seen.state === 'failed' ? fittingText(seen.failedReason ?? '', MAX_REASON) : null,
    inviterGithubId: inviter?.githubId ?? null,
    inviterLogin: fitting(inviter?.login ?? null),
    githubTeams: teams ?? before?.githubTeams ?? null,
    invitedAt: seen.invitedAt,
    endedAt: seen.state === 'failed' ? (seen.failedAt ?? before?.endedAt ?? seen.invitedAt) : null,
    dismissedAt: null,
  };
}

const isSame = (a: StoredInvitation, b: StoredInvitation): boolean => asText(a) === asText(b);

const asText = (one: StoredInvitation): string =>
  JSON.stringify([
    ...[one.login, one.email, one.role, one.state, one.failedReason],
    ...[one.inviterGithubId, one.inviterLogin, one.invitedAt, one.endedAt],
    one.githubTeams?.map(({ githubId, slug, name }) => [githubId, slug, name]),
  ]);
