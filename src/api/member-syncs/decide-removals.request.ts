import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { RemovalDecision } from '../../integrations/removals/undecided-run.js';

const DECISIONS: RemovalDecision[] = ['approve', 'reject'];

/** What an admin decides about the removals that a run held. */
export class DecideRemovalsRequest {
  @ApiProperty({
    enum: DECISIONS,
    example: 'approve',
    description: '`approve` removes everything in the list. `reject` changes nothing.',
  })
  @IsIn(DECISIONS, { message: 'decision must be approve or reject' })
  decision: RemovalDecision;
}
