import type { Affiliation } from '../affiliation.js';
import {
  type ChangeDraft,
  changed,
  collaboratorAdded,
  collaboratorFound,
  collaboratorJoined,
  joined,
  returned,
} from '../changes/changes.js';
import type { Member } from '../member.entity.js';
import type { Difference, Person } from '../writing/diff.js';
import { MEMBER_STANDING, type Standing } from '../writing/member-row.js';

/** One of GitHub's two lists of people: how somebody gets onto it in the directory. */
export interface FollowedList {
  name: Affiliation;
  /** Whether the directory has somebody on it. */
  has: (member: Standing) => boolean;
  /** The standing of somebody new. */
  standing: Standing;
  found: (person: Person) => ChangeDraft;
  /** A known person who was not on it. */
  entered: (before: Member, after: Person) => ChangeDraft;
}

export const MEMBERS: FollowedList = {
  name: 'member',
  has: ({ present }) => present,
  standing: MEMBER_STANDING,
  found: joined,
  entered: (before, after) =>
    before.outside === null ? returned(before) : collaboratorJoined(before, after),
};

/** Nobody on it is a member. */
export const OUTSIDE_COLLABORATORS: FollowedList = {
  name: 'outside_collaborator',
  has: ({ outside }) => outside === true,
  standing: { status: 'left', present: false, outside: true },
  found: collaboratorFound,
  entered: collaboratorAdded,
};

/** All changes of a difference. */
export const draftsOf = (
  { created, updated }: Difference<Member>,
  { found, entered }: FollowedList,
): ChangeDraft[] => [
  ...created.map(found),
  ...updated.flatMap(({ before, after, returns }) => (returns ? [entered(before, after)] : [])),
  ...updated.flatMap(({ before, after, returns }) =>
    changed(
      returns && tellsRole(entered(before, after)) ? { ...before, role: after.role } : before,
      after,
    ),
  ),
];

const tellsRole = ({ after }: ChangeDraft): boolean => after?.role !== undefined;
