import { Injectable } from '@nestjs/common';
import type { Affiliation } from '../../members/affiliation.js';
import type { TwoFactorWord } from '../../members/listing/filter-words.js';
import { PublicError } from '../../platform/public-error.js';
import { utcTime } from '../../platform/utc-time.js';
import { CredentialHealths } from '../connections/credential-healths.js';
import type { GithubIntegration } from '../connections/github-integration.entity.js';
import { IntegrationParts, type KnownPart, partOf } from './integration-parts.js';
import type { PartName } from './part.js';

/** What is asked about people; undefined and false for what is not. */
export interface PeopleQuestion {
  affiliation?: Affiliation | undefined;
  identity?: unknown;
  githubTeam?: unknown;
  twoFactor?: TwoFactorWord | undefined;
  role?: unknown;
}

type AskedPart = Exclude<PartName, 'members'>;

/** The parts beside the members that the answer depends on. */
export const partsOf = ({ affiliation, identity, githubTeam }: PeopleQuestion): AskedPart[] => [
  ...(affiliation === 'outside_collaborator' ? (['outsideCollaborators'] as const) : []),
  ...(githubTeam ? (['teams'] as const) : []),
  ...(identity ? (['identities'] as const) : []),
];

/** Tells which questions about people cannot be answered, so that nobody is said to lack what is not visible. */
@Injectable()
export class PeopleQuestions {
  constructor(
    private readonly parts: IntegrationParts,
    private readonly credentials: CredentialHealths,
  ) {}

  /**
   * For a list of the part itself. The present one may be empty where the part was never read.
   * @throws PublicError as `lackOf`
   */
  async checkPast(
    { id }: Pick<GithubIntegration, 'id'>,
    part: AskedPart,
    moment: Date | undefined,
  ): Promise<void> {
    const known = moment && (await this.parts.one(id, part));
    const lack = known && lackOfPart(known, ASKED[part], moment);
    if (lack) throw lack;
  }

  /** @throws PublicError what `lackOf` tells */
  async check(
    integration: GithubIntegration,
    question: PeopleQuestion,
    moment?: Date,
  ): Promise<void> {
    const lack = await this.lackOf(integration, question, moment);
    if (lack) throw lack;
  }

  /**
   * Why there is no answer: `part_not_visible` for what was never read or what the credential does not see,
   * `as_of_too_early` for what was first read later. Undefined where there is one.
   * @param moment of the past; undefined for now
   */
  async lackOf(
    integration: GithubIntegration,
    question: PeopleQuestion,
    moment?: Date,
  ): Promise<PublicError | undefined> {
    const asked = partsOf(question);
    const parts = asked.length > 0 ? await this.parts.beside(integration.id) : [];
    for (const name of asked) {
      const lack = lackOfPart(partOf(parts, name), ASKED[name], moment);
      if (lack) return lack;
    }
    // What the present credential sees tells nothing about the past.
    return moment ? undefined : this.lackOfCredential(integration, question);
  }

  private async lackOfCredential(
    integration: GithubIntegration,
    { twoFactor, role, affiliation = 'member' }: PeopleQuestion,
  ): Promise<PublicError | undefined> {
    const asksTwoFactor = twoFactor === 'on' || twoFactor === 'off';
    const asksRole = role && affiliation === 'member';
    if (!asksTwoFactor && !asksRole) return undefined;
    const { sees } = (await this.credentials.of(integration)) ?? {};
    if (!sees) return undefined;
    if (asksRole && !sees.roles) return notVisible('Roles are not visible.', NEEDS.roles);
    return asksTwoFactor && !sees.twoFactor
      ? notVisible('Two-factor authentication is not visible.', NEEDS.twoFactor)
      : undefined;
  }
}

const ASKED: Record<AskedPart, string> = {
  outsideCollaborators: 'Who has access without being a member',
  invitations: 'Who is invited',
  teams: 'Who is in which GitHub team',
  identities: 'Who has a corporate identity',
};

const NEEDS = {
  roles: 'Connect the organization with the credential of a member.',
  twoFactor: 'Connect the organization with the token of an owner.',
};

function lackOfPart(
  { needs, firstReadAt }: KnownPart,
  what: string,
  moment: Date | undefined,
): PublicError | undefined {
  if (!firstReadAt) return notVisible(`${what} is not visible.`, needs ?? '');
  if (!moment || moment >= firstReadAt) return undefined;
  return new PublicError(
    422,
    'as_of_too_early',
    `${what} was first read ${utcTime(firstReadAt)}.`,
    'Choose a later date, or remove the filter.',
  );
}

const notVisible = (message: string, needs: string) =>
  new PublicError(422, 'part_not_visible', message, needs);
