import { RUN_CHANGE_KINDS } from '../../members/changes/member-change.entity.js';

/** What people do to members by hand. */
export const HAND_KINDS = ['disabled', 'enabled'] as const;

/** What the activity can be narrowed to: runs by what they are or found, and what people did by hand. */
export const ACTIVITY_KINDS = [
  'sync',
  'undo',
  'failed',
  'cancelled',
  ...RUN_CHANGE_KINDS,
  ...HAND_KINDS,
] as const;

export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

export interface ActivityFilter {
  integrationId: number;
  kind?: ActivityKind | undefined;
  /** The name, login or address of the people it concerns, as in the search of the directory. */
  person?: string | undefined;
  /** A part of the name of whoever asked for it, cancelled it or decided it. */
  by?: string | undefined;
}

/** The last run and the last change by hand that were shown; 0 before the first. */
export interface ActivityPosition {
  run: number;
  change: number;
}

export const isHandKind = (kind: ActivityKind): kind is (typeof HAND_KINDS)[number] =>
  HAND_KINDS.some((one) => one === kind);
