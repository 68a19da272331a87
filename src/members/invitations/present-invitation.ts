import { csvLine } from '../../platform/csv.js';
import type { ListedState, OrganizationInvitation } from './organization-invitation.entity.js';

/** An invitation, as it is shown everywhere. Times are ISO 8601, UTC, with milliseconds. */
export interface PresentedInvitation
  extends Pick<
    OrganizationInvitation,
    'id' | 'login' | 'email' | 'role' | 'state' | 'failedReason' | 'githubTeams'
  > {
  /** The login of whoever invited; null where GitHub does not say. */
  invitedBy: string | null;
  invitedAt: string;
}

/** @param stateThen the state at a past time */
export const presentInvitation = (
  one: OrganizationInvitation,
  stateThen?: ListedState,
): PresentedInvitation => ({
  ...{ id: one.id, login: one.login, email: one.email, role: one.role },
  state: stateThen ?? one.state,
  failedReason: stateThen === 'pending' ? null : one.failedReason,
  invitedBy: one.inviterLogin,
  invitedAt: one.invitedAt.toISOString(),
  githubTeams: one.githubTeams,
});

export const INVITATION_COLUMNS = [
  'id',
  'login',
  'email',
  'role',
  'state',
  'failedReason',
  'invitedBy',
  'invitedAt',
  'githubTeams',
] as const satisfies (keyof PresentedInvitation)[];

/** Invitations as CSV; the teams are their slugs with a space between them. */
export async function* invitationsCsv(
  invitations: AsyncIterable<PresentedInvitation>,
): AsyncGenerator<string> {
  yield csvLine(INVITATION_COLUMNS);
  for await (const one of invitations) {
    const values = {
      ...one,
      githubTeams: one.githubTeams?.map(({ slug }) => slug).join(' ') ?? null,
    };
    yield csvLine(INVITATION_COLUMNS.map((column) => values[column]));
  }
}
