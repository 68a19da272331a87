import { PublicError } from '../../platform/public-error.js';

/** Lower-case letters, digits and inner hyphens, because URLs and commands contain it. */
const SLUG = /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/;

/** @throws PublicError `team_slug_invalid` */
export function teamSlug(typed: string): string {
  if (SLUG.test(typed)) return typed;
  throw new PublicError(
    422,
    'team_slug_invalid',
    typed ? `'${typed}' is not a valid team name.` : 'A team needs a name.',
    'Use lower-case letters, digits and hyphens, at most 64.',
  );
}
