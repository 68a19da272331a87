import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import type { PresentedChange } from '../../members/changes/change-files.js';
import {
  type ChangedValues,
  type ChangeKind,
  RUN_CHANGE_KINDS,
} from '../../members/changes/member-change.entity.js';

@ApiSchema({ description: 'Only the values that changed.' })
export class ChangedValuesResponse implements ChangedValues {
  @ApiPropertyOptional({ enum: ['active', 'left', 'disabled'] })
  status?: ChangedValues['status'];

  @ApiPropertyOptional({ description: 'Whether the person was in the organization on GitHub.' })
  present?: boolean;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description:
      'Whether the person was an outside collaborator. False for a person who was one last; null for all others.',
  })
  outside?: boolean | null;

  @ApiPropertyOptional({ example: 'mara-lindqvist' })
  login?: string;

  @ApiPropertyOptional({
    type: String,
    enum: ['admin', 'member'],
    nullable: true,
    description: 'Null when the credential cannot read it.',
  })
  role?: ChangedValues['role'];

  @ApiPropertyOptional({ description: "'' when there is none." })
  name?: string;

  @ApiPropertyOptional({ description: "'' when there is none." })
  email?: string;

  @ApiPropertyOptional()
  avatarUrl?: string;

  @ApiPropertyOptional({ description: "GitHub's GraphQL id of the person." })
  nodeId?: string;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description: 'Null when the credential cannot read it.',
  })
  twoFactorEnabled?: boolean | null;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description: 'Suspended on GitHub. Null when the server does not report it.',
  })
  suspended?: boolean | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Bot',
    description: 'The account type on GitHub.',
  })
  githubType?: string | null;

  @ApiPropertyOptional({ example: 'member', description: 'Of an invitation: the role.' })
  invitedAs?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Of an invitation: the login of whoever invited.',
  })
  invitedBy?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: "Of an invitation: why it failed, in GitHub's words.",
  })
  failedReason?: string | null;

  @ApiPropertyOptional({
    example: 'cancelled or accepted',
    description:
      'Of an invitation by email that is gone, where somebody joined meanwhile without another invitation: GitHub does not ' +
      'tell whether it was accepted.',
  })
  outcome?: string;

  @ApiPropertyOptional({ description: 'Of a GitHub team.' })
  slug?: string;

  @ApiPropertyOptional({ enum: ['closed', 'secret'], description: 'Of a GitHub team.' })
  privacy?: ChangedValues['privacy'];

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    description: "GitHub's id of the team that a team is in; null at the top.",
  })
  parentGithubId?: number | null;

  @ApiPropertyOptional({ description: "The slug of the team that a team is in; '' at the top." })
  parentTeam?: string;

  @ApiPropertyOptional({ description: 'The slug of the team that the person is in.' })
  githubTeam?: string;

  @ApiPropertyOptional({
    enum: ['', 'maintainer', 'member'],
    description: "The person's role in the team; '' for somebody who is not in it.",
  })
  githubTeamRole?: ChangedValues['githubTeamRole'];

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description: 'Whether an identity of single sign-on is linked. Null when it is not known.',
  })
  identityLinked?: boolean | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'mara@corp.example' })
  samlNameId?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'mara@corp.example' })
  scimUserName?: string | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: "Addresses in the organization's verified domains. Null when they are not known.",
  })
  verifiedEmails?: string[] | null;
}

/** One difference that a run applied to one member. */
export class ChangeResponse implements PresentedChange {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 4120733,
    description: "GitHub's own id of the person. Null for a change that concerns no person.",
  })
  githubId: number | null;

  @ApiProperty({
    example: 'mara-lindqvist',
    description: "After the change. Without a person, the team's slug or the invited address.",
  })
  login: string;

  @ApiProperty({
    enum: RUN_CHANGE_KINDS,
    example: 'renamed',
    description: '`suspension`: suspended on GitHub, or no longer.',
  })
  kind: ChangeKind;

  @ApiProperty({
    type: ChangedValuesResponse,
    nullable: true,
    example: { login: 'mara-l' },
    description: 'Null for a new person.',
  })
  before: ChangedValuesResponse | null;

  @ApiProperty({
    type: ChangedValuesResponse,
    nullable: true,
    example: { login: 'mara-lindqvist' },
  })
  after: ChangedValuesResponse | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'The admin who made the decision. Null for a change made by the run itself.',
  })
  madeBy: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T09:30:12.480Z' })
  madeAt: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: null,
    description: 'Our id of the GitHub team that it concerns.',
  })
  githubTeamId: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: null,
    description: 'The id of the invitation that it concerns.',
  })
  invitationId: number | null;
}
