import type { SimOrganization } from '../../../src/simulator/organization.js';
import { changeFaults } from './change-faults.js';
import type { Rows } from './rows.js';
import { runFaults } from './run-faults.js';
import { teamFaults } from './team-faults.js';

/** What went wrong, in words; nothing in any of them is what must be. */
export interface Verdict {
  lost: string[];
  doubled: string[];
  hanging: string[];
  wrong: string[];
}

export const noFaults = (): Verdict => ({ lost: [], doubled: [], hanging: [], wrong: [] });

export interface Evidence {
  before: Rows;
  after: Rows;
  organization: SimOrganization;
  asked: ReadonlySet<number>;
  /** How a promised run may end. */
  ends: readonly string[];
}

/** Compares the directory with the truth, the changes with the difference of before and after, and looks at each run. */
export function judge(evidence: Evidence): Verdict {
  const verdict = noFaults();
  for (const faults of [directoryFaults, changeFaults, teamFaults, runFaults])
    for (const [kind, text] of faults(evidence)) verdict[kind].push(text);
  return verdict;
}

export type Fault = [keyof Verdict, string];

function directoryFaults({ before, after, organization }: Evidence): Fault[] {
  const members = new Map(after.members.map((member) => [member.githubId, member]));
  const faults: Fault[] = [];
  for (const { user, role } of organization.list()) {
    const member = members.get(user.id);
    if (member?.status !== 'active') faults.push(['lost', `${user.login} is not in the directory`]);
    else if (
      member.login !== user.login ||
      member.name !== (user.name ?? '') ||
      member.email !== (user.email ?? '') ||
      member.role !== role
    )
      faults.push(['wrong', `${user.login} is not as on GitHub`]);
  }
  const truth = new Set(organization.members.map(({ id }) => id));
  for (const { githubId, login, status, present } of after.members)
    if (!truth.has(githubId) && (present || status !== 'left'))
      faults.push(['wrong', `${login} has left and is ${status}`]);
  for (const { githubId, login } of before.members)
    if (!members.has(githubId)) faults.push(['lost', `${login} was deleted`]);
  for (const [status, kept] of Object.entries(after.counts)) {
    const people = after.members.filter((member) => member.status === status).length;
    if (people !== kept)
      faults.push(['wrong', `${people} are ${status}, and ${kept} were counted`]);
  }
  if (members.size !== after.members.length) faults.push(['doubled', 'somebody is there twice']);
  return faults;
}
