import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsPositive, ValidateIf } from 'class-validator';

const MESSAGE = { message: 'memberId must be the id of a member, or null' };

/** Who somebody of the list is on GitHub. */
export class ChooseMatchRequest {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    nullable: true,
    example: 1,
    description: 'The id of a member or an outside collaborator. Null takes the choice back.',
  })
  @ValidateIf(({ memberId }) => memberId !== null)
  @IsPositive(MESSAGE)
  @IsInt(MESSAGE)
  memberId: number | null;
}
