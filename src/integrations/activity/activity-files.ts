import { csvLine } from '../../platform/csv.js';
import { jsonArray } from '../../platform/json.js';
import type { ActivityItem } from './activity.js';
import { ACTIVITY_COLUMNS, activityValues, presentActivity } from './present-activity.js';

/** The activity as CSV. */
export async function* activityCsv(items: AsyncIterable<ActivityItem>): AsyncGenerator<string> {
  yield csvLine(ACTIVITY_COLUMNS);
  for await (const item of items) yield csvLine(activityValues(presentActivity(item)));
}

/** The same as a JSON array. */
export const activityJson = (items: AsyncIterable<ActivityItem>): AsyncGenerator<string> =>
  jsonArray(presented(items));

async function* presented(items: AsyncIterable<ActivityItem>) {
  for await (const item of items) yield presentActivity(item);
}
