import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../shared/page.query.js';

const MAX_LENGTH = 254;

const Text = (name: string, example: string, description: string) =>
  applyDecorators(
    ApiPropertyOptional({ maxLength: MAX_LENGTH, example, description }),
    IsOptional(),
    MaxLength(MAX_LENGTH, { message: `${name} must have at most ${MAX_LENGTH} characters` }),
    IsString({ message: `${name} must be given once` }),
  );

/** Which part of a team's audit log to show. */
export class AuditQuery extends PageQuery {
  @Text('actor', 'ada@example.com', 'The whole name of a user, an API token or a command’s user.')
  actor?: string;

  @Text('action', 'member.disable', 'One action.')
  action?: string;

  @Text('since', '2026-03-01', 'From the beginning of this day (UTC), or from this time on.')
  since?: string;

  @Text('until', '2026-03-31', 'To the end of this day (UTC), or before this time.')
  until?: string;
}
