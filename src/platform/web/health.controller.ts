import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { PublicError } from '../public-error.js';
import { Public } from './public.decorator.js';

/** For whatever supervises the processes. */
@Public()
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  /** The process answers. */
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /** The database answers. Without Redis runs wait, and nobody is stopped. @throws PublicError 503 */
  @Get('ready')
  async ready() {
    try {
      await this.dataSource.query('SELECT 1');
    } catch (cause) {
      throw databaseUnavailable(cause);
    }
    return { status: 'ok' };
  }
}

const databaseUnavailable = (cause: unknown): PublicError =>
  new PublicError(
    503,
    'database_unavailable',
    'The database does not answer.',
    'Check that it runs and that DATABASE_URL is right; once it answers, so does Rollcall.',
    { cause },
  );
