import { ApiProperty } from '@nestjs/swagger';
import type {
  ReviewedOrganization,
  ReviewState,
} from '../../reviews/access-reviews/access-review.entity.js';
import type { ShownReview } from '../../reviews/access-reviews/access-reviews.service.js';
import type { Removals } from '../../reviews/access-reviews/removals.js';
import type { ReviewCounts } from '../../reviews/access-reviews/review-decisions.js';

/** An organization whose people are reviewed. */
export class ReviewedOrganizationResponse implements ReviewedOrganization {
  @ApiProperty({ example: 1 })
  integrationId: number;

  @ApiProperty({ example: 'acme' })
  organization: string;
}

/** How many rows there are of each decision. */
export class ReviewCountsResponse implements ReviewCounts {
  @ApiProperty({ example: 400 })
  total: number;

  @ApiProperty({ example: 380 })
  undecided: number;

  @ApiProperty({ example: 15 })
  keep: number;

  @ApiProperty({ example: 4 })
  remove: number;

  @ApiProperty({ example: 1, description: 'To be decided before the review can be closed.' })
  question: number;
}

/** What became of those to be removed, by the last syncs. */
export class RemovalsResponse implements Removals {
  @ApiProperty({ example: 3, description: 'How many have no access any more.' })
  ended: number;

  @ApiProperty({ example: 1, description: 'How many still have access.' })
  remains: number;

  @ApiProperty({ example: 0, description: 'How many are in an organization that is disconnected.' })
  unknown: number;

  @ApiProperty({ example: 0, description: 'How many still have access after `removalDays`.' })
  overdue: number;
}

/** An access review. */
export class ReviewResponse implements ShownReview {
  @ApiProperty({ example: 1 })
  id: number;

  @ApiProperty({ example: 'First quarter' })
  name: string;

  @ApiProperty({
    enum: ['open', 'closed'],
    example: 'open',
    description: 'A closed one never changes.',
  })
  state: ReviewState;

  @ApiProperty({ type: [ReviewedOrganizationResponse] })
  organizations: ReviewedOrganizationResponse[];

  @ApiProperty({ example: 'grace@example.com' })
  startedBy: string;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  startedAt: string;

  @ApiProperty({
    format: 'date',
    example: '2026-03-31',
    description: 'The last day for decisions, in UTC.',
  })
  dueOn: string;

  @ApiProperty({ example: 7, description: 'How many days after the closing a removal may take.' })
  removalDays: number;

  @ApiProperty({ type: ReviewCountsResponse })
  counts: ReviewCountsResponse;

  @ApiProperty({ type: String, nullable: true, example: null })
  closedBy: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  closedAt: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'SHA-256 of the evidence, in hex; null for an open review.',
  })
  sha256: string | null;

  @ApiProperty({
    type: RemovalsResponse,
    nullable: true,
    example: null,
    description: 'What became of those to be removed; null for an open review.',
  })
  removals: RemovalsResponse | null;
}
