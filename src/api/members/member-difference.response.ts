import { ApiProperty } from '@nestjs/swagger';
import {
  DIFFERENCE_KINDS,
  type DifferenceKind,
  type MemberDifference,
} from '../../members/past/member-difference.js';
import { ChangedValuesResponse } from '../member-syncs/change.response.js';

/** One person who is not the same at two moments. */
export class MemberDifferenceResponse implements MemberDifference {
  @ApiProperty({
    enum: DIFFERENCE_KINDS,
    example: 'changed',
    description:
      '`joined`: in the organization on GitHub at the second moment only. `left`: at the first only. `changed`: any other difference.',
  })
  kind: DifferenceKind;

  @ApiProperty({ type: 'integer', example: 4120733, description: "GitHub's own id." })
  githubId: number;

  @ApiProperty({ example: 'mara-lindqvist', description: 'At the second moment.' })
  login: string;

  @ApiProperty({ example: 'Mara Lindqvist', description: 'The login when there is no name.' })
  displayName: string;

  @ApiProperty({ example: 'https://avatars.githubusercontent.com/u/4120733?v=4' })
  avatarUrl: string;

  @ApiProperty({
    type: ChangedValuesResponse,
    nullable: true,
    example: { login: 'mara-l' },
    description: 'At the first moment. Null for a person whom the directory did not have.',
  })
  before: ChangedValuesResponse | null;

  @ApiProperty({ type: ChangedValuesResponse, example: { login: 'mara-lindqvist' } })
  after: ChangedValuesResponse;
}
