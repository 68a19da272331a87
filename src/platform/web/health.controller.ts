import { Controller, Get, Optional } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { databaseUnavailable } from '../database/database-unavailable.js';
import { QueueHealth } from '../queue/queue-health.js';
import { queueRefuses } from '../queue/queue-refuses.js';
import { Access } from './access.decorator.js';
import { ApiProblem } from './api-problem.js';

class HealthResponse {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status: 'ok';
}

/** For process supervisors. */
@Access('nobody')
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
    summary: 'Shows that the process is alive',
    security: [],
  })
  @ApiOkResponse({ type: HealthResponse, description: 'OK.' })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  /** The database answers, and Redis refuses nothing. Redis may be down: then runs wait. @throws PublicError 503 */
  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Shows that the database answers and Redis accepts jobs',
    description:
      'If Redis cannot be reached, runs wait and the process is still ready. If Redis answers but rejects jobs, the operator must act.',
    security: [],
  })
  @ApiOkResponse({ type: HealthResponse, description: 'OK.' })
  @ApiProblem(databaseUnavailable(), {
    description:
      'The database does not answer (`database_unavailable`), or Redis answers but rejects jobs (`queue_refuses`).',
  })
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
