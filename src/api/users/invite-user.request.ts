import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import type { Role } from '../../accounts/users/membership.entity.js';
import { RoleField } from './role-field.js';

/** Whom to invite, and for which role. */
export class InviteUserRequest {
  @ApiProperty({ example: 'grace@example.com', maxLength: 254 })
  @IsString({ message: 'email must be text' })
  @MaxLength(254, { message: 'email must have at most 254 characters' })
  email: string;

  @RoleField()
  role: Role;
}
