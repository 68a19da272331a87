import type { Member, MemberStatus } from './member.entity.js';

/** The two lists of people that a directory follows. */
export const AFFILIATIONS = ['member', 'outside_collaborator'] as const;

export type Affiliation = (typeof AFFILIATIONS)[number];

type Standing = Pick<Member, 'status' | 'outside'>;

/** The list that has somebody, or had them last. Members have no `outside`. */
export const listOf = ({ status, outside }: Standing): Affiliation =>
  status === 'active' || outside === null ? 'member' : 'outside_collaborator';

/** The status in that list: an outside collaborator is stored as somebody who left the organization. */
export function shownStatus({ status, outside }: Standing): MemberStatus {
  if (status !== 'left' || outside === null) return status;
  return outside ? 'active' : 'left';
}

/** What somebody is at GitHub; null for somebody who is neither any more. */
export function affiliationOf({
  status,
  present,
  outside,
}: Pick<Member, 'status' | 'present' | 'outside'>): Affiliation | null {
  if (status === 'active' || (status === 'disabled' && present)) return 'member';
  return outside ? 'outside_collaborator' : null;
}

/** Whose people to show. Without a list, everybody whose stored status is one of these. */
export interface Listed {
  statuses: MemberStatus[];
  affiliation?: Affiliation | undefined;
}

export const isListed = (person: Standing, { statuses, affiliation }: Listed): boolean =>
  affiliation === undefined
    ? statuses.includes(person.status)
    : listOf(person) === affiliation && statuses.includes(shownStatus(person));

/** SQL for the same people (`m`), for one status. */
export const statusCondition = (status: MemberStatus, affiliation?: Affiliation): string =>
  affiliation === undefined ? `m.status = '${status}'` : CONDITIONS[affiliation][status];

const CONDITIONS: Record<Affiliation, Record<MemberStatus, string>> = {
  member: {
    active: "m.status = 'active'",
    // `+` keeps the databases from reading by the index of outside collaborators.
    left: "m.status = 'left' AND +m.outside IS NULL",
    disabled: "m.status = 'disabled' AND +m.outside IS NULL",
  },
  outside_collaborator: {
    active: "m.status = 'left' AND m.outside = 1",
    left: "m.status = 'left' AND m.outside = 0",
    disabled: "m.status = 'disabled' AND m.outside IS NOT NULL",
  },
};
