import { Body, Controller, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { PublicError } from '../../platform/public-error.js';
import { Access } from '../../platform/web/access.decorator.js';
import { formText } from '../../platform/web/form-text.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { type DecidedRows, ItemDecisions } from '../../reviews/access-reviews/item-decisions.js';
import { DECISIONS, type Decision } from '../../reviews/access-reviews/review-decisions.js';
import { chosenIds } from '../shared/chosen-ids.js';
import { ReviewAddress } from './review-address.js';
import { ReviewAnswers, type Sent } from './review-answers.js';
import { reviewingOf } from './review-page.js';

/** Takes decisions about chosen rows of a review, and about all that the page's filter finds. */
@Access('member')
@Controller('reviews/:id')
export class ReviewDecisionsController {
  constructor(
    private readonly decisions: ItemDecisions,
    private readonly answers: ReviewAnswers,
  ) {}

  /** The query has one `row`, or the form has `chosen` ones. */
  @Post('decide')
  decide(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const row = formText(query, 'row');
    return this.take({ identity, id, query, form, request, response }, () => ({
      ids: chosenIds(row ? { chosen: row } : form),
    }));
  }

  @Post('decide-all')
  decideAll(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const { filter } = new ReviewAddress(id, query);
    return this.take({ identity, id, query, form, request, response }, () => ({ filter }));
  }

  private take(sent: Sent, rows: () => DecidedRows): Promise<void> {
    return this.answers.after(sent, async () => {
      const { identity, id, form } = sent;
      const verdict = { decision: decisionIn(form), reason: formText(form, 'reason') };
      const { decided } = await this.decisions.decide(reviewingOf(identity, id), rows(), verdict);
      return `${decided} ${decided === 1 ? 'row is' : 'rows are'} decided.`;
    });
  }
}

/** @throws PublicError `decision_invalid` */
function decisionIn(form: unknown): Decision | null {
  const typed = formText(form, 'decision');
  const decision = DECISIONS.find((one) => one === typed);
  if (decision || typed === 'undecided') return decision ?? null;
  throw new PublicError(
    422,
    'decision_invalid',
    'There is no such decision.',
    'Choose to keep, to remove or to question.',
  );
}
