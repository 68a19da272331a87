import { isDeepStrictEqual } from 'node:util';
import type {
  ChangedValues,
  MemberChange,
} from '../../../src/members/changes/member-change.entity.js';
import type { Member } from '../../../src/members/member.entity.js';
import { directoryBefore } from '../../../src/members/past/as-of.js';
import { groupBy } from './group-by.js';
import type { Evidence, Fault } from './verdict.js';

const FIELDS = [
  'status',
  'present',
  'login',
  'role',
  'name',
  'email',
  'avatarUrl',
  'nodeId',
  'twoFactorEnabled',
  'suspended',
  'githubType',
] as const satisfies (keyof ChangedValues)[];

/** Each member's changes lead from nobody to what the directory says, and undoing them leads back. */
export function changeFaults({ before, after }: Evidence): Fault[] {
  const { members, changes } = after;
  const ofPeople = changes.filter(({ githubTeamId }) => githubTeamId === null);
  const chains = groupBy(ofPeople, ({ githubId }) => githubId);
  const faults = members.flatMap((member) =>
    chainFaults(member, chains.get(member.githubId) ?? []),
  );
  if (directoryBefore(members, changes.toReversed()).length > 0)
    faults.push(['wrong', 'undoing every change does not lead to an empty roster']);
  const newer = changes.slice(before.changes.length).toReversed();
  const undone = directoryBefore(members, newer).sort((a, b) => a.id - b.id);
  if (!isDeepStrictEqual(undone.map(valuesOf), before.members.map(valuesOf)))
    faults.push(['wrong', 'undoing the changes does not lead to the roster of before']);
  return faults;
}

function chainFaults(member: Member, chain: MemberChange[]): Fault[] {
  const faults: Fault[] = [];
  let known: ChangedValues | undefined;
  for (const { id, kind, before, after } of chain) {
    const what = `change ${id}: ${member.login} ${kind}`;
    if (known && (before === null || says(after, known))) faults.push(['doubled', what]);
    else if (known ? !says(before, known) : before !== null) faults.push(['wrong', what]);
    known = { ...known, ...after };
  }
  if (!isDeepStrictEqual(known, valuesOf(member)))
    faults.push(['lost', `a change of ${member.login} is not recorded`]);
  return faults;
}

/** Whether that is known already. */
const says = (values: ChangedValues | null, known: ChangedValues): boolean =>
  FIELDS.every((field) => values?.[field] === undefined || values[field] === known[field]);

const valuesOf = (member: Member): ChangedValues =>
  Object.fromEntries(FIELDS.map((field) => [field, member[field]]));
