import { parseAsOf, tooEarly } from '../../members/past/as-of.js';
import type { GithubIntegration } from './github-integration.entity.js';

/**
 * A past moment that somebody typed, from which on history is kept; undefined for the present.
 * @throws PublicError `as_of_invalid`, `as_of_in_future`, `as_of_too_early`
 */
export function keptMoment(
  { changesPrunedUntil, createdAt }: GithubIntegration,
  text: string | undefined,
): Date | undefined {
  if (text === undefined) return undefined;
  const moment = parseAsOf(text);
  const oldest = changesPrunedUntil ?? createdAt;
  if (moment < oldest) throw tooEarly(oldest);
  return moment;
}
