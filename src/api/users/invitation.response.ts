import { ApiProperty } from '@nestjs/swagger';
import type { InvitationLink } from '../../accounts/invitations/invitations.service.js';

/** The link of an invitation, which is shown only here. */
export class InvitationLinkResponse {
  @ApiProperty({
    example: 'https://rollcall.example.com/invitations/Zk3v9Qx0T1n5pWc7Lr2yBd8sHa4uEj6gMf0iKo1XqNs',
    description: 'Send it to the invited person. It works once, and only with their email address.',
  })
  url: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-30T09:30:12.480Z' })
  expiresAt: string;
}

export const presentLink = ({ url, expiresAt }: InvitationLink): InvitationLinkResponse => ({
  url,
  expiresAt: expiresAt.toISOString(),
});
