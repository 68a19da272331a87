import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { PublicError } from '../public-error.js';
import { ApiProblem, type ProblemDocs } from './api-problem.js';
import { Public } from './public.decorator.js';

class HealthResponse {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status: 'ok';
}

const UNAVAILABLE: ProblemDocs = {
  status: 503,
  code: 'database_unavailable',
  detail: 'The database does not answer.',
  remedy: 'Check that it runs and that DATABASE_URL is right; once it answers, so does Rollcall.',
};

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
  @ApiProblem(UNAVAILABLE)
  async ready(): Promise<HealthResponse> {
    try {
      await this.dataSource.query('SELECT 1');
    } catch (cause) {
      throw databaseUnavailable(cause);
    }
    return { status: 'ok' };
  }
}

function databaseUnavailable(cause: unknown): PublicError {
  const { status, code, detail, remedy } = UNAVAILABLE;
  return new PublicError(status, code, detail, remedy, { cause });
}
