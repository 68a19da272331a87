import type { Request } from 'express';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { shownStatus } from '../../members/affiliation.js';
import { presentMember } from '../../members/listing/present-member.js';
import type { Member } from '../../members/member.entity.js';
import { chosenActions, statusAction } from './member-row.js';

const WORDS = {
  disabled: 'is disabled.',
  active: 'is active again.',
  left: 'is enabled again and has the status Left.',
};

/** Who has a new status, and how to undo it. */
export interface StandingNotice {
  integrationId: number;
  name: string;
  words: string;
  /** The address that undoes it; undefined where nobody was changed. */
  action?: string;
  /** Whom the undo changes, where they are many. */
  chosen?: number[];
  back: string;
}

/** The notice of a member's new status, with an undo. */
export const standingNotice = (member: Member, back: string): StandingNotice => ({
  integrationId: member.integrationId,
  name: presentMember(member).displayName,
  words: WORDS[shownStatus(member)],
  ...statusAction(member, back),
});

/** The same for many. @param changed those who have a new status, all disabled or all enabled */
export function manyNotice(id: number, changed: Member[], back: string): StandingNotice {
  const [first] = changed;
  if (!first) return { integrationId: id, name: 'Nobody', words: 'was changed.', back };
  const { status } = first;
  const isOne = changed.length === 1;
  return {
    integrationId: id,
    name: isOne ? '1 person' : `${changed.length} people`,
    words: `${isOne ? 'is' : 'are'} ${status === 'disabled' ? 'disabled.' : 'enabled again.'}`,
    action: chosenActions(id, status).action,
    chosen: changed.map((member) => member.id),
    back,
  };
}

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
