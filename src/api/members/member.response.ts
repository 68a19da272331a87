import { ApiProperty } from '@nestjs/swagger';
import { AFFILIATIONS, type Affiliation } from '../../members/affiliation.js';
import type { ShownMember } from '../../members/listing/member-query.js';
import { type PresentedMember, presentMember } from '../../members/listing/present-member.js';
import type { Member, MemberStatus } from '../../members/member.entity.js';

/** A member, as on the command line, with our own id. */
export class MemberResponse implements PresentedMember {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({
    type: 'integer',
    example: 4120733,
    description: "GitHub's id. It stays the same when the login changes.",
  })
  githubId: number;

  @ApiProperty({ example: 'mara-lindqvist' })
  login: string;

  @ApiProperty({
    example: 'Mara Lindqvist',
    description: 'Exactly as on GitHub. The login when there is no name.',
  })
  displayName: string;

  @ApiProperty({
    example: 'mara@example.com',
    description: "The public address; '' when there is none.",
  })
  email: string;

  @ApiProperty({
    type: String,
    enum: ['admin', 'member'],
    nullable: true,
    example: 'admin',
    description: 'The role in the organization. Null when the credential cannot read it.',
  })
  role: Member['role'];

  @ApiProperty({
    enum: ['active', 'left', 'disabled'],
    example: 'active',
    description:
      '`disabled`: disabled by an admin of the team. Syncs do not change this. For outside collaborators, `active` and ' +
      '`left` tell whether they still are one.',
  })
  status: MemberStatus;

  @ApiProperty({ example: 'https://avatars.githubusercontent.com/u/4120733?v=4' })
  avatarUrl: string;

  @ApiProperty({
    type: Boolean,
    nullable: true,
    example: true,
    description: 'Two-factor authentication. Null when the credential cannot read it.',
  })
  twoFactor: boolean | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T09:30:12.480Z',
    description:
      'When Rollcall first saw the person, or when they left. With `asOf`, null for a person whose status has changed since; so are the next two fields.',
  })
  since: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'The admin who disabled the member. Null when the member is not disabled.',
  })
  disabledBy: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  disabledAt: string | null;

  @ApiProperty({
    type: Boolean,
    nullable: true,
    example: false,
    description:
      'Suspended on GitHub, but still a member. Null when the server does not report it. GitHub Enterprise Server does.',
  })
  suspended: boolean | null;

  @ApiProperty({
    type: String,
    enum: AFFILIATIONS,
    nullable: true,
    example: 'member',
    description: 'Null for a person who is neither any more.',
  })
  affiliation: Affiliation | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'mara@corp.example',
    description:
      "The NameID of the identity at the organization's identity provider. Null when there is none, or when it is not " +
      'visible: the part `identities` of the integration tells.',
  })
  samlNameId: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'mara@corp.example',
    description: 'The SCIM user name of that identity.',
  })
  scimUserName: string | null;

  @ApiProperty({
    type: [String],
    example: ['mara@corp.example'],
    description:
      "Email addresses in the organization's verified domains. Empty when none is known.",
  })
  verifiedEmails: string[];
}

export const presentMemberWithId = (member: ShownMember): MemberResponse => ({
  id: member.id,
  ...presentMember(member),
});
