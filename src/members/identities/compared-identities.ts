import type { ReadIdentity } from '../../github/errors/identity-answers.js';
import type { Member } from '../member.entity.js';
import type { ObservedMember } from '../writing/diff.js';
import { isIdentityTooLong } from '../writing/too-long.js';
import {
  type IdentityDifference,
  identityAfter,
  identityDifference,
  NO_IDENTITY,
} from './identity-difference.js';

/** Who observed people are at work, next to what was stored. */
export interface ComparedIdentities {
  /** How many were compared, or are new and were written as observed. */
  people: number;
  differences: IdentityDifference[];
}

export const nothingCompared = (): ComparedIdentities => ({ people: 0, differences: [] });

/** @param known those of the observed people whom the directory had */
export function comparedIdentities(
  known: Member[],
  observed: ObservedMember[],
): ComparedIdentities {
  const works = new Map(observed.flatMap(({ githubId, work }) => (work ? [[githubId, work]] : [])));
  let people = works.size;
  const differences = known.flatMap((member) => {
    const work = works.get(member.githubId);
    works.delete(member.githubId);
    return work ? identityDifference(member, work) : [];
  });
  for (const work of works.values()) if (!isStored(work)) people--;
  return { people, differences };
}

const isStored = (work: ReadIdentity): boolean =>
  !isIdentityTooLong(identityAfter(NO_IDENTITY, work));
