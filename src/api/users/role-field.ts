import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { ROLES } from '../../accounts/users/role.js';

export const WRONG_ROLE = `role must be one of ${ROLES.join(', ')}`;

/** A role in the team, in a body. */
export const RoleField = () =>
  applyDecorators(
    ApiProperty({ enum: ROLES, example: 'member' }),
    IsIn(ROLES, { message: WRONG_ROLE }),
  );
