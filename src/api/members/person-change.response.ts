import { ApiProperty } from '@nestjs/swagger';
import { HAND_KINDS } from '../../integrations/activity/activity-query.js';
import { type ChangeKind, RUN_CHANGE_KINDS } from '../../members/changes/member-change.entity.js';
import type { PresentedPersonChange } from '../../members/changes/person-changes.js';
import { ChangeResponse } from '../member-syncs/change.response.js';

/** One difference that was applied to a member, by a run or by hand. */
export class PersonChangeResponse extends ChangeResponse implements PresentedPersonChange {
  @ApiProperty({
    enum: [...RUN_CHANGE_KINDS, ...HAND_KINDS],
    example: 'renamed',
    description: '`disabled`, `enabled`: by an admin of the team, by hand.',
  })
  override kind: ChangeKind;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 1,
    description: 'The run that made the change. Null for a change made by hand.',
  })
  runId: number | null;
}
