import type { Request } from 'express';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { presentMember } from '../../members/listing/present-member.js';
import type { Member } from '../../members/member.entity.js';
import { statusAction } from './member-row.js';

const WORDS = {
  disabled: 'is disabled.',
  active: 'is active again.',
  left: 'is enabled again and has the status Left.',
};

/** The notice of a member's new status, with an undo. */
export const standingNotice = (member: Member, back: string) => ({
  integrationId: member.integrationId,
  name: presentMember(member).displayName,
  words: WORDS[member.status],
  ...statusAction(member, back),
});

type StandingNotice = ReturnType<typeof standingNotice>;

declare module 'express-session' {
  interface SessionData {
    standing?: StandingNotice;
  }
}

/** Leaves the notice for the page that the answer redirects to. */
export async function leaveStandingNotice(request: Request, notice: StandingNotice): Promise<void> {
  request.session.standing = notice;
  await saveSession(request);
}

/** Returns and removes the notice for this organization's page. */
export function takeStandingNotice({ session }: Request, integrationId: number) {
  const { standing } = session;
  if (standing?.integrationId !== integrationId) return undefined;
  delete session.standing;
  return standing;
}
