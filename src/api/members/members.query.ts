import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';
import { AFFILIATIONS, type Affiliation } from '../../members/affiliation.js';
import {
  IDENTITY_WORDS,
  type IdentityWord,
  TWO_FACTOR_WORDS,
  type TwoFactorWord,
} from '../../members/listing/filter-words.js';
import {
  ACCOUNT_TYPES,
  JOINED_WITHIN_DAYS,
  type MemberSort,
  SORTS,
} from '../../members/listing/member-query.js';
import type { MemberStatus, OrganizationRole } from '../../members/member.entity.js';
import { PageQuery } from '../shared/page.query.js';

const STATUSES: MemberStatus[] = ['active', 'left', 'disabled'];
const ROLES: OrganizationRole[] = ['admin', 'member'];

/** Which members to show. */
export class MembersQuery extends PageQuery {
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', enum: STATUSES },
    default: ['active'],
    description: 'One or more, separated by commas.',
  })
  @Transform(({ value }: { value: unknown }) => String(value).split(','))
  @IsIn(STATUSES, {
    each: true,
    message: 'status must be one or more of active, left, disabled, separated by commas',
  })
  status: MemberStatus[] = ['active'];

  @ApiPropertyOptional({
    enum: AFFILIATIONS,
    default: 'member',
    description:
      'Members, or outside collaborators, which are rejected where they have never been visible (`part_not_visible`). With `status=left`, people who left as such: a member who became an outside ' +
      'collaborator is listed among these.',
  })
  @IsIn(AFFILIATIONS, {
    message: `affiliation must be ${AFFILIATIONS.join(' or ')}; GET /integrations/{id}/invitations lists who is invited`,
  })
  affiliation: Affiliation = 'member';

  @ApiPropertyOptional({
    maxLength: 100,
    description:
      'Beginnings of the login or of words of the name, in any order; of the SAML NameID or of the SCIM user name; with an `@` inside, also of the email addresses. Upper ' +
      'and lower case are equal, and so are letters with and without accents. An `@` before a login is ignored.',
  })
  @IsOptional()
  // Like the page.
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @MaxLength(100, { message: 'q must have at most 100 characters' })
  @Matches(/^[^\0]*$/, { message: 'q must not contain a NUL character' })
  @IsString({ message: 'q must be given once' })
  q?: string;

  @ApiPropertyOptional({
    enum: ROLES,
    description:
      'Only people with this role. Rejected where the credential sees public members only (`part_not_visible`).',
  })
  @IsOptional()
  @IsIn(ROLES, { message: 'role must be admin or member' })
  role?: OrganizationRole;

  @ApiPropertyOptional({
    enum: TWO_FACTOR_WORDS,
    description:
      'Only people whose two-factor authentication is on, off, or not visible. `on` and `off` are rejected where the ' +
      'credential does not see it (`part_not_visible`), unless `asOf` is given.',
  })
  @IsOptional()
  @IsIn(TWO_FACTOR_WORDS, { message: `twoFactor must be one of ${TWO_FACTOR_WORDS.join(', ')}` })
  twoFactor?: TwoFactorWord;

  @ApiPropertyOptional({
    enum: IDENTITY_WORDS,
    description:
      'Only people with or without a linked identity of single sign-on. People whose identity is not known match neither. ' +
      'Rejected where identities have never been visible (`part_not_visible`).',
  })
  @IsOptional()
  @IsIn(IDENTITY_WORDS, { message: `identity must be one of ${IDENTITY_WORDS.join(', ')}` })
  identity?: IdentityWord;

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description: 'Only people who are known to be suspended, or not suspended.',
  })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'suspended must be true or false' })
  suspended?: 'true' | 'false';

  @ApiPropertyOptional({
    enum: ACCOUNT_TYPES,
    description:
      'Only accounts of this GitHub type. On GitHub Enterprise Server, bots can be members.',
  })
  @IsOptional()
  @IsIn(ACCOUNT_TYPES, { message: `type must be one of ${ACCOUNT_TYPES.join(', ')}` })
  type?: (typeof ACCOUNT_TYPES)[number];

  @ApiPropertyOptional({
    type: 'integer',
    enum: JOINED_WITHIN_DAYS,
    description:
      'Only people first seen in the last N days; for status `left`, people who left in the last N days.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsIn(JOINED_WITHIN_DAYS, { message: 'within must be 7, 30 or 90' })
  within?: (typeof JOINED_WITHIN_DAYS)[number];

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description:
      'Only people in this GitHub team, by the `id` of `GET /integrations/{id}/github-teams`. With `asOf`, who was in it.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'githubTeam must be the id of a GitHub team' })
  @Min(1, { message: 'githubTeam must be the id of a GitHub team' })
  githubTeam?: number;

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    default: 'false',
    description: 'With `githubTeam`: also people who are only in teams within it.',
  })
  @IsIn(['true', 'false'], { message: 'includeChildTeams must be true or false' })
  includeChildTeams: 'true' | 'false' = 'false';

  @ApiPropertyOptional({
    enum: SORTS,
    default: 'login',
    description:
      'By login, by name, or by `since`. `-` sorts in descending order. Upper and lower case are equal.',
  })
  @IsIn(SORTS, { message: `sort must be one of ${SORTS.join(', ')}` })
  sort: MemberSort = 'login';

  @ApiPropertyOptional({
    description:
      'The directory at that time: a time such as 2026-03-01T12:00:00Z, or a date such as 2026-03-01, which means the end ' +
      'of that day in UTC. Today means now; the future is rejected. Default: now.',
  })
  @IsOptional()
  @IsString({ message: 'asOf must be given once' })
  asOf?: string;
}
