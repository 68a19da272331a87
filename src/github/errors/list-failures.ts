import { GithubFailure } from './github-failure.js';

const incomplete = (message: string, remedy: string) =>
  new GithubFailure('listing_incomplete', `${message} Nobody was removed.`, remedy);

/** People came and went each time. */
export const listKeptChanging = () =>
  incomplete(
    'The list of members changed each time it was read, so it could not be proven complete.',
    'Everybody found is in the directory. Sync again when fewer people join and leave.',
  );

/** A page that others follow has nobody on it. */
export const pageIsEmpty = () =>
  incomplete(
    "GitHub's list of members has an empty page in its middle, so it is not complete.",
    'Everybody found is in the directory. Sync again in a few minutes.',
  );

/** @param people at least so many are on the list, or its pages would hold them */
export const tooManyMembers = (people: number, maxPeople: number) =>
  new GithubFailure(
    'too_many_members',
    `GitHub's list has some ${people} people, and this server takes lists of up to ${maxPeople}. Nothing of it was kept.`,
    'If the organization is so large, let the operator raise MAX_MEMBERS. Else check the API address.',
  );
