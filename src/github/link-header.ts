import { invalidAnswer } from './failure-of.js';

/** The address under `rel` in a `Link` header (RFC 8288), as GitHub writes it. */
function linkTo(rel: string, link: string | undefined): URL | undefined {
  const found = new RegExp(`<([^>]+)>;\\s*rel="${rel}"`).exec(link ?? '')?.[1];
  return found ? new URL(found) : undefined;
}

const pageOf = (url: URL | undefined): number | undefined =>
  Number(url?.searchParams.get('page')) || undefined;

/** The number of the next page, where there is one. */
export const nextPage = (link: string | undefined): number | undefined =>
  pageOf(linkTo('next', link));

/**
 * How many pages a list has and how to ask for them. GitHub's own addresses are followed, never rebuilt: they have the
 * form `/organizations/{id}/members`, which survives a renaming.
 * @throws GithubFailure `github_answer_invalid` where they lead to another host, which must not see the token.
 */
export function pageCount(
  link: string | undefined,
  apiUrl: string,
): { template: string; count: number } | undefined {
  const last = linkTo('last', link) ?? linkTo('next', link);
  const count = pageOf(last);
  if (!last || !count) return undefined;
  if (last.origin !== new URL(apiUrl).origin)
    throw invalidAnswer(`GitHub's list continues on another host, ${last.host}.`);
  return { template: last.href, count };
}
