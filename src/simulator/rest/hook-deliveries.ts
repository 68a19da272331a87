import { type Answer, invalid, json } from '../answer.js';
import { type Delivery, isSuccess, type SimHook } from '../hooks/hook.js';
import type { RestCall } from './call.js';
import { deliveryBody } from './hook-bodies.js';
import { LARGEST_SIZE, sizeOf } from './paging.js';

const STATUSES = ['success', 'failure', null] as const;

/** The deliveries before the cursor, newest first. @param path that `Link` names */
export function deliveryPage(
  { request, page, world }: RestCall,
  hook: SimHook,
  path: string,
): Answer {
  const { query, base } = request;
  const size = sizeOf(query);
  if (size < 1 || size > LARGEST_SIZE) return invalid('Hook', 'per_page', page);
  const status = STATUSES.find((one) => one === query.get('status'));
  if (status === undefined) return invalid('Hook', 'status', page);
  const before = cursorOf(query.get('cursor'));
  if (before === undefined) return invalid('Hook', 'cursor', page);
  const listed = hook
    .shown(world.clock.now())
    .filter((one) => one.id < before && (status === null || status === stateOf(one)));
  const items = listed.slice(0, size);
  return json(items.map(deliveryBody), nextLink(base + path, query, items, listed.length > size));
}

function stateOf(delivery: Delivery): 'success' | 'failure' {
  return isSuccess(delivery) ? 'success' : 'failure';
}

/** The delivery that a page ends before; undefined for what GitHub never gave out. */
function cursorOf(cursor: string | null): number | undefined {
  if (cursor === null) return Number.POSITIVE_INFINITY;
  const [, id] = /^v1_(\d+)$/.exec(cursor) ?? [];
  return id === undefined ? undefined : Number(id);
}

function nextLink(
  url: string,
  query: URLSearchParams,
  items: Delivery[],
  hasMore: boolean,
): Record<string, string> {
  const last = items.at(-1);
  if (!hasMore || !last) return {};
  const next = new URLSearchParams(query);
  next.set('cursor', `v1_${last.id}`);
  return { link: `<${url}?${next}>; rel="next"` };
}
