import { ApiProperty } from '@nestjs/swagger';
import type { InvitedTeam } from '../../github/invitations/read-invitations.js';
import { LISTED_STATES } from '../../members/invitations/organization-invitation.entity.js';
import type { PresentedInvitation } from '../../members/invitations/present-invitation.js';

/** A team of the organization that somebody joins by accepting. */
export class InvitedTeamResponse implements InvitedTeam {
  @ApiProperty({ example: 7_214_033, description: "GitHub's id of the team." })
  githubId: number;

  @ApiProperty({ example: 'platform' })
  slug: string;

  @ApiProperty({ example: 'Platform' })
  name: string;
}

/** An invitation to the organization. */
export class OrganizationInvitationResponse implements PresentedInvitation {
  @ApiProperty({ example: 1 })
  id: number;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'mara-lindqvist',
    description: 'Null for a person who was invited by email address.',
  })
  login: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Null for a person who was invited by login.',
  })
  email: string | null;

  @ApiProperty({
    example: 'member',
    description: '`admin`, `member`, or another role of GitHub, such as `billing_manager`.',
  })
  role: string;

  @ApiProperty({
    enum: LISTED_STATES,
    example: 'pending',
    description: 'Expired ones are `failed`.',
  })
  state: PresentedInvitation['state'];

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: "Why it failed, in GitHub's words. Null for a pending one.",
  })
  failedReason: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'olga-owner',
    description: 'The login of whoever invited. Null where GitHub does not report it.',
  })
  invitedBy: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T09:30:12.000Z' })
  invitedAt: string;

  @ApiProperty({
    type: [InvitedTeamResponse],
    nullable: true,
    description:
      'The teams that the person joins by accepting. Null where they are not known yet: a sync asks for those of a few invitations.',
  })
  githubTeams: InvitedTeamResponse[] | null;
}
