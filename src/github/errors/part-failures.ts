import { GithubFailure } from './github-failure.js';

const OWNER_OR_APP = 'a token of an organization owner, or a GitHub App with "Members: read"';

/** What not every member may read, and what a credential needs for it. */
const PARTS = {
  outsideCollaborators: { name: 'outside collaborators', needs: OWNER_OR_APP },
  teams: {
    name: 'teams',
    needs:
      'a token with the scope read:org (classic) or "Members: read" (fine-grained), or a GitHub App with "Members: read"',
  },
  identities: {
    name: 'single sign-on identities',
    needs:
      'a token of an organization owner with the scope admin:org, or a GitHub App with "Administration: read"',
  },
  verifiedEmails: {
    name: 'email addresses in verified domains',
    needs: 'a token of an organization owner, or a GitHub App with "Administration: read"',
  },
  invitations: { name: 'invitations', needs: OWNER_OR_APP },
} as const;

export type GuardedPart = keyof typeof PARTS;

/** The credential may not read a part of the organization. */
export const partNotVisible = (part: GuardedPart, cause?: unknown) =>
  new GithubFailure(
    'missing_permission',
    `The credential does not have permission to read the organization's ${PARTS[part].name}.`,
    `It needs ${PARTS[part].needs}.`,
    { cause },
  );

/** The meaning of a failed request about a part: a missing permission is that for the part. */
export function partFailure(failure: unknown, part: GuardedPart): unknown {
  const isOfPart = failure instanceof GithubFailure && failure.code === 'missing_permission';
  return isOfPart ? partNotVisible(part, failure) : failure;
}

/** A part was different each time it was read. */
export const partKeptChanging = (part: GuardedPart) =>
  new GithubFailure(
    'listing_incomplete',
    `The organization's ${PARTS[part].name} changed each time they were read, so the list may be incomplete.`,
    'Nothing was changed. Sync again in a few minutes.',
  );
