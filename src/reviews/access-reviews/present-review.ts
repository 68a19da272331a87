import type { AccessReview, ReviewedOrganization, ReviewState } from './access-review.entity.js';
import type { AccessReviewItem, FrozenMatch } from './access-review-item.entity.js';
import type { Decision, ReviewCounts } from './review-decisions.js';

/** A review as it is shown everywhere. Times are ISO 8601, UTC, with milliseconds. */
export interface PresentedReview {
  id: number;
  name: string;
  state: ReviewState;
  organizations: ReviewedOrganization[];
  startedBy: string;
  startedAt: string;
  dueOn: string;
  removalDays: number;
  counts: ReviewCounts;
  closedBy: string | null;
  closedAt: string | null;
  /** Of the evidence, in hex; null for an open one. */
  sha256: string | null;
}

export const presentReview = (review: AccessReview): PresentedReview => ({
  id: review.id,
  name: review.name,
  state: review.state,
  organizations: review.organizations,
  startedBy: review.startedBy,
  startedAt: review.startedAt.toISOString(),
  dueOn: review.dueOn,
  removalDays: review.removalDays,
  counts: review.counts,
  closedBy: review.closedBy,
  closedAt: review.closedAt?.toISOString() ?? null,
  sha256: review.sha256,
});

/** A row of a review as it is shown everywhere: somebody as they were when it started, and the decision. */
export interface PresentedItem
  extends Pick<
    AccessReviewItem,
    | ('id' | 'integrationId' | 'memberId' | 'organization' | 'githubId' | 'login')
    | ('affiliation' | 'role' | 'twoFactor' | 'githubTeams' | 'samlNameId')
    | ('reviewer' | 'reason' | 'decidedBy')
  > {
  /** The login where there is no name. */
  displayName: string;
  /** Empty where none was known. */
  verifiedEmails: string[];
  match: FrozenMatch | null;
  decision: Decision | null;
  decidedAt: string | null;
}

export const presentItem = (item: AccessReviewItem): PresentedItem => ({
  id: item.id,
  integrationId: item.integrationId,
  memberId: item.memberId,
  organization: item.organization,
  githubId: item.githubId,
  login: item.login,
  displayName: item.name || item.login,
  affiliation: item.affiliation,
  role: item.role,
  twoFactor: item.twoFactor,
  githubTeams: item.githubTeams,
  samlNameId: item.samlNameId,
  verifiedEmails: item.verifiedEmails ?? [],
  match: item.match,
  reviewer: item.reviewer,
  decision: item.decision,
  reason: item.reason,
  decidedBy: item.decidedBy,
  decidedAt: item.decidedAt?.toISOString() ?? null,
});
