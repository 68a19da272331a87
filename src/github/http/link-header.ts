import { invalidAnswer } from '../errors/invalid-answer.js';
import { atApi } from './api-links.js';

/** A base for relative addresses; only path and query count. */
const ANYWHERE = 'https://github.invalid';

/** The address under `rel` in a `Link` header (RFC 8288), as GitHub writes it. */
function linkTo(rel: string, link: string | undefined): URL | undefined {
  const found = new RegExp(`<([^<>]+)>;\\s*rel="${rel}"`).exec(link ?? '')?.[1];
  return found && URL.canParse(found, ANYWHERE) ? new URL(found, ANYWHERE) : undefined;
}

const pageOf = (url: URL | undefined): number | undefined =>
  Number(url?.searchParams.get('page')) || undefined;

/** Where the next page of a list without numbers begins, if any. */
export const nextCursor = (link: string | undefined): string | undefined =>
  linkTo('next', link)?.searchParams.get('cursor') ?? undefined;

/** No organization has so many people, and such a list would fill the memory. */
const MAX_PAGES = 100_000;

/** The number of the page after `page`, if any; a list that leads back would never end. */
export function nextPage(link: string | undefined, page: number): number | undefined {
  const next = pageOf(linkTo('next', link));
  if (next !== undefined && next <= page)
    throw invalidAnswer("GitHub's list links back to an earlier page.");
  return next;
}

/**
 * The number of pages of a list, and how to request them at the configured API. It uses GitHub's own paths: their form
 * `/organizations/{id}/members` stays valid after a renaming.
 */
export function pageCount(
  link: string | undefined,
  apiUrl: string,
): { template: string; count: number } | undefined {
  const last = linkTo('last', link) ?? linkTo('next', link);
  const count = pageOf(last);
  const template = last && atApi(last.href, apiUrl);
  // As the only page, it would mean that everybody else left.
  if (last && !template) throw invalidAnswer("GitHub's list has no link to the next page.");
  if (!template || !count) return undefined;
  if (count > MAX_PAGES) throw invalidAnswer(`GitHub's list claims to have ${count} pages.`);
  return { template, count };
}
