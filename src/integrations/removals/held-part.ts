import type { PartName } from '../parts/part.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';

/** The parts whose removals are held where they are too many. */
export const HELD_PARTS = ['members', 'outsideCollaborators'] as const satisfies PartName[];

export type HeldPart = (typeof HELD_PARTS)[number];

/** Where a run counts the removals of each part that were approved while others of the set stayed held. */
export const APPROVED_IN_PARTS = {
  members: 'approvedInParts',
  outsideCollaborators: 'collaboratorsApprovedInParts',
} as const satisfies Record<HeldPart, keyof MemberSyncRun>;
