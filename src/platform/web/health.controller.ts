import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DATABASE_UNAVAILABLE, databaseUnavailable } from '../database/database-unavailable.js';
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
  constructor(private readonly dataSource: DataSource) {}

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

  /** The database answers. Without Redis runs wait, and nobody is stopped. @throws PublicError 503 */
  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Says that the database answers, too',
    description: 'Without Redis runs wait, and the process is ready all the same.',
    security: [],
  })
  @ApiOkResponse({ type: HealthResponse, description: 'It does.' })
  @ApiProblem(DATABASE_UNAVAILABLE)
  async ready(): Promise<HealthResponse> {
    try {
      await this.dataSource.query('SELECT 1');
    } catch (cause) {
      throw databaseUnavailable(cause);
    }
    return { status: 'ok' };
  }
}
