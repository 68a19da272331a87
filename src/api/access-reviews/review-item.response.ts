import { ApiProperty } from '@nestjs/swagger';
import { AFFILIATIONS, type Affiliation } from '../../members/affiliation.js';
import type { OrganizationRole } from '../../members/member.entity.js';
import type { FrozenMatch } from '../../reviews/access-reviews/access-review-item.entity.js';
import type { ShownItem } from '../../reviews/access-reviews/access-reviews.service.js';
import { ACCESS_STATES, type AccessState } from '../../reviews/access-reviews/removals.js';
import { DECISIONS, type Decision } from '../../reviews/access-reviews/review-decisions.js';
import { CATEGORIES, type MatchCategory } from '../../reviews/matching/match-category.js';
import { MATCHED_BY, type MatchedBy } from '../../reviews/matching/match-people.js';
import { ReviewCountsResponse } from './review.response.js';

/** What the people list said of somebody when the review started. */
export class FrozenMatchResponse implements FrozenMatch {
  @ApiProperty({ enum: CATEGORIES, example: 'matched' })
  category: MatchCategory;

  @ApiProperty({ enum: [...MATCHED_BY, null], type: String, nullable: true, example: 'login' })
  matchedBy: MatchedBy | null;

  @ApiProperty({ type: String, nullable: true, example: 'ada@example.com' })
  email: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Ada Lovelace' })
  name: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'grace@example.com' })
  managerEmail: string | null;
}

/** Somebody as they were when the review started, and what is decided about them. */
export class ReviewItemResponse implements ShownItem {
  @ApiProperty({ example: 1 })
  id: number;

  @ApiProperty({ example: 1 })
  integrationId: number;

  @ApiProperty({ example: 1 })
  memberId: number;

  @ApiProperty({ example: 'acme' })
  organization: string;

  @ApiProperty({ example: 583_231 })
  githubId: number;

  @ApiProperty({ example: 'ada-l' })
  login: string;

  @ApiProperty({ example: 'Ada' })
  displayName: string;

  @ApiProperty({ enum: AFFILIATIONS, example: 'member' })
  affiliation: Affiliation;

  @ApiProperty({
    enum: ['admin', 'member', null],
    type: String,
    nullable: true,
    example: 'member',
    description: 'Null where the credential did not see it.',
  })
  role: OrganizationRole | null;

  @ApiProperty({ type: Boolean, nullable: true, example: true })
  twoFactor: boolean | null;

  @ApiProperty({
    type: [String],
    example: ['engineering/platform'],
    description: 'The slugs of each GitHub team, after those that it is in.',
  })
  githubTeams: string[];

  @ApiProperty({ type: String, nullable: true, example: 'ada@example.com' })
  samlNameId: string | null;

  @ApiProperty({ type: [String], example: ['ada@example.com'] })
  verifiedEmails: string[];

  @ApiProperty({
    type: FrozenMatchResponse,
    nullable: true,
    description: 'Null where the team had no people list.',
  })
  match: FrozenMatchResponse | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'grace@example.com',
    description:
      "The reviewer's email address when the review started; null where every admin may decide.",
  })
  reviewer: string | null;

  @ApiProperty({ enum: [...DECISIONS, null], type: String, nullable: true, example: null })
  decision: Decision | null;

  @ApiProperty({ example: '', description: 'Empty where there is none.' })
  reason: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  decidedBy: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  decidedAt: string | null;

  @ApiProperty({
    enum: [...ACCESS_STATES, null],
    type: String,
    nullable: true,
    example: null,
    description:
      'Of somebody to be removed in a closed review: whether they still have access, by the last sync. `unknown` where the organization is disconnected. Null for all others.',
  })
  access: AccessState | null;
}

/** What a decision did. */
export class DecidedResponse {
  @ApiProperty({ example: 380, description: 'How many rows got the decision.' })
  decided: number;

  @ApiProperty({ type: ReviewCountsResponse })
  counts: ReviewCountsResponse;
}
