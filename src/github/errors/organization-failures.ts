import { GithubFailure } from './github-failure.js';

/** GitHub shows no such organization, under its id or its name. */
export const organizationNotFound = () =>
  new GithubFailure(
    'organization_not_found',
    'GitHub knows no such organization, or the credential may not see it.',
    'Check the name, and that the token has the scope read:org (classic) or "Members: read" (fine-grained).',
  );

/** The name that was connected belongs to another organization by now. */
export const organizationReplaced = (login: string) =>
  new GithubFailure(
    'organization_replaced',
    `The name ${login} belongs to another organization now than the one that was connected. Nothing was changed.`,
    'If the organization you mean has a new name, check that the credential may still see it. To watch the other one, disconnect this one first.',
  );

/** The organization was renamed while its list was read, so the list may be somebody else's. */
export const nameChanged = (from: string, to: string) =>
  new GithubFailure(
    'listing_incomplete',
    `The organization was renamed from ${from} to ${to} while its members were listed. Nobody was removed.`,
    'Sync again.',
  );
