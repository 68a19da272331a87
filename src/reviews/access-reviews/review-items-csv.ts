import { csvLine } from '../../platform/csv.js';
import type { PresentedItem } from './present-review.js';

export const ITEM_COLUMNS = [
  ...(['id', 'organization', 'githubId', 'login', 'displayName', 'affiliation', 'role'] as const),
  ...(['twoFactor', 'githubTeams', 'samlNameId', 'verifiedEmails'] as const),
  ...(['matchCategory', 'matchedBy', 'listEmail', 'listName', 'managerEmail'] as const),
  ...(['reviewer', 'decision', 'reason', 'decidedBy', 'decidedAt'] as const),
];

/** The lines of a CSV file. Several teams or addresses have a space between them. */
export async function* itemsCsv(items: AsyncIterable<PresentedItem>): AsyncGenerator<string> {
  yield csvLine(ITEM_COLUMNS);
  for await (const item of items) yield itemLine(item);
}

function itemLine({ match, ...item }: PresentedItem): string {
  return csvLine([
    ...[item.id, item.organization, item.githubId, item.login, item.displayName],
    ...[item.affiliation, item.role, item.twoFactor],
    ...[item.githubTeams.join(' '), item.samlNameId, item.verifiedEmails.join(' ')],
    ...[match?.category, match?.matchedBy, match?.email, match?.name, match?.managerEmail],
    ...[item.reviewer, item.decision, item.reason, item.decidedBy, item.decidedAt],
  ]);
}
