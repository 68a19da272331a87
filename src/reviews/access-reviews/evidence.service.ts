import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { json } from '../../platform/json.js';
import { AccessReview } from './access-review.entity.js';
import type { EvidenceEntry } from './evidence-entry.js';
import { presentedItems } from './read-items.js';
import { type EvidencedReview, evidencedReview } from './review-evidence.js';
import { itemsCsv } from './review-items-csv.js';
import { reviewNotFound, reviewOpen } from './review-problems.js';

export const EVIDENCE_FORMAT = 'rollcall-access-review/1';

/** The evidence of a closed review without its rows. */
export interface EvidenceHead {
  review: EvidencedReview;
  /** Over the review, its rows and the entries, in hex. */
  sha256: string;
  auditEntries: EvidenceEntry[];
}

/** Reads the evidence of closed reviews. */
@Injectable()
export class EvidenceService {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws PublicError `review_not_found`, `review_open` */
  async head(teamId: number, reviewId: number): Promise<EvidenceHead> {
    const review = await this.dataSource
      .createQueryBuilder(AccessReview, 'review')
      .addSelect('review.auditEntries')
      .where({ id: reviewId, teamId })
      .getOne();
    if (!review) throw reviewNotFound();
    const { sha256, auditEntries } = review;
    if (sha256 === null) throw reviewOpen();
    return { review: evidencedReview(review), sha256, auditEntries: auditEntries ?? [] };
  }

  /** The evidence as one JSON document, piece by piece. */
  async *json(
    { review, sha256, auditEntries }: EvidenceHead,
    signal?: AbortSignal,
  ): AsyncGenerator<string> {
    const head = json({ format: EVIDENCE_FORMAT, sha256, review, auditEntries });
    yield `${head.trimEnd().slice(0, -1)},"items":[\n`;
    let before = '';
    for await (const item of this.items(review.id, signal)) {
      yield before + json(item).trimEnd();
      before = ',\n';
    }
    yield '\n]}\n';
  }

  /** Its rows as CSV. */
  csv({ review }: EvidenceHead, signal?: AbortSignal): AsyncGenerator<string> {
    return itemsCsv(this.items(review.id, signal));
  }

  private items(reviewId: number, signal?: AbortSignal) {
    return presentedItems(this.dataSource.manager, { reviewId }, signal);
  }
}
