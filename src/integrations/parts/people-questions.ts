import { Injectable } from '@nestjs/common';
import type { Affiliation } from '../../members/affiliation.js';
import { PublicError } from '../../platform/public-error.js';
import { utcTime } from '../../platform/utc-time.js';
import type { GithubIntegration } from '../connections/github-integration.entity.js';
import { IntegrationParts, type KnownPart, partOf } from './integration-parts.js';
import type { PartName } from './part.js';

/** What is asked about people; undefined and false for what is not. */
export interface PeopleQuestion {
  affiliation?: Affiliation | undefined;
  identity?: unknown;
  githubTeam?: unknown;
}

/** The parts beside the members that the answer depends on. */
export const partsOf = ({ affiliation, identity, githubTeam }: PeopleQuestion): AskedPart[] => [
  ...(affiliation === 'outside_collaborator' ? (['outsideCollaborators'] as const) : []),
  ...(githubTeam ? (['teams'] as const) : []),
  ...(identity ? (['identities'] as const) : []),
];

/** Tells which questions about people cannot be answered, so that nobody is said to lack what is not visible. */
@Injectable()
export class PeopleQuestions {
  constructor(private readonly parts: IntegrationParts) {}

  /**
   * @param moment of the past; undefined for now
   * @throws PublicError `part_not_visible` for what was never read, `as_of_too_early` for what was first read later
   */
  async check(
    { id }: Pick<GithubIntegration, 'id'>,
    question: PeopleQuestion,
    moment?: Date,
  ): Promise<void> {
    const asked = partsOf(question);
    if (asked.length === 0) return;
    const parts = await this.parts.of(id);
    for (const name of asked) checkPart(partOf(parts, name), ASKED[name], moment);
  }
}

type AskedPart = Exclude<PartName, 'members' | 'invitations'>;

const ASKED: Record<AskedPart, string> = {
  outsideCollaborators: 'Who has access without being a member',
  teams: 'Who is in which GitHub team',
  identities: 'Who has a corporate identity',
};

function checkPart({ needs, firstReadAt }: KnownPart, what: string, moment?: Date): void {
  if (!firstReadAt)
    throw new PublicError(422, 'part_not_visible', `${what} is not known.`, needs ?? '');
  if (moment && moment < firstReadAt)
    throw new PublicError(
      422,
      'as_of_too_early',
      `${what} was first read ${utcTime(firstReadAt)}.`,
      'Choose a later date, or remove the filter.',
    );
}
