import { GithubFailure } from './github-failure.js';

const incomplete = (message: string, remedy: string) =>
  new GithubFailure('listing_incomplete', `${message} Nobody was removed.`, remedy);

/** The list changed in every pass. */
export const listKeptChanging = () =>
  incomplete(
    'The member list changed each time it was read, so it may be incomplete.',
    'All people found are in the directory. Sync again when fewer people join and leave.',
  );

/** A page before the last one is empty. */
export const pageIsEmpty = () =>
  incomplete(
    "GitHub's member list is incomplete: a page in the middle is empty.",
    'All people found are in the directory. Sync again in a few minutes.',
  );

/** @param people the least number on the list, as counted or by its pages */
export const tooManyMembers = (people: number, maxPeople: number) =>
  new GithubFailure(
    'too_many_members',
    `GitHub's list has about ${people} people, but this server allows at most ${maxPeople}. Nothing was saved.`,
    'If the organization is this large, ask the operator to raise MAX_MEMBERS. Otherwise check the API address.',
  );
