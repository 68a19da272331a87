import { type Answer, invalid } from '../answer.js';
import { conditional, type TaggedText, taggedText } from '../conditional.js';
import type { SimRequest } from '../exchange.js';

const DEFAULT_SIZE = 30;
export const LARGEST_SIZE = 100;

interface Listing<T> {
  readonly items: readonly T[];
  readonly write: (items: readonly T[]) => TaggedText;
  /** The path that `Link` names, which for members is not the one that was asked. */
  readonly linkPath: string;
  /** What the list holds, as an error calls it. */
  readonly resource: string;
  readonly page: string;
}

/** One page of a list. `per_page` outside 1 to 100 is refused; a page past the end is an empty list. */
export function paged<T>(request: SimRequest, listing: Listing<T>): Answer {
  const size = sizeOf(request.query);
  if (size < 1 || size > LARGEST_SIZE) return invalid(listing.resource, 'per_page', listing.page);
  const page = wholeNumber(request.query.get('page'), 1);
  if (page < 1) return invalid(listing.resource, 'page', listing.page);
  const text = listing.write(listing.items.slice((page - 1) * size, page * size));
  const last = Math.max(1, Math.ceil(listing.items.length / size));
  const link = linkHeader(request, listing.linkPath, page, last);
  return conditional(text, link ? { link } : {}, request.headers);
}

/** How much is asked for; 0, which no list takes, for what is no number. */
export function sizeOf(query: URLSearchParams): number {
  return wholeNumber(query.get('per_page'), DEFAULT_SIZE);
}

/** For short lists: each item becomes JSON afresh. @param wrap where a page is more than an array */
export function presented<T>(
  present: (item: T) => unknown,
  wrap: (items: unknown[]) => unknown = (items) => items,
): Listing<T>['write'] {
  return (items) => taggedText(JSON.stringify(wrap(items.map(present))));
}

/** 0, which no list takes, for what is no whole number. */
function wholeNumber(value: string | null, fallback: number): number {
  if (value === null) return fallback;
  return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}

function linkHeader(request: SimRequest, path: string, page: number, last: number): string {
  const link = (to: number, rel: string): string => {
    const query = new URLSearchParams(request.query);
    query.set('page', String(to));
    return `<${request.base}${path}?${query}>; rel="${rel}"`;
  };
  const links: string[] = [];
  if (page > 1) links.push(link(Math.min(page - 1, last), 'prev'));
  if (page < last) links.push(link(page + 1, 'next'), link(last, 'last'));
  if (page > 1) links.push(link(1, 'first'));
  return links.join(', ');
}
