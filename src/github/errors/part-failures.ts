import { GithubFailure } from './github-failure.js';

/** What not every member may read, and what a credential needs for it. */
const PARTS = {
  outsideCollaborators: {
    name: 'outside collaborators',
    needs: 'a token of an organization owner, or a GitHub App with "Members: read"',
  },
} as const;

export type GuardedPart = keyof typeof PARTS;

/** The credential may not read a part of the organization. */
const partNotVisible = (part: GuardedPart, cause?: unknown) =>
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
