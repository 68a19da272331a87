import type { EntityManager } from 'typeorm';
import { AuditEntry } from '../../accounts/audit/audit-entry.entity.js';
import type { AccessReview } from './access-review.entity.js';
import type { EvidenceEntry } from './evidence-entry.js';
import { evidenceHash } from './evidence-hash.js';
import { type PresentedReview, presentReview } from './present-review.js';
import { presentedItems } from './read-items.js';
import { reviewSubject } from './review-subject.js';

/** What evidence says of a review; its hash cannot be in what it covers. */
export type EvidencedReview = Omit<PresentedReview, 'sha256'>;

export function evidencedReview(review: AccessReview): EvidencedReview {
  const { sha256, ...rest } = presentReview(review);
  return rest;
}

/** Clocks of processes may differ by so much, in ms. */
const CLOCKS_DIFFER_BY = 3_600_000;

/** What the audit log says of an open review. */
export async function evidencedEntries(
  manager: EntityManager,
  review: AccessReview,
): Promise<EvidenceEntry[]> {
  const since = new Date(review.startedAt.getTime() - CLOCKS_DIFFER_BY);
  const entries = await manager
    .createQueryBuilder(AuditEntry, 'entry')
    .where('entry.team_id = :teamId AND entry.at >= :since', { teamId: review.teamId, since })
    .andWhere('entry.subject = :subject', { subject: reviewSubject(review) })
    .orderBy('entry.number')
    .getMany();
  return entries.map(({ id, at, actorKind: kind, actorName: name, action, hash }) => ({
    ...{ id, at: at.toISOString(), actor: { kind, name }, action, hash },
  }));
}

/** The hash of a review with what it has now. */
export const hashOf = (
  manager: EntityManager,
  review: AccessReview,
  auditEntries: EvidenceEntry[],
): Promise<string> =>
  evidenceHash({
    review: evidencedReview(review),
    items: presentedItems(manager, { reviewId: review.id }),
    auditEntries,
  });
