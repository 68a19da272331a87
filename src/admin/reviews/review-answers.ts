import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { leaveNotice } from '../../platform/web/flash.js';
import { formText } from '../../platform/web/form-text.js';
import { shownError } from '../../platform/web/shown-error.js';
import { ReviewAddress } from './review-address.js';
import { ReviewPage } from './review-page.js';

export const VIEW = 'reviews/review';

/** A form that was sent from the page of a review. */
export interface Sent {
  identity: Identity;
  id: number;
  query: unknown;
  form: unknown;
  request: Request;
  response: Response;
}

/** Answers the forms of a review's page. */
@Injectable()
export class ReviewAnswers {
  constructor(private readonly page: ReviewPage) {}

  /** Back to the page, with what `work` says; or the page with the error. */
  async after(
    { identity, id, query, form, request, response }: Sent,
    work: () => Promise<string>,
  ): Promise<void> {
    try {
      leaveNotice(request, await work());
      await saveSession(request);
      response.redirect(303, new ReviewAddress(id, query).here);
    } catch (error) {
      const { status, error: refused } = shownError(error);
      const more = { refused, reason: formText(form, 'reason') };
      response.status(status).render(VIEW, await this.page.view(identity, id, query, more));
    }
  }
}
