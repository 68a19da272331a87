import type { ActivityKind } from '../../integrations/activity/activity-query.js';

/** The kinds that a history can be narrowed to, in the order of the page. */
const KINDS: [ActivityKind, string][] = [
  ['sync', 'Syncs'],
  ['undo', 'Undone runs'],
  ['failed', 'Failed'],
  ['cancelled', 'Cancelled'],
  ['joined', 'Somebody joined'],
  ['left', 'Somebody left'],
  ['returned', 'Somebody returned'],
  ['renamed', 'Somebody was renamed'],
  ['role', 'A role changed'],
  ['profile', 'A profile changed'],
  ['suspension', 'A suspension changed'],
  ['disabled', 'Disabled by hand'],
  ['enabled', 'Enabled by hand'],
];

/** The choice of a kind: `members/_choice`. */
export const historyKinds = (chosen: ActivityKind | undefined) => ({
  name: 'kind',
  label: 'Kind',
  chosen: chosen ?? '',
  options: [['', 'Everything'], ...KINDS].map(([value, words]) => ({ value, words })),
});
