import type { Hint } from '../hints/hint.entity.js';
import { type HintedTeam, readSubject } from '../hints/hint-subject.js';
import type { PartName, PartResults } from './part.js';

/** What hints name beside people. */
export interface NamedParts {
  parts: Set<PartName>;
  /** Of the teams, only these are looked at. */
  githubTeams: HintedTeam[];
}

export function namedParts(hints: Hint[]): NamedParts {
  const named: NamedParts = { parts: new Set(), githubTeams: [] };
  for (const { subject, nodeId } of hints) {
    const read = readSubject(subject, nodeId);
    if ('part' in read) named.parts.add(read.part);
    if ('githubTeamId' in read) named.githubTeams.push(read);
  }
  if (named.githubTeams.length > 0) named.parts.add('teams');
  return named;
}

/** The subjects of hints whose part could not be read now. */
export const subjectsOfFailed = (hints: Hint[], results: PartResults): string[] =>
  hints
    .map(({ subject }) => subject)
    .filter((subject) => {
      const read = readSubject(subject, null);
      if ('githubTeamId' in read) return results.teams?.state === 'failed';
      return 'part' in read && results[read.part]?.state === 'failed';
    });
