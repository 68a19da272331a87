import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { badCredentials } from '../../github/errors/github-failure-of.js';
import { type MemberSyncRun, RUN_PHASES } from '../../integrations/runs/member-sync-run.entity.js';
import type { PresentedRun } from '../../integrations/runs/present-run.js';
import { RunResultResponse } from './sync-counts.response.js';

const EXAMPLE = badCredentials();

const time = (example: string | null, description: string) =>
  ApiProperty({ type: String, format: 'date-time', nullable: true, example, description });

class RunErrorResponse {
  @ApiProperty({ example: 'bad_credentials', description: 'Stable.' })
  code: string;

  @ApiProperty({ example: EXAMPLE.message })
  message: string;

  @ApiProperty({ example: EXAMPLE.remedy })
  remedy: string;
}

class RunProgressResponse {
  @ApiProperty({
    type: String,
    enum: RUN_PHASES,
    nullable: true,
    example: 'removals',
    description: 'Null until a worker starts the run.',
  })
  phase: MemberSyncRun['phase'];

  @ApiProperty({ type: 'integer', minimum: 0, example: 2500, description: 'People.' })
  done: number;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    nullable: true,
    example: 2500,
    description: "The size of GitHub's list. Null until it is known.",
  })
  total: number | null;

  @time(null, 'When the run resumes after a GitHub rate limit.')
  resumesAt: string | null;
}

class RunGithubResponse {
  @ApiProperty({ type: 'integer', minimum: 0, example: 57, description: 'Number of requests.' })
  requests: number;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    example: 0,
    description: 'Requests answered with 304, which do not count against the rate limit.',
  })
  notModified: number;
}

/** A run: one execution of a member sync. */
export class RunResponse implements PresentedRun {
  @ApiProperty({ type: 'integer', example: 1 })
  id: number;

  @ApiProperty({
    enum: ['queued', 'running', 'waiting', 'complete', 'error', 'cancelled'],
    example: 'complete',
    description: '`complete`, `error` and `cancelled` are final.',
  })
  state: MemberSyncRun['state'];

  @ApiProperty({
    enum: ['manual', 'onboarding', 'schedule', 'api', 'cli', 'webhook'],
    example: 'api',
    description: 'What requested the run.',
  })
  trigger: MemberSyncRun['trigger'];

  @ApiProperty({
    enum: ['everybody', 'people'],
    example: 'everybody',
    description: 'What the run looks at: everybody, or the people whom webhooks or a person named.',
  })
  scope: MemberSyncRun['scope'];

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Only for scope `people`: how many people the run looks at. 0 until it begins.',
  })
  people?: number;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'nightly-report',
    description: 'Who requested the run: the name of an API token, or the email address of a user.',
  })
  requestedBy: string | null;

  @time('2026-11-23T09:30:00.120Z', 'Null until a worker starts the run.')
  startedAt: string | null;

  @time('2026-11-23T09:30:12.480Z', 'Null until the run is finished.')
  finishedAt: string | null;

  @ApiProperty({
    type: RunResultResponse,
    nullable: true,
    description: 'Counts of applied changes.',
  })
  result: RunResultResponse | null;

  @ApiProperty({
    type: RunErrorResponse,
    nullable: true,
    example: null,
    description: 'What happened, and what to do next.',
  })
  error: RunErrorResponse | null;

  @ApiProperty({ type: RunProgressResponse })
  progress: RunProgressResponse;

  @ApiProperty({ type: RunGithubResponse })
  github: RunGithubResponse;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    example: 1,
    description: 'Counts the runs of the integration; pages show it.',
  })
  number: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: null,
    description: 'The id of the run that this run undid.',
  })
  undoesRunId: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: null,
    description: 'The id of the run that undid this run last.',
  })
  undoneByRunId: number | null;
}
