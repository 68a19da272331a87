import type { Request, Response } from 'express';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import type { Member } from '../../members/member.entity.js';
import { formText } from '../../platform/web/form-text.js';
import { githubLinks } from '../shared/github-links.js';
import { ownPath } from '../shared/own-path.js';
import { presentMemberRow, statusAction } from './member-row.js';
import { leaveStandingNotice, type StandingNotice } from './status-notice.js';

export interface Exchange {
  form: unknown;
  request: Request;
  response: Response;
}

/** Answers a change of status with the notice and, for htmx, the new rows; otherwise it leads back to the page. */
export async function answerStatus(
  { form, request, response }: Exchange,
  { id, apiUrl }: GithubIntegration,
  members: Member[],
  noticeOf: (back: string) => StandingNotice,
): Promise<void> {
  const back = ownPath(formText(form, 'back')) ?? `/integrations/github/${id}/members`;
  const notice = noticeOf(back);
  if (!request.get('HX-Request')) {
    await leaveStandingNotice(request, notice);
    return response.redirect(303, back);
  }
  const links = githubLinks(apiUrl);
  const rows = members.map((member) => ({
    ...presentMemberRow(member, links),
    standing: statusAction(member, back),
  }));
  response.set('HX-Trigger', 'member-standing-changed');
  response.render('members/_status-answer', { layout: false, rows, notice });
}
