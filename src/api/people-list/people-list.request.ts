import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LIST_STATUSES, type ListStatus } from '../../reviews/people-list/listed-person.js';

/** Somebody of a list. Only to describe the body: `readPeople` reads it. */
export class ListedPersonRequest {
  @ApiProperty({ maxLength: 254, example: 'ada@example.com' })
  email: string;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Ada Lovelace' })
  name?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'ada-l' })
  githubLogin?: string | null;

  @ApiPropertyOptional({
    // `null` must be among the values (OpenAPI 3.1).
    enum: [...LIST_STATUSES, null],
    type: String,
    nullable: true,
    example: 'active',
    description: 'Default: `active`.',
  })
  status?: ListStatus | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '2027-03-31',
    description: 'The last day at the company.',
  })
  endDate?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'grace@example.com' })
  managerEmail?: string | null;
}

/** A whole list. */
export class PeopleListRequest {
  @ApiProperty({ type: [ListedPersonRequest] })
  people: ListedPersonRequest[];
}
