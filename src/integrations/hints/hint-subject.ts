import type { PartName } from '../parts/part.js';

/** What a hint can name beside people. */
export type HintedPart = Extract<PartName, 'outsideCollaborators' | 'invitations'>;

/** A node id is as the sender told it; not proven. */
interface Named {
  nodeId?: string | null;
}

export type HintedTeam = { githubTeamId: number } & Named;

/** What to look at again: a person by GitHub's id or by login, everybody (`githubId` null), a whole part, or one team. */
export type HintSubject =
  | ({ githubId: number | null } & Named)
  | { login: string }
  | { part: HintedPart }
  | HintedTeam;

/** `subject` of a hint about everybody. */
export const EVERYBODY = '*';

/** Before a login, which is no number. */
const LOGIN = '@';
const PART = 'part:';
const TEAM = 'team:';

/** As it is stored. */
export function subjectOf(subject: HintSubject): string {
  if ('login' in subject) return `${LOGIN}${subject.login.toLowerCase()}`;
  if ('part' in subject) return `${PART}${subject.part}`;
  if ('githubTeamId' in subject) return `${TEAM}${subject.githubTeamId}`;
  return subject.githubId === null ? EVERYBODY : String(subject.githubId);
}

/** As it was stored. */
export function readSubject(subject: string, nodeId: string | null): HintSubject {
  if (subject.startsWith(LOGIN)) return { login: subject.slice(LOGIN.length) };
  if (subject.startsWith(PART)) return { part: subject.slice(PART.length) as HintedPart };
  if (subject.startsWith(TEAM)) return { githubTeamId: Number(subject.slice(TEAM.length)), nodeId };
  return { githubId: subject === EVERYBODY ? null : Number(subject), nodeId };
}
