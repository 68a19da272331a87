import type { IdentityNames, ReadIdentity } from '../../github/errors/identity-answers.js';
import type { GithubIdentity, Identities } from '../../github/identities/read-identities.js';
import type { Member } from '../member.entity.js';

const FIELDS = ['identityLinked', 'samlNameId', 'scimUserName', 'verifiedEmails'] as const;

/** Who somebody is at work. */
export type WorkIdentity = Pick<Member, (typeof FIELDS)[number]>;

/** A member, and what is known of who they are at work. */
export type IdentifiedMember = WorkIdentity & Pick<Member, 'id' | 'githubId' | 'nodeId' | 'login'>;

/** Somebody of whom something else is to be written. */
export interface IdentityDifference {
  member: IdentifiedMember;
  after: WorkIdentity;
}

/** What must change so that the members agree with GitHub. What is not visible keeps its value. Pure. */
export function identityDifferences(
  members: IdentifiedMember[],
  linked: ReadonlyMap<number, GithubIdentity[]> | undefined,
  verifiedEmails: Identities['verifiedEmails'],
): IdentityDifference[] {
  return members.flatMap((member) =>
    identityDifference(member, {
      identities: linked && (linked.get(member.githubId) ?? []),
      verifiedEmails: verifiedEmails?.get(member.nodeId),
    }),
  );
}

/** The same of one member; none where nothing differs. */
export function identityDifference(
  member: IdentifiedMember,
  read: ReadIdentity,
): IdentityDifference[] {
  const after = identityAfter(member, read);
  return changedFields(member, after).length > 0 ? [{ member, after }] : [];
}

/** Of somebody of whom nothing is known. */
export const NO_IDENTITY: WorkIdentity = {
  ...{ identityLinked: null, samlNameId: null, scimUserName: null, verifiedEmails: null },
};

/** Who somebody is at work after a read. */
export const identityAfter = (
  before: WorkIdentity,
  { identities, verifiedEmails }: ReadIdentity,
): WorkIdentity => ({
  ...(identities ? identityOf(identities) : identityNow(before)),
  verifiedEmails: verifiedEmails ?? before.verifiedEmails,
});

/** The identities of each person, by GitHub's id. */
export function byPerson(identities: GithubIdentity[]): Map<number, GithubIdentity[]> {
  const people = new Map<number, GithubIdentity[]>();
  for (const identity of identities) {
    const theirs = people.get(identity.githubId);
    if (theirs) theirs.push(identity);
    else people.set(identity.githubId, [identity]);
  }
  return people;
}

/** Of several identities, the one that tells most; of equal ones always the same, in whatever order GitHub lists them. */
function identityOf(identities: IdentityNames[]): Omit<WorkIdentity, 'verifiedEmails'> {
  const ordered = identities.toSorted(
    (a, b) => namesIn(b) - namesIn(a) || (a.guid < b.guid ? -1 : 1),
  );
  const first = (name: 'samlNameId' | 'scimUserName') =>
    ordered.map((one) => one[name]).find((value) => value !== null) ?? null;
  return {
    identityLinked: identities.length > 0,
    samlNameId: first('samlNameId'),
    scimUserName: first('scimUserName'),
  };
}

const namesIn = ({ samlNameId, scimUserName }: IdentityNames): number =>
  [samlNameId, scimUserName].filter((name) => name !== null).length;

const identityNow = ({ identityLinked, samlNameId, scimUserName }: WorkIdentity) => ({
  ...{ identityLinked, samlNameId, scimUserName },
});

/** Each value that differs. */
const changedFields = (before: WorkIdentity, after: WorkIdentity) =>
  FIELDS.filter((field) => !isSame(before[field], after[field]));

const isSame = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((value, i) => value === b[i])
    : a === b;

/** The same without a first report of no address: it concerns nearly everybody. */
export const recordedFields = (before: WorkIdentity, after: WorkIdentity) =>
  changedFields(before, after).filter(
    (field) =>
      !(field === 'verifiedEmails' && !before.verifiedEmails && after.verifiedEmails?.length === 0),
  );

/** The counts of a part. */
export function countIdentities(differences: IdentityDifference[]) {
  const counts = { added: 0, changed: 0, removed: 0 };
  for (const { member, after } of differences) {
    if (member.identityLinked !== true && after.identityLinked) counts.added++;
    else if (member.identityLinked && after.identityLinked === false) counts.removed++;
    else if (recordedFields(member, after).some((field) => field !== 'identityLinked'))
      counts.changed++;
  }
  return counts;
}
