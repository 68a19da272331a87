import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type {
  PresentedActivity,
  PresentedDecision,
} from '../../integrations/activity/present-activity.js';
import { RunResponse } from '../member-syncs/run.response.js';

@ApiSchema({ description: 'A decision about the removals that the run held.' })
class RemovalDecisionResponse implements PresentedDecision {
  @ApiProperty({ enum: ['approve', 'reject'], example: 'approve' })
  decision: PresentedDecision['decision'];

  @ApiProperty({ type: String, nullable: true, example: 'ada@example.com' })
  by: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T09:42:00.000Z',
  })
  at: string | null;
}

class ActivityMemberResponse {
  @ApiProperty({ type: 'integer', example: 4120733, description: "GitHub's own id." })
  githubId: number;

  @ApiProperty({ example: 'mara-lindqvist', description: 'The login at that time.' })
  login: string;
}

/** A run, or what somebody did to a member by hand. */
export class ActivityResponse implements PresentedActivity {
  @ApiProperty({ enum: ['run', 'disabled', 'enabled'], example: 'run' })
  kind: PresentedActivity['kind'];

  @ApiProperty({
    format: 'date-time',
    example: '2026-11-23T09:30:00.000Z',
    description: 'When it was requested or done.',
  })
  at: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'nightly-report',
    description: 'Who requested or did it. Null for a schedule.',
  })
  by: string | null;

  @ApiProperty({
    type: RunResponse,
    nullable: true,
    description: 'Null for what was done by hand.',
  })
  run: RunResponse | null;

  @ApiProperty({
    type: RemovalDecisionResponse,
    nullable: true,
    example: null,
    description: 'Null where nothing was held or decided.',
  })
  removals: RemovalDecisionResponse | null;

  @ApiProperty({
    type: ActivityMemberResponse,
    nullable: true,
    example: null,
    description: 'The member who was disabled or enabled. Null for a run.',
  })
  member: ActivityMemberResponse | null;
}
