import type { ChangeKind } from '../../members/changes/member-change.entity.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { heldCounts } from '../runs/sync-counts.js';

/** The events about changes, with the kinds of changes that each one tells. */
export const CHANGE_EVENTS = {
  'member.joined': ['joined', 'returned'],
  'member.left': ['left'],
  'member.renamed': ['renamed'],
  'member.role_changed': ['role'],
  /** Only those profiles in which it was switched off. */
  'member.two_factor_disabled': ['profile'],
  'collaborator.added': ['collaborator_added'],
  'collaborator.removed': ['collaborator_removed'],
  'invitation.failed': ['invitation_failed'],
  'team.changed': [
    'team_created',
    'team_renamed',
    'team_moved',
    'team_deleted',
    'team_joined',
    'team_left',
    'team_role',
  ],
} as const satisfies Record<string, ChangeKind[]>;

/** The events about how a run ended. */
const RUN_EVENTS = ['removals.held', 'run.failed', 'run.recovered'] as const;

/** The events that no run finds. */
const NOTICE_EVENTS = ['credential.expiring', 'webhook.silent'] as const;

export type ChangeEvent = keyof typeof CHANGE_EVENTS;
export type RunEvent = (typeof RUN_EVENTS)[number];
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];
/** What runs find. */
export type FoundEvent = ChangeEvent | RunEvent;
export type EventType = FoundEvent | NoticeEvent;

/** Everything that a channel can be told of. */
export const EVENT_TYPES: EventType[] = [
  ...(Object.keys(CHANGE_EVENTS) as ChangeEvent[]),
  ...RUN_EVENTS,
  ...NOTICE_EVENTS,
];

export const isChangeEvent = (type: FoundEvent): type is ChangeEvent => type in CHANGE_EVENTS;

/** The events that may follow from a run that ended; others cannot. */
export function possibleEvents({ state, result, changeCounts }: MemberSyncRun): Set<FoundEvent> {
  const hasChanges = ([, kinds]: [string, readonly ChangeKind[]]) =>
    kinds.some((kind) => (changeCounts?.[kind] ?? 0) > 0);
  const possible = new Set<FoundEvent>(
    Object.entries(CHANGE_EVENTS)
      .filter(hasChanges)
      .map(([type]) => type as ChangeEvent),
  );
  if (heldCounts(result).all > 0) possible.add('removals.held');
  if (state === 'error') possible.add('run.failed');
  if (state === 'complete') possible.add('run.recovered');
  return possible;
}
