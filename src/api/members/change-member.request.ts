import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';

/** What an admin decides about a member. */
export class ChangeMemberRequest {
  @ApiProperty({
    example: true,
    description: 'Enabled again, they are `active` or `left`, as GitHub has it.',
  })
  @IsBoolean({ message: 'disabled must be true or false' })
  disabled: boolean;
}
