import { ApiProperty, OmitType, PickType } from '@nestjs/swagger';
import {
  EVIDENCE_FORMAT,
  type EvidenceHead,
} from '../../reviews/access-reviews/evidence.service.js';
import type { EvidenceEntry } from '../../reviews/access-reviews/evidence-entry.js';
import { AuditEntryResponse } from '../audit/audit-entry.response.js';
import { ReviewResponse } from './review.response.js';
import { ReviewItemResponse } from './review-item.response.js';

/** The review at the closing, without the hash, which covers it. */
export class EvidencedReviewResponse extends OmitType(ReviewResponse, ['sha256', 'removals']) {}

/** A row as it was at the closing. */
export class EvidencedItemResponse extends OmitType(ReviewItemResponse, ['access']) {}

/** An entry of the audit log. */
export class EvidenceEntryResponse
  extends PickType(AuditEntryResponse, ['id', 'actor', 'action', 'hash'])
  implements EvidenceEntry
{
  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  at: string;
}

/** The evidence of a closed review. */
export class EvidenceResponse implements EvidenceHead {
  @ApiProperty({ example: EVIDENCE_FORMAT })
  format: string;

  @ApiProperty({
    example: 'c0535e4be2b79ffd93291305436bf889314e4a3faec05ecffcbb7df31ad9e51a',
    description: 'In hex, over the review, its rows and the entries of the audit log.',
  })
  sha256: string;

  @ApiProperty({ type: EvidencedReviewResponse })
  review: EvidencedReviewResponse;

  @ApiProperty({
    type: [EvidenceEntryResponse],
    description: 'Of the start and of each decision. The entry of the closing has the hash.',
  })
  auditEntries: EvidenceEntryResponse[];

  @ApiProperty({ type: [EvidencedItemResponse] })
  items: EvidencedItemResponse[];
}
