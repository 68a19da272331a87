import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';

/** What an admin decides about a member. */
export class ChangeMemberRequest {
  @ApiProperty({
    example: true,
    description: '`false` makes the member `active` or `left`, as on GitHub.',
  })
  @IsBoolean({ message: 'disabled must be true or false' })
  disabled: boolean;
}
