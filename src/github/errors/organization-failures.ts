import { GithubFailure } from './github-failure.js';

/** GitHub shows no organization with this id or name. */
export const organizationNotFound = () =>
  new GithubFailure(
    'organization_not_found',
    'The organization does not exist on GitHub, or the credential cannot see it.',
    'Check the name. Check that the token has the scope read:org (classic) or "Members: read" (fine-grained).',
  );

/** The connected name now belongs to another organization. */
export const organizationReplaced = (login: string) =>
  new GithubFailure(
    'organization_replaced',
    `The name ${login} now belongs to a different organization. Nothing was changed.`,
    'If your organization was renamed, check that the credential can still see it. To sync the other organization, disconnect this one first.',
  );

/** Two answers about one person do not agree. */
export const answersContradict = (login: string) =>
  new GithubFailure(
    'answers_contradict',
    `GitHub's answers about ${login} contradict each other. Nothing was changed.`,
    'Sync again in a minute.',
  );

/** The organization was renamed during the read, so the list may be another one's. */
export const nameChanged = (from: string, to: string) =>
  new GithubFailure(
    'listing_incomplete',
    `The organization was renamed from ${from} to ${to} during the sync. Nobody was removed.`,
    'Sync again.',
  );
