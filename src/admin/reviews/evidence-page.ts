import { Injectable } from '@nestjs/common';
import { AccessReviewsService } from '../../reviews/access-reviews/access-reviews.service.js';
import { EvidenceService } from '../../reviews/access-reviews/evidence.service.js';
import type { PresentedItem } from '../../reviews/access-reviews/present-review.js';
import { DECISION_WORDS } from './review-words.js';

/** A browser shows and prints so many; the file has all. */
const MAX_ROWS = 5_000;

/** The data of the page with the evidence of a closed review. */
@Injectable()
export class EvidencePage {
  constructor(
    private readonly evidence: EvidenceService,
    private readonly reviews: AccessReviewsService,
  ) {}

  async view(teamId: number, reviewId: number) {
    const head = await this.evidence.head(teamId, reviewId);
    const { total } = head.review.counts;
    const rows: object[] = [];
    for await (const item of this.reviews.all({ reviewId }))
      if (rows.push(evidenceRow(item)) === MAX_ROWS) break;
    return {
      title: `Evidence of ${head.review.name}`,
      ...head,
      names: head.review.organizations.map(({ organization }) => organization).join(', '),
      firstEntry: head.auditEntries[0],
      lastEntry: head.auditEntries.at(-1),
      rows,
      more: total - rows.length,
      page: `/reviews/${reviewId}`,
      json: `/reviews/${reviewId}/evidence/export?format=json`,
      csv: `/reviews/${reviewId}/evidence/export?format=csv`,
    };
  }
}

const evidenceRow = (item: PresentedItem) => ({
  ...item,
  isOutside: item.affiliation === 'outside_collaborator',
  isOwner: item.role === 'admin',
  teams: item.githubTeams.join(', '),
  words: DECISION_WORDS[item.decision ?? 'undecided'],
});
