import { ApiProperty } from '@nestjs/swagger';
import type { Role } from '../../accounts/users/membership.entity.js';
import { ROLES } from '../../accounts/users/role.js';
import type { TeamMember } from '../../accounts/users/team-users.js';

/** A user of the team. */
export class UserResponse {
  @ApiProperty({ type: 'integer', example: 2 })
  id: number;

  @ApiProperty({ example: 'ada@example.com' })
  email: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Ada Lovelace',
    description: 'Null for a user who gave no name.',
  })
  name: string | null;

  @ApiProperty({ enum: ROLES, example: 'member', description: 'The role in the team.' })
  role: Role;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T09:30:12.480Z',
    description: 'When the user last used Rollcall, within some minutes. Null for not yet.',
  })
  lastSeenAt: string | null;

  @ApiProperty({
    format: 'date-time',
    example: '2026-11-20T08:00:00.000Z',
    description: 'When the user joined the team.',
  })
  joinedAt: string;
}

export const presentUser = ({
  id,
  email,
  name,
  role,
  lastSeenAt,
  joinedAt,
}: TeamMember): UserResponse => ({
  ...{ id, email, name, role },
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
  joinedAt: joinedAt.toISOString(),
});
