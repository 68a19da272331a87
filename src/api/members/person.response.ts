import { ApiProperty } from '@nestjs/swagger';
import { PlaceResponse } from '../github-teams/place.response.js';
import { MemberResponse } from './member.response.js';

/** A member with the places in GitHub teams. */
export class PersonResponse extends MemberResponse {
  @ApiProperty({
    type: [PlaceResponse],
    description:
      'In the order of the tree: each team is followed by those in it. Who is only in a child team is an inherited `member`.',
  })
  githubTeams: PlaceResponse[];
}
