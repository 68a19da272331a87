import { Controller, Get, Optional } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DATABASE_UNAVAILABLE, databaseUnavailable } from '../database/database-unavailable.js';
import { QueueHealth } from '../queue/queue-health.js';
import { queueRefuses } from '../queue/queue-refuses.js';
import { ApiProblem } from './api-problem.js';
import { Public } from './public.decorator.js';

class HealthResponse {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status: 'ok';
}

/** For whatever supervises the processes. */
@Public()
@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    @Optional() private readonly queueHealth?: QueueHealth,
  ) {}

  /** The process answers. */
  @Get('live')
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'Says that the process answers',
    security: [],
  })
  @ApiOkResponse({ type: HealthResponse, description: 'It does.' })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  /** The database answers, and Redis refuses nothing. Without Redis runs wait, and nobody is stopped. @throws PublicError 503 */
  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Says that the database answers, and that Redis takes jobs',
    description:
      'While Redis cannot be reached, runs wait, and the process is ready all the same. A Redis that answers and refuses jobs needs its operator.',
    security: [],
  })
  @ApiOkResponse({ type: HealthResponse, description: 'It does.' })
  @ApiProblem(
    DATABASE_UNAVAILABLE,
    'The database does not answer (`database_unavailable`), or Redis answers and takes no jobs (`queue_refuses`).',
  )
  async ready(): Promise<HealthResponse> {
    try {
      await this.dataSource.query('SELECT 1');
    } catch (cause) {
      throw databaseUnavailable(cause);
    }
    const problem = await this.queueHealth?.refusal();
    if (problem) throw queueRefuses(problem);
    return { status: 'ok' };
  }
}
