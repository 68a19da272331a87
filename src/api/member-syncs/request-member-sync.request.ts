import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { LOGIN } from '../../github/access/organization-name.js';
import { MAX_PEOPLE } from '../../integrations/hints/max-people.js';
import type { NamedPerson } from '../../integrations/hints/record-hints.js';
import { validationFailed } from '../../platform/web/validation.js';

const few = (name: string) => `${name} must be a list of 1 to ${MAX_PEOPLE}`;

/** Whom to sync. Without a body, or with an empty one: everybody. */
export class RequestMemberSyncRequest {
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'integer', minimum: 1 },
    minItems: 1,
    maxItems: MAX_PEOPLE,
    description: 'Only the people with these ids of GitHub. They need not be in the directory.',
  })
  @IsOptional()
  @IsArray({ message: few('githubIds') })
  @ArrayMinSize(1, { message: few('githubIds') })
  @ArrayMaxSize(MAX_PEOPLE, { message: few('githubIds') })
  @IsInt({ each: true, message: 'githubIds must be whole numbers' })
  @Min(1, { each: true, message: 'githubIds must be above 0' })
  @Max(Number.MAX_SAFE_INTEGER, { each: true, message: 'githubIds must be ids of GitHub' })
  githubIds?: number[];

  @ApiPropertyOptional({
    type: [String],
    minItems: 1,
    maxItems: MAX_PEOPLE,
    description:
      'Only the people with these logins, in upper or lower case. They need not be in the directory. Not together with ' +
      '`githubIds`.',
  })
  @IsOptional()
  @IsArray({ message: few('logins') })
  @ArrayMinSize(1, { message: few('logins') })
  @ArrayMaxSize(MAX_PEOPLE, { message: few('logins') })
  @Matches(LOGIN, { each: true, message: 'logins must be logins of GitHub' })
  logins?: string[];
}

export const SYNC_EXAMPLES = {
  everybody: { value: {} },
  'people by id': { value: { githubIds: [4120733] } },
  'people by login': { value: { logins: ['mara-lindqvist'] } },
};

/** Undefined for everybody. @throws PublicError 422 `validation_failed` */
export function peopleOf({
  githubIds,
  logins,
}: RequestMemberSyncRequest): NamedPerson[] | undefined {
  if (githubIds && logins)
    throw validationFailed([
      { field: 'logins', problem: 'githubIds and logins cannot be sent together' },
    ]);
  return githubIds?.map((githubId) => ({ githubId })) ?? logins?.map((login) => ({ login }));
}
