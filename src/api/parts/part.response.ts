import { ApiProperty } from '@nestjs/swagger';
import type { PresentedPart } from '../../integrations/parts/integration-parts.js';
import { PART_STATES, PARTS } from '../../integrations/parts/part.js';

/** How far one part of an integration is known. */
export class PartResponse implements PresentedPart {
  @ApiProperty({ enum: PARTS, example: 'outsideCollaborators' })
  part: PresentedPart['part'];

  @ApiProperty({
    enum: PART_STATES,
    example: 'not_visible',
    description:
      '`incomplete`: something of it could not be read. `not_visible`: the credential may not read it. `failed`: GitHub ' +
      'refused it for another reason. What could not be read stays as it was.',
  })
  state: PresentedPart['state'];

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'The token of an owner.',
    description: 'What is missing. Null when the part is complete.',
  })
  needs: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'When what is known was read last. Null if never.',
  })
  asOf: string | null;
}
